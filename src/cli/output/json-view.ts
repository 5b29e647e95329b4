import { writeJsonLine } from "./json-lines.ts";
import { openProgressLines } from "./progress-lines.ts";
import type { RunView } from "./run-view.ts";

/** Tells a run to programs: one JSON object a line on standard output, the summary last. */
export function createJsonView(nowMs: () => number): RunView {
  const tellProgress = openProgressLines(nowMs);
  return {
    plan: (plan) => writeJsonLine({ event: "plan", ...plan }),
    progress: ({ phase, totals, ...rest }) => tellProgress({ phase, ...totals, ...rest }),
    event: (event) => {
      if (TOLD.has(event.event)) writeJsonLine(event);
    },
    say: () => undefined,
    end: ({ summary, causes, routes, files }) => {
      if (causes.length > 0) writeJsonLine({ event: "causes", causes });
      if (routes !== undefined) writeJsonLine({ event: "routes", routes });
      if (files.length > 0) writeJsonLine({ event: "files", files });
      writeJsonLine(summary);
    },
  };
}

/** The events that a program should see; what each single record does is in the run's files. */
const TOLD: ReadonlySet<string> = new Set([
  "warning",
  "source-joined",
  "draining",
  "rate-limit-known",
  "rate-cap-learned",
  "concurrency-lowered",
  "org-paused",
  "org-resumed",
]);
