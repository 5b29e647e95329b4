import {
  type EndedRecord,
  foldLogin,
  type HeldLogin,
  InvariantError,
  type PendingRecord,
  type PlannedRecord,
  type SourcePosition,
} from "../core/index.ts";
import type { Connection, SqlValue } from "./connection.ts";
import type { RouteTable } from "./route-table.ts";
import { ENDED_WELL, STATE, type State } from "./schema.ts";
import type { Tally } from "./tally.ts";
import { decodeText, encodeText } from "./text-column.ts";

/** Rows that one statement inserts; more gain nothing. */
const ROWS_PER_INSERT = 50;
const INSERT = "INSERT INTO record (seq, line, offset, login, login_key, state, route) VALUES ";
const HOLDS_NO_LOGIN = `(${STATE.reopened}, ${STATE.rejected}, ${STATE["left-out"]})`;
const COLUMNS = 7;
const INSERT_ONE = `${INSERT}(?, ?, ?, ?, ?, ?, ?)`;
const INSERT_MANY = INSERT + new Array(ROWS_PER_INSERT).fill("(?, ?, ?, ?, ?, ?, ?)").join(", ");
/** Rows of a page when the whole table is read. */
const PAGE_ROWS = 10_000;

/** A user who stands in the org through this run. */
export interface CarriedUser {
  /** Line in the source; in an earlier one for a record that the changed source no longer has. */
  readonly line: number;
  readonly login: string;
  readonly oktaId: string;
}

/** One row a record: its place, its login and how far it is. */
export class RecordTable {
  readonly #connection: Connection;
  readonly #tally: Tally;
  readonly #routes: RouteTable;

  constructor(connection: Connection, tally: Tally, routes: RouteTable) {
    this.#connection = connection;
    this.#tally = tally;
    this.#routes = routes;
  }

  lastPlannedSeq(): number {
    // What a changed source no longer has stands at negative numbers.
    return Math.max(
      0,
      this.#connection.get<readonly [number | null]>("SELECT max(seq) FROM record")?.[0] ?? 0,
    );
  }

  /**
   * Inserts new records, and updates reopened ones.
   *
   * @throws {InvariantError} when a record would be left out or is planned already
   */
  plan(records: readonly PlannedRecord[]): void {
    const lastPlanned = this.lastPlannedSeq();
    const values: SqlValue[] = [];
    const again: PlannedRecord[] = [];
    let next = lastPlanned + 1;
    for (const record of records) {
      if (record.seq <= lastPlanned) {
        again.push(record);
        continue;
      }
      if (record.seq !== next) {
        throw new InvariantError(`Record ${record.seq} was planned where ${next} is the next one.`);
      }
      next += 1;
      values.push(record.seq, ...this.#planColumns(record));
      this.#tally.add(STATE[record.kind]);
    }
    this.#planAgain(again);
    this.#insert(values);
  }

  #planAgain(records: readonly PlannedRecord[]): void {
    for (const record of records) {
      const changed = this.#connection.run(
        `UPDATE record SET line = ?, offset = ?, login = ?, login_key = ?, state = ?, route = ?
         WHERE seq = ? AND state = ${STATE.reopened}`,
        [...this.#planColumns(record), record.seq],
      );
      if (changed === 0) throw new InvariantError(`Record ${record.seq} was planned twice.`);
      this.#tally.move(STATE.reopened, STATE[record.kind]);
    }
  }

  #planColumns({ line, offset, login, kind, password }: PlannedRecord): SqlValue[] {
    const key = foldLogin(login);
    return [
      line,
      offset ?? null,
      encodeText(login),
      key === login ? null : encodeText(key),
      STATE[kind],
      this.#routes.idOf(password),
    ];
  }

  #insert(values: readonly SqlValue[]): void {
    const width = ROWS_PER_INSERT * COLUMNS;
    let at = 0;
    for (; at + width <= values.length; at += width) {
      this.#connection.run(INSERT_MANY, values.slice(at, at + width));
    }
    for (; at < values.length; at += COLUMNS) {
      this.#connection.run(INSERT_ONE, values.slice(at, at + COLUMNS));
    }
  }

  /** @throws {InvariantError} when the record waits for no request */
  noteAttempt(seq: number, notBeforeMs: number | undefined): void {
    const changed = this.#connection.run(
      `UPDATE record SET not_before = iif(attempted, not_before, ?), attempted = 1
       WHERE seq = ? AND state = ${STATE.ready}`,
      [notBeforeMs ?? null, seq],
    );
    if (changed === 0) {
      throw new InvariantError(`An attempt was noted for record ${seq}, which is not to be sent.`);
    }
  }

  /** @throws {InvariantError} when the record has an outcome already, or is unknown */
  noteOutcome(record: EndedRecord): void {
    for (const from of [STATE.ready, STATE.reopened]) {
      if (!this.#end(record, from)) continue;
      this.#tally.move(from, STATE[record.outcome.kind]);
      return;
    }
    throw new InvariantError(`Record ${record.seq} got an outcome where none was open.`);
  }

  /** @returns whether the record was in that state */
  #end({ seq, outcome }: EndedRecord, from: State): boolean {
    const state = STATE[outcome.kind];
    const isDoubtful = outcome.kind === "failed" && outcome.code === "ANSWER_LOST";
    const oktaId = "oktaId" in outcome ? (outcome.oktaId ?? null) : null;
    const changed = this.#connection.run(
      isDoubtful
        ? "UPDATE record SET state = ?, okta_id = ? WHERE seq = ? AND state = ?"
        : `UPDATE record SET state = ?, okta_id = ?, attempted = 0, not_before = NULL
           WHERE seq = ? AND state = ?`,
      [state, oktaId, seq, from],
    );
    return changed > 0;
  }

  /** Records, other than rejected and reopened ones, behind `seq`; a page of them. */
  heldLoginsAfter(seq: number): readonly { readonly seq: number; readonly login: string }[] {
    // As JSON, a page crosses from SQLite at once: more than twice as fast as row by row.
    const page = this.#connection.get<readonly [string, string]>(
      `SELECT json_group_array(seq), json_group_array(login) FROM (
         SELECT seq, login FROM record
         WHERE seq > ? AND state NOT IN ${HOLDS_NO_LOGIN}
         ORDER BY seq LIMIT ${PAGE_ROWS})`,
      [seq],
    );
    const seqs = JSON.parse(page?.[0] ?? "[]") as number[];
    const logins = JSON.parse(page?.[1] ?? "[]") as string[];
    return seqs.map((number, index) => ({ seq: number, login: decodeText(logins[index] ?? "") }));
  }

  heldLogin(seq: number): HeldLogin | undefined {
    const row = this.#connection.get<readonly [string, number]>(
      `SELECT login, line FROM record
       WHERE seq = ? AND state NOT IN ${HOLDS_NO_LOGIN}`,
      [seq],
    );
    return row === undefined ? undefined : { login: decodeText(row[0]), line: row[1] };
  }

  /** First record in a state, in the order of the source. */
  first(state: "reopened" | "ready"): SourcePosition | undefined {
    return this.#position(`WHERE state = ${STATE[state]} ORDER BY seq LIMIT 1`);
  }

  /** The last record of the source that has been planned. */
  lastPlanned(): SourcePosition | undefined {
    return this.#position("WHERE seq > 0 ORDER BY seq DESC LIMIT 1");
  }

  #position(which: string): SourcePosition | undefined {
    const row = this.#connection.get<PositionRow>(`SELECT seq, line, offset FROM record ${which}`);
    return row === undefined ? undefined : positionOf(row);
  }

  reopenedBetween(from: number, to: number): ReadonlyMap<number, SourcePosition> {
    const rows = this.#connection.all<PositionRow>(
      `SELECT seq, line, offset FROM record WHERE state = ${STATE.reopened} AND seq BETWEEN ? AND ?`,
      [from, to],
    );
    return new Map(rows.map((row) => [row[0], positionOf(row)]));
  }

  pendingBetween(from: number, to: number): readonly PendingRecord[] {
    return this.#pending(STATE.ready, "seq BETWEEN ? AND ?", [from, to]);
  }

  /** Records in a state whose attempt never got its outcome, behind `seq`; a page of them. */
  unsettledAfter(seq: number, state: "ready" | "reopened"): readonly PendingRecord[] {
    const where = `seq > ? AND attempted = 1 ORDER BY seq LIMIT ${PAGE_ROWS}`;
    return this.#pending(STATE[state], where, [seq]);
  }

  #pending(state: State, where: string, values: readonly SqlValue[]): readonly PendingRecord[] {
    return this.#connection
      .all<readonly [number, number, number | null, string, number, number | null]>(
        `SELECT seq, line, offset, login, attempted, not_before FROM record
         WHERE state = ${state} AND ${where}`,
        values,
      )
      .map(([seq, line, offset, login, attempted, notBeforeMs]) => ({
        seq,
        line,
        ...(offset === null ? {} : { offset }),
        login: decodeText(login),
        attempted: attempted === 1,
        notBeforeMs: notBeforeMs ?? undefined,
      }));
  }

  unsettledCount(): number {
    return (
      this.#connection.get<readonly [number]>(
        `SELECT count(*) FROM record WHERE state = ${STATE.ready} AND attempted = 1`,
      )?.[0] ?? 0
    );
  }

  /** Users behind `seq` in a state, with the seq of each; a page of them. */
  carriedAfter(
    seq: number,
    state: "created" | "updated",
  ): readonly (CarriedUser & { readonly seq: number })[] {
    return this.#connection
      .all<readonly [number, number, string, string]>(
        `SELECT seq, line, login, okta_id FROM record
         WHERE seq > ? AND state = ${STATE[state]} AND okta_id IS NOT NULL
         ORDER BY seq LIMIT ${PAGE_ROWS}`,
        [seq],
      )
      .map((row) => ({ seq: row[0], line: row[1], login: decodeText(row[2]), oktaId: row[3] }));
  }

  /** Makes a ready record that was never attempted wait to be planned again. @returns whether it was one */
  withdraw(seq: number): boolean {
    const changed = this.#connection.run(
      `UPDATE record SET state = ${STATE.reopened}
       WHERE seq = ? AND state = ${STATE.ready} AND attempted = 0`,
      [seq],
    );
    if (changed === 0) return false;
    this.#tally.move(STATE.ready, STATE.reopened);
    return true;
  }

  /** The `count`-th record of the run in the order of the source. */
  seqOfRecord(count: number): number | undefined {
    return this.#connection.get<readonly [number]>(
      `SELECT seq FROM record WHERE seq > 0 AND state != ${STATE["left-out"]}
       ORDER BY seq LIMIT 1 OFFSET ?`,
      [count - 1],
    )?.[0];
  }

  /** Gathers the ids of created users whose route is the hook, to look them up by. @returns how many */
  gatherHookUsers(): number {
    this.#connection.exec(`
      PRAGMA temp_store = FILE;
      CREATE TEMP TABLE IF NOT EXISTS hook_user (okta_id TEXT PRIMARY KEY) WITHOUT ROWID;
      INSERT OR IGNORE INTO hook_user
        SELECT okta_id FROM record
        WHERE state = ${STATE.created} AND okta_id IS NOT NULL
          AND route IN (SELECT id FROM route WHERE route = 'hook');
    `);
    return this.#connection.get<readonly [number]>("SELECT count(*) FROM temp.hook_user")?.[0] ?? 0;
  }

  /** Whether an id is among those that were gathered. */
  isHookUser(oktaId: string): boolean {
    const found = this.#connection.get("SELECT 1 FROM temp.hook_user WHERE okta_id = ?", [oktaId]);
    return found !== undefined;
  }

  /** Moves all records from one state to another. @returns how many */
  moveAll(from: State, to: State): number {
    const moved = this.#connection.run("UPDATE record SET state = ? WHERE state = ?", [to, from]);
    this.#tally.add(from, -moved);
    this.#tally.add(to, moved);
    return moved;
  }

  /** Makes a rejected or failed record wait to be planned again. */
  reopen(seq: number, from: State): void {
    this.#connection.run(`UPDATE record SET state = ${STATE.reopened} WHERE seq = ?`, [seq]);
    this.#tally.move(from, STATE.reopened);
  }

  /** What is wrong with the rows as a whole, for a message; undefined when nothing is. */
  findContradiction(): string | undefined {
    const [planned = 0, last = 0, strange = 0] =
      this.#connection.get<readonly [number, number | null, number | null]>(
        `SELECT count(*), max(seq), sum(state NOT BETWEEN ${STATE.reopened} AND ${STATE["left-out"]})
         FROM record WHERE seq > 0`,
      ) ?? [];
    if (strange !== 0 && strange !== null) return "a record is in no known state";
    return planned === (last ?? 0) ? undefined : "records are missing from it";
  }

  /**
   * Counts all records by state; those of an earlier source that the changed one has not claimed
   * yet count as what they are.
   */
  count(): readonly (readonly [state: State, count: number])[] {
    return this.#connection.all<readonly [State, number]>(
      `SELECT state, count(*) FROM record GROUP BY state
       UNION ALL SELECT state, count(*) FROM former WHERE state IN ${ENDED_WELL} GROUP BY state`,
    );
  }
}

type PositionRow = readonly [seq: number, line: number, offset: number | null];

function positionOf([seq, line, offset]: PositionRow): SourcePosition {
  return offset === null ? { seq, line } : { seq, line, offset };
}
