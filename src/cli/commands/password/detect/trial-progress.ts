import { formatCount } from "../../../../reports/index.ts";
import { openProgressLines } from "../../../output/progress-lines.ts";
import type { Session } from "../../../run/session.ts";

/** Tells how many ways have been tried: on a terminal as a line, to programs once a second. */
export function openTrialProgress(
  { terminal, clock }: Session,
  json: boolean,
): (tried: number, of: number) => void {
  const tellProgress = openProgressLines(() => clock.now());
  return (tried, of) => {
    if (json) tellProgress({ tried, of });
    else terminal.progress(`Trying ${formatCount(tried)} of ${formatCount(of)} ways …`);
  };
}
