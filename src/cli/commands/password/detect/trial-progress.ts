import { formatCount } from "../../../../reports/index.ts";
import { writeJsonLine } from "../../../output/json-lines.ts";
import type { Session } from "../../../run/session.ts";

/** Least time between two lines of progress to programs. */
const EVERY_MS = 1000;

/** Tells how many ways have been tried: on a terminal as a line, to programs once a second. */
export function openTrialProgress(
  { terminal, clock }: Session,
  json: boolean,
): (tried: number, of: number) => void {
  let toldAtMs = clock.now();
  return (tried, of) => {
    if (!json) {
      terminal.progress(`Trying ${formatCount(tried)} of ${formatCount(of)} ways …`);
    } else if (clock.now() - toldAtMs >= EVERY_MS) {
      toldAtMs = clock.now();
      writeJsonLine({ event: "progress", tried, of });
    }
  };
}
