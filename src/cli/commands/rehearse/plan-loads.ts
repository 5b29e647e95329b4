import type { RehearsedLimits } from "./options.ts";

/** One import that is to be rehearsed. */
export interface PlannedLoad {
  readonly name: string;
  readonly records: number;
  readonly limits: "plan" | "none";
  /** What is done to it. */
  readonly trial: "none" | "kill" | "faults";
}

/** What the loads are planned from. */
export interface LoadParts {
  readonly wanted: readonly (number | "all")[];
  /** Records of the source. */
  readonly records: number;
  readonly limits: RehearsedLimits;
  readonly rateShare: number;
  readonly atMostMs: number;
  readonly faults: boolean;
}

/** A load that is killed or troubled need not be larger. */
const LARGEST_TRIAL = 1000;

/**
 * Plans which loads there are: those smaller than the source, and all of it where that was wanted. The
 * largest of at most 1,000 records, or else the smallest, is killed and resumed, and where faults are
 * wanted it is done once more with them.
 *
 * A load that would take too long at the limits goes without: that every record passes proves more than
 * that the pace is kept, which smaller loads have shown.
 */
export function planLoads(parts: LoadParts): readonly PlannedLoad[] {
  const { wanted, records, faults } = parts;
  const sized = wanted
    .filter((load) => load === "all" || load < records || !wanted.includes("all"))
    .map((load) => ({
      name: String(load),
      records: load === "all" ? records : Math.min(load, records),
    }))
    .filter((load, at, all) => load.records !== all[at - 1]?.records);
  const killed =
    sized.findLast((load) => load.records <= LARGEST_TRIAL && load.records > 1) ?? sized[0];
  return sized.flatMap((load): readonly PlannedLoad[] => {
    const limits = takesTooLong(load.records, parts) ? "none" : "plan";
    if (load !== killed) return [{ ...load, limits, trial: "none" }];
    const troubled = {
      ...load,
      name: `${load.name} with faults`,
      limits,
      trial: "faults",
    } as const;
    return [{ ...load, limits, trial: "kill" }, ...(faults ? [troubled] : [])];
  });
}

function takesTooLong(records: number, { limits, rateShare, atMostMs }: LoadParts): boolean {
  return (records / (limits.createsPerMinute * rateShare)) * limits.windowMs > atMostMs;
}
