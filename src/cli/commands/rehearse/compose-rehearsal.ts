import { arch, release, type } from "node:os";
import type { Totals } from "../../../core/index.ts";
import { computeFullRun, decide, type Rehearsal } from "../../../reports/index.ts";
import { VERSION } from "../../version.ts";
import { listNotProven } from "./list-not-proven.ts";
import type { RehearseOptions } from "./options.ts";
import type { PlannedLoad } from "./plan-loads.ts";
import type { DoneLoads } from "./rehearse-loads.ts";
import type { ImportEnd } from "./run-import.ts";

/** Part of a limit that one token may use. @see docs/okta/rate-limits.md#principal-cap */
const TOKEN_SHARE = 0.5;

/** All that a rehearsal found out. */
export interface RehearsalFindings extends Pick<
  Rehearsal,
  "source" | "mapping" | "scenario" | "startedAt" | "elapsedMs"
> {
  readonly options: RehearseOptions;
  /** The check of the whole source. */
  readonly checked: ImportEnd;
  readonly totals: Totals;
  readonly planned: readonly PlannedLoad[];
  readonly done: DoneLoads;
  readonly customAttributes: readonly string[];
  readonly places: readonly string[];
  readonly groups: number;
}

/** Puts what was found out together, with what follows from it. */
export function composeRehearsal(findings: RehearsalFindings): Rehearsal {
  const { options, checked, totals, planned, done, customAttributes, places, groups, ...known } =
    findings;
  const { records, rejected } = totals;
  const { limits, run, faults } = options;
  const { loads, stopped } = done;
  return {
    ...known,
    records,
    routes: checked.routes,
    versions: {
      "okta-migrate": VERSION,
      Node: process.version,
      system: `${type()} ${release()} ${arch()}`,
    },
    limits,
    loads,
    causes: causesOf(checked, done.failedCauses),
    fullRun: computeFullRun({
      creates: records - rejected,
      limitPerMinute: limits.createsPerMinute,
      tokenShare: TOKEN_SHARE,
      rateShare: run.rateShare,
    }),
    notProven: listNotProven({
      loads,
      planned,
      records,
      limits,
      customAttributes,
      places,
      groups,
      faults,
    }),
    decision: decide({
      loads,
      toMend: rejected + (loads.at(-1)?.failed ?? 0),
      stopped: stopped === undefined ? undefined : stoppedText(stopped),
    }),
  };
}

/** Why records are to be mended: those of the whole source, and those that the org refused. */
function causesOf(checked: ImportEnd, ofLastLoad: ImportEnd["causes"]): Rehearsal["causes"] {
  const failed = ofLastLoad.filter(({ outcome }) => outcome === "failed");
  return [...checked.causes, ...failed]
    .map(({ code, count }) => ({ code, count }))
    .toSorted((left, right) => right.count - left.count);
}

function stoppedText({ load, end }: NonNullable<DoneLoads["stopped"]>): string {
  const why =
    end.error === undefined ? "its process ended" : `${end.error.code}: ${end.error.message}`;
  return `Load ${load}, the import stopped: ${why}`;
}
