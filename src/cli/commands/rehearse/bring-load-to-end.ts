import { join } from "node:path";
import { aimKill } from "./aim-kill.ts";
import type { LoadContext } from "./load-context.ts";
import type { PlannedLoad } from "./plan-loads.ts";
import type { RehearsalOrg } from "./rehearsal-org.ts";
import { type ImportEnd, type ImportStart, runImport } from "./run-import.ts";

/** A load's import, brought to its end. */
export interface LoadRun {
  readonly end: ImportEnd;
  readonly folder: string;
  readonly elapsedMs: number;
  readonly peakBytes: number | undefined;
  /** Users that the org had when the first process was killed; undefined when it was not. */
  readonly killedAt: number | undefined;
}

/** Where a load's run is, until it was looked at. */
export function loadFolder({ workFolder }: LoadContext, { name }: PlannedLoad): string {
  return join(workFolder, `load-${name.replaceAll(" ", "-")}`);
}

/** Runs the import of a load; one that is to be killed is killed halfway and started again. */
export async function bringLoadToEnd(
  context: LoadContext,
  load: PlannedLoad,
  org: RehearsalOrg,
): Promise<LoadRun> {
  const { children, clock, signal, source, view } = context;
  const folder = loadFolder(context, load);
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
  const users = likelyUsers(load, context);
  const half = Math.max(1, Math.floor(users / 2));
  const { concurrency, latencyMs } = aimKill(users, context.maxConcurrency);
  await org.set({ latencyMs });
  const killWhen = async (): Promise<boolean> =>
    !signal.aborted && (await org.state()).usersCreated >= half;
  const first = await runImport(children, {
    ...start,
    args: [...start.args, "--max-concurrency", String(concurrency)],
    killWhen,
  });
  if (!signal.aborted) await org.set({ latencyMs: 0 });
  if (!first.killed || signal.aborted) {
    const elapsedMs = clock.now() - startedAtMs;
    return { end: first, folder, elapsedMs, peakBytes: first.peakBytes, killedAt: undefined };
  }
  const killedAt = (await org.state()).usersCreated;
  const end = await runImport(children, start);
  const peakBytes = Math.max(first.peakBytes ?? 0, end.peakBytes ?? 0) || undefined;
  return { end, folder, elapsedMs: clock.now() - startedAtMs, peakBytes, killedAt };
}

/** Users that a load is likely to create. */
function likelyUsers({ records }: PlannedLoad, context: LoadContext): number {
  return records * (1 - context.rejected / Math.max(1, context.records));
}
