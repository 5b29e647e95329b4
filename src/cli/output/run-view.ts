import type { MigrationEvent, Summary, Totals } from "../../core/index.ts";
import type { CauseGroup, CleanedValues, CountedRoute, MappingLine } from "../../reports/index.ts";

/** What will happen, told before it happens. */
export interface PlanView {
  readonly org: string | undefined;
  /** How it is got into; undefined without an org. */
  readonly access: string | undefined;
  readonly scenario: string;
  readonly source: string;
  readonly mapping: readonly MappingLine[];
  /** Where the password material stands; undefined where none is sent. */
  readonly passwords: string | undefined;
  /** Columns of the source that nothing reads. */
  readonly unusedColumns: readonly string[];
  /** What should be known of the mapping and the source. */
  readonly notes: readonly string[];
  readonly groups: readonly { readonly name: string; readonly exists: boolean | undefined }[];
  /** Names of the user type and the realm; undefined: the org's defaults. */
  readonly type: string | undefined;
  readonly realm: string | undefined;
  /** Undefined while the source has not been read. */
  readonly totals: Totals | undefined;
  /** Records of the source that `where` leaves out; undefined where it says nothing, or is not known. */
  readonly leftOut: number | undefined;
  /** What gives the names of a record's own groups, as the config has it. */
  readonly groupsFrom: string | undefined;
  /** What cleaning rules did to the records' values; every rule of the config, in its order. */
  readonly cleaning: readonly CleanedValues[];
  /** All those records by the format of their passwords and the route they take. */
  readonly routes: readonly CountedRoute[] | undefined;
  readonly estimate: PlanEstimate | undefined;
}

/** How long the sending takes at the org's present limit. */
export interface PlanEstimate {
  readonly limitPerMinute: number;
  readonly ratePerMinute: number;
  readonly durationMs: number;
}

/** How far a run is. */
export interface ProgressView {
  readonly phase: "reading" | "sending";
  readonly totals: Totals;
  /** Whether the totals count the whole source. */
  readonly complete: boolean;
  readonly ratePerMinute: number | undefined;
  /** Requests a minute that the org allows; undefined where no limit is known. */
  readonly limitPerMinute: number | undefined;
  readonly remainingMs: number | undefined;
  readonly waitingFor: string | undefined;
}

/** How a run ended. */
export interface EndView {
  /** What it was: only a run sends anything. */
  readonly kind: "run" | "check" | "dry-run";
  readonly summary: Summary;
  readonly causes: readonly CauseGroup[];
  /** Records by the format of their passwords and the route they take, where they are told again. */
  readonly routes?: readonly CountedRoute[];
  /** Files that were written, with what they hold. */
  readonly files: readonly { readonly path: string; readonly holds: string }[];
  /** How to go on, where something is left to do. */
  readonly next: string | undefined;
}

/** What a command tells while it runs, to people or to programs. */
export interface RunView {
  plan(plan: PlanView): void;
  progress(progress: ProgressView): void;
  event(event: MigrationEvent): void;
  /** A sentence for people; programs do not get it. */
  say(text: string): void;
  end(end: EndView): void;
}
