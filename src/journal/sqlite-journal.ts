import type {
  CleanedCount,
  EndedRecord,
  HeldLogin,
  Journal,
  PendingRecord,
  PlannedRecord,
  RouteCount,
  ShownFields,
  SourcePosition,
  Totals,
  Traffic,
} from "../core/index.ts";
import type { AmendedLine } from "./amendments.ts";
import type { EndedBadly } from "./failure-table.ts";
import type { JournalParts } from "./journal-parts.ts";
import { parseFlags } from "./kept-flags.ts";
import type { CarriedUser } from "./record-table.ts";
import { isSameSource, type RunIdentity, type SourceIdentity } from "./run-identity.ts";
import { STATE } from "./schema.ts";
import type { RunCost } from "./traffic-account.ts";

/** Below every record's number. */
const BEFORE_ALL = Number.MIN_SAFE_INTEGER;

/** Which records are to be planned again. */
export interface Reopening {
  readonly rejected?: boolean;
  /** Those that are ready; see {@link SqliteJournal.unsettled} for those that were attempted. */
  readonly pending?: boolean;
  readonly failed?: boolean;
  /** Those that were none of the run. */
  readonly leftOut?: boolean;
}

/**
 * A run's journal on SQLite: the port, and what the composition and the reports ask beyond it.
 *
 * Made by `openJournal` and `openEphemeralJournal`. Once a statement or a commit has failed, every
 * method rejects with that first error; {@link SqliteJournal.totals} still gives what was committed.
 */
export class SqliteJournal implements Journal {
  readonly #parts: JournalParts;

  constructor(parts: JournalParts) {
    this.#parts = parts;
  }

  async lastPlannedSeq(): Promise<number> {
    return this.#read(({ records }) => records.lastPlannedSeq());
  }

  async lastPlanned(): Promise<SourcePosition | undefined> {
    return this.#read(({ records }) => records.lastPlanned());
  }

  async planFinished(): Promise<boolean> {
    return this.#read(({ meta }) => meta.get("planFinished") === "1");
  }

  async finishPlan(): Promise<void> {
    this.#write(({ meta }) => meta.set("planFinished", "1"));
  }

  async plan(
    planned: readonly PlannedRecord[],
    cleaned: readonly CleanedCount[] = [],
  ): Promise<void> {
    const { transactions, records, failures, sourceChange, cleaning } = this.#parts;
    // Planning can be done again: what a loss of power takes away is only read once more.
    transactions.write(() => {
      records.plan(planned);
      for (const record of planned) {
        if (record.kind === "rejected") failures.add(record.seq, record.issues, record.fields);
      }
      if (sourceChange.isUnderWay()) sourceChange.takeOver(planned);
      cleaning.add(cleaned);
    }, "process-end");
  }

  async withdraw(seq: number): Promise<boolean> {
    return this.#write(({ records }) => records.withdraw(seq));
  }

  async seqOfRecord(count: number): Promise<number | undefined> {
    return this.#read(({ records }) => records.seqOfRecord(count));
  }

  async *heldLogins(): AsyncIterable<readonly { readonly seq: number; readonly login: string }[]> {
    yield* this.#pages(({ records }, after) => records.heldLoginsAfter(after));
  }

  async heldLogin(seq: number): Promise<HeldLogin | undefined> {
    return this.#read(({ records }) => records.heldLogin(seq));
  }

  async firstReopened(): Promise<SourcePosition | undefined> {
    return this.#read(({ records }) => records.first("reopened"));
  }

  async reopenedBetween(from: number, to: number): Promise<ReadonlyMap<number, SourcePosition>> {
    return this.#read(({ records }) => records.reopenedBetween(from, to));
  }

  async amendmentsBetween(from: number, to: number): Promise<ReadonlyMap<number, ShownFields>> {
    return this.#read(({ amendments }) => amendments.between(from, to));
  }

  async firstPending(): Promise<SourcePosition | undefined> {
    return this.#read(({ records }) => records.first("ready"));
  }

  async pendingBetween(from: number, to: number): Promise<readonly PendingRecord[]> {
    return this.#read(({ records }) => records.pendingBetween(from, to));
  }

  noteAttempt(seq: number, notBeforeMs: number | undefined): Promise<void> {
    const { transactions, records } = this.#parts;
    return transactions.gather(() => records.noteAttempt(seq, notBeforeMs));
  }

  noteOutcome(record: EndedRecord): Promise<void> {
    const { transactions, records, failures } = this.#parts;
    return transactions.gather(() => {
      records.noteOutcome(record);
      const { seq, outcome, fields = {} } = record;
      if (outcome.kind === "failed") failures.add(seq, [outcome], fields);
      else if (outcome.kind === "rejected") failures.add(seq, outcome.issues, fields);
    });
  }

  noteTraffic(traffic: Traffic, elapsedMs: number): void {
    this.#parts.traffic.note(traffic, elapsedMs);
  }

  totals(): Totals {
    return this.#parts.tally.totals();
  }

  /** How many records of the source are none of the run. */
  leftOut(): number {
    return this.#parts.tally.leftOut();
  }

  /** What cleaning rules did to the values of all that was planned by the present mapping. */
  async cleaned(): Promise<readonly CleanedCount[]> {
    return this.#read(({ cleaning }) => cleaning.list());
  }

  /** Whether somebody agreed to what the present mapping takes from values. */
  async isLossAccepted(): Promise<boolean> {
    return this.#read(({ meta }) => meta.get("lossAccepted") === "1");
  }

  /** Notes that somebody agreed to it. */
  async acceptLoss(): Promise<void> {
    this.#write(({ meta }) => meta.set("lossAccepted", "1"));
  }

  /** Notes the flags that say how the source is read, by name; none of them is a secret. */
  async keepFlags(flags: Readonly<Record<string, string>>): Promise<void> {
    this.#write(({ meta }) => meta.set("flags", JSON.stringify(flags)));
  }

  /** The flags that were noted last; none for a run of an earlier version. */
  async keptFlags(): Promise<Readonly<Record<string, string>>> {
    return this.#read(({ meta }) => parseFlags(meta.get("flags")));
  }

  /** All records by what is held of their passwords and the route they take; each counts once. */
  async routes(): Promise<readonly RouteCount[]> {
    return this.#read(({ routes }) => routes.count());
  }

  /** What all processes of the run sent and how long they ran. */
  cost(): RunCost {
    return this.#parts.traffic.total();
  }

  /** What the run belongs to. */
  identity(): RunIdentity {
    return this.#parts.identity.current;
  }

  /** Notes another place or fingerprint of the same records. */
  async setSource(source: SourceIdentity): Promise<void> {
    this.#write(({ identity }) => identity.change({ source }));
  }

  /** Notes that the mapping was changed on purpose. */
  async setMapping(mapping: string): Promise<void> {
    this.#write(({ identity, cleaning, meta }) => {
      identity.change({ mapping });
      cleaning.clear();
      meta.delete("lossAccepted");
    });
  }

  /**
   * Makes records wait to be planned again, keeping what is known of their attempts.
   *
   * @returns how many records
   */
  async reopen({ rejected, pending, failed, leftOut }: Reopening): Promise<number> {
    return this.#write(({ records, failures }) => {
      let count = pending === true ? records.moveAll(STATE.ready, STATE.reopened) : 0;
      if (leftOut === true) count += records.moveAll(STATE["left-out"], STATE.reopened);
      for (const state of [
        ...(rejected === true ? [STATE.rejected] : []),
        ...(failed === true ? [STATE.failed] : []),
      ]) {
        failures.removeAll(state);
        count += records.moveAll(state, STATE.reopened);
      }
      return count;
    });
  }

  /**
   * Keeps what the operator mended of rejected and failed records, and makes those wait to be
   * planned again. Of two amendments of a column the later one holds.
   *
   * @returns lines at which no rejected or failed record stands, or more than one: nothing was done
   */
  async amend(rows: readonly AmendedLine[]): Promise<readonly number[]> {
    return this.#write(({ amendments }) => amendments.amend(rows));
  }

  /**
   * Begins to plan another source in the place of the run's: from its first record, while what is
   * known of each login is kept. Called again for the same source, it goes on.
   *
   * Amendments are dropped: they belong to lines of the earlier source.
   *
   * @throws {InvariantError} while attempts wait for their outcome; see
   *   {@link SqliteJournal.unsettled}
   */
  async beginSourceChange(source: SourceIdentity): Promise<void> {
    this.#write(({ sourceChange, amendments, identity }) => {
      if (sourceChange.isUnderWay() && isSameSource(identity.current.source, source)) return;
      sourceChange.begin();
      amendments.clear();
      identity.change({ source });
    });
  }

  /** Whether a source change was begun and not finished. */
  async isSourceChanging(): Promise<boolean> {
    return this.#read(({ sourceChange }) => sourceChange.isUnderWay());
  }

  /**
   * Ends a source change whose plan is finished. Users of the earlier source that the new one does
   * not name stay records of the run; its other records are forgotten.
   */
  async finishSourceChange(): Promise<void> {
    this.#write(({ sourceChange }) => sourceChange.finish());
  }

  /** How many records have an attempt without an outcome. */
  async unsettledCount(): Promise<number> {
    return this.#read(({ records }) => records.unsettledCount());
  }

  /**
   * Records with an attempt without an outcome, in order: those that are ready, or those that wait to
   * be planned again, with the login that was sent. These are to be looked up before they are planned:
   * afterwards they may have another login.
   */
  async *unsettled(state: "ready" | "reopened" = "ready"): AsyncIterable<PendingRecord> {
    for await (const page of this.#pages(({ records }, after) =>
      records.unsettledAfter(after, state),
    )) {
      yield* page;
    }
  }

  /** Rejected and failed records, in order. */
  async *failures(): AsyncIterable<EndedBadly> {
    for await (const page of this.#pages(({ failures }, after) => failures.after(after))) {
      yield* page;
    }
  }

  /** Users that the run created, or updated, in order; those of an earlier source first. */
  async *createdUsers(state: "created" | "updated" = "created"): AsyncIterable<CarriedUser> {
    for await (const page of this.#pages(({ records }, after) =>
      records.carriedAfter(after, state),
    )) {
      for (const { line, login, oktaId } of page) yield { line, login, oktaId };
    }
  }

  /**
   * Gathers the Okta ids of those whom the run created for the password import hook, in SQLite's own
   * temporary file, to be asked for by {@link SqliteJournal.isHookUser}.
   *
   * @returns how many
   */
  async gatherHookUsers(): Promise<number> {
    return this.#read(({ records }) => records.gatherHookUsers());
  }

  /** Whether an Okta id is among those that were gathered. */
  isHookUser(oktaId: string): boolean {
    return this.#read(({ records }) => records.isHookUser(oktaId));
  }

  /** Columns that rejected and failed records showed, first seen first. */
  async columnsSeen(): Promise<readonly string[]> {
    return this.#read(({ failures }) => failures.columns());
  }

  /**
   * Commits what has gathered, folds everything into the one file and gives the lock back. Rejects
   * when the last commit fails; closed it is all the same. Closing twice does nothing.
   */
  async close(): Promise<void> {
    const { transactions, traffic, files } = this.#parts;
    if (files.isClosed) return;
    try {
      transactions.commitGathered();
      if (transactions.isUsable && !traffic.isWritten) this.#write(() => undefined);
    } finally {
      files.close({ fold: transactions.isUsable });
      transactions.close();
    }
  }

  #read<T>(work: (parts: JournalParts) => T): T {
    return this.#parts.transactions.read(() => work(this.#parts));
  }

  #write<T>(work: (parts: JournalParts) => T): T {
    return this.#parts.transactions.write(() => work(this.#parts));
  }

  /** Pages of what stands behind a record's number, until one is empty. */
  async *#pages<Row extends { readonly seq: number }>(
    pageAfter: (parts: JournalParts, after: number) => readonly Row[],
  ): AsyncGenerator<readonly Row[], void, undefined> {
    for (let after = BEFORE_ALL; ;) {
      const page = this.#read((parts) => pageAfter(parts, after));
      const last = page.at(-1);
      if (last === undefined) return;
      yield page;
      after = last.seq;
    }
  }
}
