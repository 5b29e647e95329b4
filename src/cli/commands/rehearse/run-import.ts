import type { Clock, Summary } from "../../../core/index.ts";
import type { CauseGroup, CountedRoute } from "../../../reports/index.ts";
import type { Children, ChildStart } from "./children.ts";
import { readPeakMemory } from "./peak-memory.ts";

const LOOK_EVERY_MS = 100;

/** What a process of `import` or `check` told, and how it ended. */
export interface ImportEnd {
  readonly code: number | null;
  readonly killed: boolean;
  readonly summary: Summary | undefined;
  readonly causes: readonly CauseGroup[];
  readonly routes: readonly CountedRoute[];
  /** The error that stopped it, where one did. */
  readonly error:
    | { readonly code: string; readonly message: string; readonly hint: string }
    | undefined;
  readonly peakBytes: number | undefined;
}

/** How far an import is, as it tells once a second. */
export interface ImportProgress {
  readonly phase: string;
  readonly created: number;
}

/** How an import is run. */
export interface ImportStart extends Omit<ChildStart, "onEvent"> {
  readonly clock: Clock;
  readonly onProgress: (progress: ImportProgress) => void;
  /** Decides, asked over and over, whether it is to be killed now. */
  readonly killWhen?: () => Promise<boolean>;
}

const KILL_LOOK_EVERY_MS = 5;

/** Runs one process of `import` or `check` to its end, or to its violent one. */
export async function runImport(children: Children, start: ImportStart): Promise<ImportEnd> {
  const { clock, onProgress, killWhen, ...how } = start;
  let summary: Summary | undefined;
  let causes: readonly CauseGroup[] = [];
  let routes: readonly CountedRoute[] = [];
  let error: ImportEnd["error"];
  let isOver = false;
  const child = children.start({
    ...how,
    onEvent: (told) => {
      // Each line is one of ours, of this very version.
      if (told.event === "summary") summary = told as unknown as Summary;
      if (told.event === "error") error = told as unknown as NonNullable<ImportEnd["error"]>;
      if (told.event === "causes") causes = (told["causes"] ?? []) as readonly CauseGroup[];
      if (told.event === "plan") routes = (told["routes"] ?? []) as readonly CountedRoute[];
      if (told.event === "progress") onProgress(told as unknown as ImportProgress);
    },
  });
  const over = new AbortController();
  const ended = child.ended.finally(() => {
    isOver = true;
    over.abort();
  });
  let peakBytes: number | undefined;
  const watchMemory = async (): Promise<void> => {
    while (!isOver) {
      peakBytes = (await readPeakMemory(child.pid)) ?? peakBytes;
      await clock.sleep(LOOK_EVERY_MS, over.signal);
    }
  };
  const watchForKill = async (): Promise<void> => {
    while (killWhen !== undefined && !isOver) {
      if (await killWhen()) return child.kill();
      await clock.sleep(KILL_LOOK_EVERY_MS, over.signal);
    }
  };
  // Awaited together: a watch that fails, as when its org is gone, must not fail unheard.
  const [{ code, killed }] = await Promise.all([ended, watchMemory(), watchForKill()]);
  return { code, killed, summary, causes, routes, error, peakBytes };
}
