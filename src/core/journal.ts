import type { Issue } from "./issue.ts";
import type { Outcome, Totals, Traffic } from "./outcome.ts";
import type { RoutedPassword } from "./route.ts";
import type { SourcePosition, SourceValue } from "./source-record.ts";
import type { CleanedCount } from "./value-change.ts";

/** Columns of a source record that are no password material, by name: what reports may show. */
export type ShownFields = Readonly<Record<string, SourceValue>>;

/** A record as the plan leaves it: ready to be sent, rejected, or left out as none of the run. */
export type PlannedRecord = SourcePosition & {
  readonly password: RoutedPassword;
} & (
    | { readonly kind: "ready"; readonly login: string }
    | { readonly kind: "left-out"; readonly login: "" }
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
  /**
   * Adds records, or plans again those that were reopened; keeps what is known of their attempts.
   *
   * @param cleaned what cleaning rules did to their values; added to what is known of them
   */
  plan(records: readonly PlannedRecord[], cleaned?: readonly CleanedCount[]): Promise<void>;
  /**
   * Makes a record that is ready, and was never attempted, wait to be planned again.
   *
   * @returns whether it was; false for any other
   */
  withdraw(seq: number): Promise<boolean>;
  /**
   * The `seq` of the record that is the `count`-th of the run, those that were left out not counted;
   * undefined when there are not so many.
   */
  seqOfRecord(count: number): Promise<number | undefined>;
  /** Logins of the records that hold theirs: not the rejected, left-out and reopened; in batches. */
  heldLogins(): AsyncIterable<readonly { readonly seq: number; readonly login: string }[]>;
  /** Login of a planned record and its line; undefined when it holds no login. */
  heldLogin(seq: number): Promise<HeldLogin | undefined>;
  /** First record that waits to be planned again. */
  firstReopened(): Promise<SourcePosition | undefined>;
  /** Those among `from` to `to`, both included, that wait to be planned again, by `seq`. */
  reopenedBetween(from: number, to: number): Promise<ReadonlyMap<number, SourcePosition>>;
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
