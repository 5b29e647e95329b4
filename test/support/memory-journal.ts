import type {
  EndedRecord,
  HeldLogin,
  Journal,
  PendingRecord,
  PlannedRecord,
  ShownFields,
  SourcePosition,
  Totals,
  Traffic,
} from "../../src/core/index.ts";

/** What the journal of a test knows of one record. */
export interface MemoryRow {
  planned: PlannedRecord;
  attempted: boolean;
  notBeforeMs: number | undefined;
  ended: EndedRecord["outcome"] | undefined;
  fields: ShownFields | undefined;
}

/** A journal in memory that outlives the run that is killed in a test. */
export class MemoryJournal implements Journal {
  readonly rows = new Map<number, MemoryRow>();
  readonly attempts: number[] = [];
  finished = false;
  traffic: Traffic = { requests: 0, rateLimited: 0, retries: 0 };

  lastPlannedSeq(): Promise<number> {
    return Promise.resolve(this.rows.size);
  }

  lastPlanned(): Promise<SourcePosition | undefined> {
    const last = this.rows.get(this.rows.size)?.planned;
    return Promise.resolve(last === undefined ? undefined : { seq: last.seq, line: last.line });
  }

  planFinished(): Promise<boolean> {
    return Promise.resolve(this.finished);
  }

  finishPlan(): Promise<void> {
    this.finished = true;
    return Promise.resolve();
  }

  plan(records: readonly PlannedRecord[]): Promise<void> {
    for (const planned of records) {
      this.rows.set(planned.seq, {
        planned,
        attempted: false,
        notBeforeMs: undefined,
        ended:
          planned.kind === "rejected" ? { kind: "rejected", issues: planned.issues } : undefined,
        fields: undefined,
      });
    }
    return Promise.resolve();
  }

  async *heldLogins(): AsyncIterable<readonly { seq: number; login: string }[]> {
    await Promise.resolve();
    yield [...this.rows.values()]
      .filter((row) => row.planned.kind === "ready")
      .map((row) => ({ seq: row.planned.seq, login: row.planned.login }));
  }

  withdraw(): Promise<boolean> {
    return Promise.resolve(false);
  }

  seqOfRecord(count: number): Promise<number | undefined> {
    const kept = [...this.rows.keys()].filter(
      (seq) => this.rows.get(seq)?.planned.kind !== "left-out",
    );
    return Promise.resolve(kept[count - 1]);
  }

  heldLogin(seq: number): Promise<HeldLogin | undefined> {
    const row = this.rows.get(seq);
    return Promise.resolve(row?.planned.kind === "ready" ? row.planned : undefined);
  }

  firstReopened(): Promise<SourcePosition | undefined> {
    return Promise.resolve(undefined);
  }

  reopenedBetween(): Promise<ReadonlySet<number>> {
    return Promise.resolve(new Set());
  }

  amendmentsBetween(): Promise<ReadonlyMap<number, ShownFields>> {
    return Promise.resolve(new Map());
  }

  firstPending(): Promise<SourcePosition | undefined> {
    return Promise.resolve(this.#pending()[0]);
  }

  pendingBetween(from: number, to: number): Promise<readonly PendingRecord[]> {
    return Promise.resolve(this.#pending().filter(({ seq }) => seq >= from && seq <= to));
  }

  noteAttempt(seq: number, notBeforeMs: number | undefined): Promise<void> {
    const row = this.#row(seq);
    this.attempts.push(seq);
    if (!row.attempted) row.notBeforeMs = notBeforeMs;
    row.attempted = true;
    return Promise.resolve();
  }

  noteOutcome({ seq, outcome, fields }: EndedRecord): Promise<void> {
    const row = this.#row(seq);
    if (row.ended !== undefined) throw new Error(`record ${seq} ended twice`);
    row.ended = outcome;
    row.fields = fields;
    return Promise.resolve();
  }

  noteTraffic(traffic: Traffic): void {
    this.traffic = traffic;
  }

  totals(): Totals {
    const count = (kind: string): number =>
      [...this.rows.values()].filter((row) => (row.ended?.kind ?? "pending") === kind).length;
    return {
      records: this.rows.size,
      created: count("created"),
      updated: count("updated"),
      existing: count("existing"),
      rejected: count("rejected"),
      failed: count("failed"),
      pending: count("pending"),
    };
  }

  #row(seq: number): MemoryRow {
    const row = this.rows.get(seq);
    if (row === undefined) throw new Error(`record ${seq} was never planned`);
    return row;
  }

  #pending(): readonly PendingRecord[] {
    return [...this.rows.values()]
      .filter((row) => row.ended === undefined)
      .map(({ planned, attempted, notBeforeMs }) => ({
        seq: planned.seq,
        line: planned.line,
        login: planned.login,
        attempted,
        notBeforeMs,
      }));
  }
}
