import { stat } from "node:fs/promises";
import type { Clock } from "../../core/index.ts";

/** Files that belong together, such as a certificate and its key. */
export interface WatchedFiles {
  readonly paths: readonly string[];
  /** Called when one of them is another one than before, and again until it goes well. @throws when it does not */
  readonly reload: () => void | Promise<void>;
  /** Told once for each change that can't be used. */
  readonly onFailure: (error: unknown) => void;
}

const LOOK_EVERY_MS = 1_000;

/**
 * Looks at files every second, until the signal fires: no notice of the system's is reliable for files
 * that a cluster mounts.
 */
export async function watchFiles(
  watched: WatchedFiles,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  let used = await stateOf(watched.paths);
  let failed = "";
  while (!signal.aborted) {
    await clock.sleep(LOOK_EVERY_MS, signal);
    const now = await stateOf(watched.paths);
    if (signal.aborted || now === used || now === "") continue;
    try {
      await watched.reload();
      used = now;
      failed = "";
    } catch (error) {
      if (failed !== now) watched.onFailure(error);
      failed = now;
    }
  }
}

/** Changes when one of them does; empty while one of them can't be seen. */
async function stateOf(paths: readonly string[]): Promise<string> {
  try {
    const stats = await Promise.all(paths.map((path) => stat(path)));
    return stats.map(({ ino, size, mtimeMs }) => `${ino} ${size} ${mtimeMs}`).join("\n");
  } catch {
    return "";
  }
}
