import type { CauseCode, Failure, Issue, ShownFields } from "../core/index.ts";
import type { Connection } from "./connection.ts";
import type { MetaTable } from "./meta-table.ts";
import { STATE, type State } from "./schema.ts";

/** Rows of a page when all failures are read; each may carry a whole record. */
const PAGE_ROWS = 1000;

/** One reason why a record did not end well. */
export interface Cause {
  readonly code: CauseCode;
  /** Attribute or column at fault. */
  readonly field?: string;
  readonly reason: string;
  readonly hint: string;
}

/** A record that is rejected or failed. */
export interface EndedBadly {
  readonly seq: number;
  readonly line: number;
  readonly outcome: "rejected" | "failed";
  /** At least one; the deciding one first. */
  readonly causes: readonly Cause[];
  readonly fields: ShownFields;
}

/** Why records were rejected or failed, and what reports may show of them. */
export class FailureTable {
  readonly #connection: Connection;
  readonly #meta: MetaTable;
  #columns: Set<string>;
  #hasNewColumn = false;

  constructor(connection: Connection, meta: MetaTable) {
    this.#connection = connection;
    this.#meta = meta;
    this.#columns = new Set(JSON.parse(meta.get("columns") ?? "[]") as string[]);
  }

  add(seq: number, causes: readonly (Issue | Failure)[], fields: ShownFields): void {
    const kept = causes.map(({ code, reason, hint, ...rest }): Cause => {
      const field = "field" in rest ? rest.field : undefined;
      return field === undefined ? { code, reason, hint } : { code, field, reason, hint };
    });
    this.#connection.run("INSERT INTO failure (seq, code, causes, fields) VALUES (?, ?, ?, ?)", [
      seq,
      kept[0]?.code ?? "",
      JSON.stringify(kept),
      JSON.stringify(fields),
    ]);
    for (const column of Object.keys(fields)) {
      if (this.#columns.has(column)) continue;
      this.#columns.add(column);
      this.#hasNewColumn = true;
    }
  }

  remove(seq: number): void {
    this.#connection.run("DELETE FROM failure WHERE seq = ?", [seq]);
  }

  /** Removes what is known of records in a state; before they leave it. */
  removeAll(state: State): void {
    this.#connection.run(
      "DELETE FROM failure WHERE seq IN (SELECT seq FROM record WHERE state = ?)",
      [state],
    );
  }

  /** Writes new columns; inside a transaction. */
  writeColumns(): void {
    if (!this.#hasNewColumn) return;
    this.#meta.set("columns", JSON.stringify([...this.#columns]));
    this.#hasNewColumn = false;
  }

  /** Columns of all that was ever added, first seen first. */
  columns(): readonly string[] {
    return [...this.#columns];
  }

  /** Forgets everything: another source is to be planned. */
  clear(): void {
    this.#connection.run("DELETE FROM failure");
    this.#columns = new Set();
    this.#hasNewColumn = true;
  }

  /** Failures behind `seq`; a page of them. */
  after(seq: number): readonly EndedBadly[] {
    return this.#connection
      .all<readonly [number, number, State, string, string]>(
        `SELECT seq, line, state, causes, fields FROM failure JOIN record USING (seq)
         WHERE seq > ? ORDER BY seq LIMIT ${PAGE_ROWS}`,
        [seq],
      )
      .map((row) => ({
        seq: row[0],
        line: row[1],
        outcome: outcomeOf(row[2]),
        causes: JSON.parse(row[3]) as readonly Cause[],
        fields: JSON.parse(row[4]) as ShownFields,
      }));
  }
}

function outcomeOf(state: State): EndedBadly["outcome"] {
  return state === STATE.rejected ? "rejected" : "failed";
}
