import type { SqliteJournal } from "../../journal/index.ts";
import type { OrgConnection } from "../../okta/index.ts";
import { countRoutes, noteWarnings } from "../../reports/index.ts";
import type { OrgAccess } from "../access/org-access.ts";
import type { PlanEstimate, PlanView } from "../output/run-view.ts";
import type { PreparedRun } from "./prepare-run.ts";

const MINUTE_MS = 60_000;

/** What the plan is told from. */
export interface Planned {
  readonly prepared: PreparedRun;
  readonly org: OrgConnection | undefined;
  readonly access: Pick<OrgAccess, "description"> | undefined;
  readonly options: { readonly rateShare: number; readonly limit: number | undefined };
}

/** What the plan counted. */
type PlannedCounts = Pick<SqliteJournal, "totals" | "routes" | "leftOut" | "cleaned">;

/** What will happen, as far as it is known before anything is sent. */
export async function planView(
  { prepared, org, access, options }: Planned,
  counts: PlannedCounts | undefined,
): Promise<PlanView> {
  const totals = counts?.totals();
  const routes = await counts?.routes();
  const { mapping, examples } = prepared;
  const existing = await org?.findGroups(prepared.groups);
  return {
    org: org?.orgUrl.origin,
    access: access?.description,
    scenario: prepared.scenario,
    source: `${prepared.source.location} (${prepared.head.description})`,
    mapping: prepared.mapping.lines,
    passwords: prepared.scenario === "passwords" ? prepared.mapping.passwordKind : undefined,
    unusedColumns: prepared.mapping.unusedColumns,
    notes: [...prepared.notes, ...noteWarnings(routes ?? [])],
    groups: prepared.groups.map((name) => ({
      name,
      exists: existing?.some((group) => group.name === name),
    })),
    groupsFrom: mapping.groupsFrom,
    ...prepared.places,
    totals,
    leftOut: mapping.accepts === undefined ? undefined : counts?.leftOut(),
    cleaning: examples.describe(mapping.cleaning, (await counts?.cleaned()) ?? []),
    routes: routes === undefined ? undefined : countRoutes(routes),
    estimate:
      org === undefined || totals === undefined
        ? undefined
        : await estimate(
            org,
            Math.min(totals.pending, options.limit ?? Infinity),
            options.rateShare,
          ),
  };
}

/** How long so many creates take; unknown where the org announces no limit. */
async function estimate(
  org: OrgConnection,
  creates: number,
  rateShare: number,
): Promise<PlanEstimate | undefined> {
  if (creates === 0) return undefined;
  const bucket = await org.readCreateLimit();
  if (bucket?.limit === undefined) return undefined;
  const limitPerMinute = (bucket.limit * MINUTE_MS) / bucket.windowMs;
  const ratePerMinute = limitPerMinute * rateShare;
  return { limitPerMinute, ratePerMinute, durationMs: (creates / ratePerMinute) * MINUTE_MS };
}
