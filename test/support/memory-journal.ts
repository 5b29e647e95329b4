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
  /** Numbers of records that wait to be planned again. */
  readonly reopened = new Set<number>();
  finished = false;
  traffic: Traffic = { requests: 0, rateLimited: 0, retries: 0 };

  lastPlannedSeq(): Promise<number> {
    return Promise.resolve(this.rows.size);
  }

  lastPlanned(): Promise<SourcePosition | undefined> {
    const last = this.rows.get(this.rows.size)?.planned;
    return Promise.resolve(last === undefined ? undefined : positionOf(last));
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
      this.reopened.delete(planned.seq);
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
    const [first] = this.#reopened();
    return Promise.resolve(first);
  }

  reopenedBetween(from: number, to: number): Promise<ReadonlyMap<number, SourcePosition>> {
    const found = this.#reopened().filter(({ seq }) => seq >= from && seq <= to);
    return Promise.resolve(new Map(found.map((position) => [position.seq, position])));
  }

  amendmentsBetween(): Promise<ReadonlyMap<number, ShownFields>> {
    return Promise.resolve(new Map());
  }

  firstPending(): Promise<SourcePosition | undefined> {
    for (const row of this.rows.values()) {
      if (row.ended === undefined) return Promise.resolve(pendingOf(row));
    }
    return Promise.resolve(undefined);
  }

  pendingBetween(from: number, to: number): Promise<readonly PendingRecord[]> {
    const pending: PendingRecord[] = [];
    for (let seq = from; seq <= to; seq += 1) {
      const row = this.rows.get(seq);
      if (row?.ended === undefined && row !== undefined) pending.push(pendingOf(row));
    }
    return Promise.resolve(pending);
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

  /** Takes those up again, as a retry does, of whom it is not known whether they were made. */
  takeUpLost(): void {
    for (const row of this.rows.values()) {
      if (row.ended?.kind === "failed" && row.ended.code === "ANSWER_LOST") row.ended = undefined;
    }
  }

  #reopened(): readonly SourcePosition[] {
    return [...this.reopened].map((seq) => positionOf(this.#row(seq).planned));
  }
}

function pendingOf({ planned, attempted, notBeforeMs }: MemoryRow): PendingRecord {
  return { ...positionOf(planned), login: planned.login, attempted, notBeforeMs };
}

function positionOf({ seq, line, offset }: SourcePosition): SourcePosition {
  return offset === undefined ? { seq, line } : { seq, line, offset };
}
