import { join } from "node:path";
import type { LoadContext } from "./load-context.ts";
import type { PlannedLoad } from "./plan-loads.ts";
import type { RehearsalOrg } from "./rehearsal-org.ts";
import { type ImportEnd, type ImportStart, runImport } from "./run-import.ts";

/** So that a load of any size is under way for long enough to be killed amid it. */
export const KILL_LATENCY_MS = 25;

/** A load's import, brought to its end. */
export interface LoadRun {
  readonly end: ImportEnd;
  readonly folder: string;
  readonly elapsedMs: number;
  readonly peakBytes: number | undefined;
  /** Users that the org had when the first process was killed; undefined when it was not. */
  readonly killedAt: number | undefined;
}

/** Runs the import of a load; one that is to be killed is killed halfway and started again. */
export async function bringLoadToEnd(
  context: LoadContext,
  load: PlannedLoad,
  org: RehearsalOrg,
): Promise<LoadRun> {
  const { children, clock, signal, source, view } = context;
  const folder = join(context.workFolder, `load-${load.name.replaceAll(" ", "-")}`);
  const start: ImportStart = {
    args: [
      "import",
      ...source.argument,
      ...context.importFlags,
      "--run",
      folder,
      ...(load.records < context.records ? ["--limit", String(load.records)] : []),
    ],
    env: { ...context.env, OKTA_ORG_URL: org.url, OKTA_API_TOKEN: context.token },
    cwd: source.cwd,
    clock,
    onProgress: (progress) => view.progress(load, progress),
  };
  const startedAtMs = clock.now();
  if (load.trial !== "kill") {
    const end = await runImport(children, start);
    const { peakBytes } = end;
    return { end, folder, elapsedMs: clock.now() - startedAtMs, peakBytes, killedAt: undefined };
  }
  const half = halfOf(load, context);
  const killWhen = async (): Promise<boolean> =>
    !signal.aborted && (await org.state()).usersCreated >= half;
  const first = await runImport(children, { ...start, killWhen });
  if (!first.killed || signal.aborted) {
    const elapsedMs = clock.now() - startedAtMs;
    return { end: first, folder, elapsedMs, peakBytes: first.peakBytes, killedAt: undefined };
  }
  const killedAt = (await org.state()).usersCreated;
  await org.set({ latencyMs: 0 });
  const end = await runImport(children, start);
  const peakBytes = Math.max(first.peakBytes ?? 0, end.peakBytes ?? 0) || undefined;
  return { end, folder, elapsedMs: clock.now() - startedAtMs, peakBytes, killedAt };
}

/** Half of the users that a load is likely to create. */
function halfOf({ records }: PlannedLoad, context: LoadContext): number {
  const sendable = 1 - context.rejected / Math.max(1, context.records);
  return Math.max(1, Math.floor((records * sendable) / 2));
}
