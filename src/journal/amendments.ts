import type { ShownFields } from "../core/index.ts";
import type { Connection } from "./connection.ts";
import type { FailureTable } from "./failure-table.ts";
import type { RecordTable } from "./record-table.ts";
import type { State } from "./schema.ts";

/** Failed and rejected records that are looked through at once. */
const PAGE_ROWS = 10_000;

/** What the operator mended of the record at a line. */
export interface AmendedLine {
  readonly line: number;
  /** The columns that are to hold from now on, whatever the source has. */
  readonly fields: ShownFields;
}

interface Target {
  readonly seq: number;
  readonly state: State;
}

/** Columns that the operator mended, by record. */
export class Amendments {
  readonly #connection: Connection;
  readonly #records: RecordTable;
  readonly #failures: FailureTable;

  constructor(connection: Connection, records: RecordTable, failures: FailureTable) {
    this.#connection = connection;
    this.#records = records;
    this.#failures = failures;
  }

  between(from: number, to: number): ReadonlyMap<number, ShownFields> {
    const rows = this.#connection.all<readonly [number, string]>(
      "SELECT seq, fields FROM amendment WHERE seq BETWEEN ? AND ?",
      [from, to],
    );
    return new Map(rows.map(([seq, fields]) => [seq, JSON.parse(fields) as ShownFields]));
  }

  /**
   * Keeps what was mended and makes those records wait to be planned again. Of two amendments of a
   * column the later one holds.
   *
   * @returns lines at which no rejected or failed record stands, or more than one
   */
  amend(rows: readonly AmendedLine[]): readonly number[] {
    const byLine = new Map<number, ShownFields>();
    for (const { line, fields } of rows) byLine.set(line, { ...byLine.get(line), ...fields });
    const targets = this.#findTargets(byLine);
    const unknown: number[] = [];
    for (const [line, fields] of byLine) {
      const target = targets.get(line);
      if (target === undefined || target === "several") unknown.push(line);
      else this.#amendOne(target, fields);
    }
    return unknown;
  }

  clear(): void {
    this.#connection.run("DELETE FROM amendment");
  }

  #amendOne({ seq, state }: Target, fields: ShownFields): void {
    const earlier = this.between(seq, seq).get(seq);
    this.#connection.run("INSERT OR REPLACE INTO amendment (seq, fields) VALUES (?, ?)", [
      seq,
      JSON.stringify({ ...earlier, ...fields }),
    ]);
    this.#failures.remove(seq);
    this.#records.reopen(seq, state);
  }

  /** One pass over all failures, however many lines are asked for. */
  #findTargets(lines: ReadonlyMap<number, unknown>): ReadonlyMap<number, Target | "several"> {
    const targets = new Map<number, Target | "several">();
    for (let after = Number.MIN_SAFE_INTEGER; ;) {
      const page = this.#connection.all<readonly [number, number, State]>(
        `SELECT seq, line, state FROM failure JOIN record USING (seq)
         WHERE seq > ? ORDER BY seq LIMIT ${PAGE_ROWS}`,
        [after],
      );
      for (const [seq, line, state] of page) {
        if (lines.has(line)) targets.set(line, targets.has(line) ? "several" : { seq, state });
      }
      const last = page.at(-1);
      if (last === undefined) return targets;
      after = last[0];
    }
  }
}
