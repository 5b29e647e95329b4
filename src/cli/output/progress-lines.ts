import { writeJsonLine } from "./json-lines.ts";

/** Least time between two lines. */
const EVERY_MS = 1000;

/** Tells programs how far a command is: the first time at once, then at most once a second. */
export function openProgressLines<Progress extends object>(
  nowMs: () => number,
): (progress: Progress) => void {
  let toldAtMs = -Infinity;
  return (progress) => {
    const now = nowMs();
    if (now - toldAtMs < EVERY_MS) return;
    toldAtMs = now;
    writeJsonLine({ event: "progress", ...progress });
  };
}
