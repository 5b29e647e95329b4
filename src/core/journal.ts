import type { Issue } from "./issue.ts";
import type { Outcome, Totals, Traffic } from "./outcome.ts";
import type { RoutedPassword } from "./route.ts";
import type { SourcePosition, SourceValue } from "./source-record.ts";

/** Columns of a source record that are no password material, by name: what reports may show. */
export type ShownFields = Readonly<Record<string, SourceValue>>;

/** A record as the plan leaves it: ready to be sent, or rejected. */
export type PlannedRecord = SourcePosition & {
  readonly password: RoutedPassword;
} & (
    | { readonly kind: "ready"; readonly login: string }
    | {
        readonly kind: "rejected";
        readonly login: string;
        readonly issues: readonly Issue[];
        readonly fields: ShownFields;
      }
  );

/** A record that has no outcome yet. */
export interface PendingRecord extends SourcePosition {
  readonly login: string;
  /** Whether an attempt was noted that never got its outcome: to be looked up before it is sent. */
  readonly attempted: boolean;
  /** Earliest moment of the first such attempt, by the directory's clock; undefined when unknown. */
  readonly notBeforeMs: number | undefined;
}

/** A login that a record of the run holds: no later record may have it. */
export interface HeldLogin {
  readonly login: string;
  readonly line: number;
}

/** An outcome on its way into the journal. */
export interface EndedRecord {
  readonly seq: number;
  readonly outcome: Outcome | { readonly kind: "rejected"; readonly issues: readonly Issue[] };
  /** What reports may show of the record, needed for those that did not end well. */
  readonly fields?: ShownFields;
}

/**
 * Port: the truth about a run, one row a record.
 *
 * What a promise of it resolved for survives the end of the process at any instant. Every method
 * rejects with {@link JournalError}. No password material ever enters it. `seq` numbers records as
 * the source does, from 1.
 */
export interface Journal {
  /** Highest `seq` that has been planned without a gap before it; 0 at the start. */
  lastPlannedSeq(): Promise<number>;
  /** Where the record of that number stands; undefined at the start. */
  lastPlanned(): Promise<SourcePosition | undefined>;
  /** Whether every record of the source has been planned; reopened ones may wait all the same. */
  planFinished(): Promise<boolean>;
  /** Notes that the source has no further record. */
  finishPlan(): Promise<void>;
  /** Adds records, or plans again those that were reopened; keeps what is known of their attempts. */
  plan(records: readonly PlannedRecord[]): Promise<void>;
  /** Logins of the records that hold theirs: all but the rejected and the reopened, in batches. */
  heldLogins(): AsyncIterable<readonly { readonly seq: number; readonly login: string }[]>;
  /** Login of a planned record and its line; undefined when it holds no login. */
  heldLogin(seq: number): Promise<HeldLogin | undefined>;
  /** First record that waits to be planned again. */
  firstReopened(): Promise<SourcePosition | undefined>;
  /** Those among `from` to `to`, both included, that wait to be planned again. */
  reopenedBetween(from: number, to: number): Promise<ReadonlySet<number>>;
  /** Columns that the operator mended, by record, among `from` to `to`, both included. */
  amendmentsBetween(from: number, to: number): Promise<ReadonlyMap<number, ShownFields>>;
  /** First record to be sent. */
  firstPending(): Promise<SourcePosition | undefined>;
  /** Those among `from` to `to`, both included, that are planned and have no outcome, by `seq`. */
  pendingBetween(from: number, to: number): Promise<readonly PendingRecord[]>;
  /** Notes that a record's request is about to leave. The earliest attempt's moment is kept. */
  noteAttempt(seq: number, notBeforeMs: number | undefined): Promise<void>;
  noteOutcome(record: EndedRecord): Promise<void>;
  /** Sets what this process has sent and how long it ran; kept with the next change and at the end. */
  noteTraffic(traffic: Traffic, elapsedMs: number): void;
  totals(): Totals;
}
