import { foldLogin, InvariantError, type PlannedRecord } from "../core/index.ts";
import type { Connection } from "./connection.ts";
import type { FailureTable } from "./failure-table.ts";
import type { MetaTable } from "./meta-table.ts";
import type { RecordTable } from "./record-table.ts";
import { ENDED_WELL, STATE, type State } from "./schema.ts";
import type { Tally } from "./tally.ts";
import { encodeText } from "./text-column.ts";

/** Rejected records that take an ending over at once. */
const PAGE_ROWS = 1000;

/**
 * Carries what is known of the records of one source over to another, by login.
 *
 * - **no change**: `former` is empty.
 * - **changing**: the records of the earlier source that have a user, or may have one, stand in
 *   `former`; the new source is planned from its first record. A planned record that is ready takes
 *   over the ending, or the attempt, of the former record with its login.
 * - At the end a rejected record takes over too; a former record with an ending that nobody claimed
 *   stays a record of the run, at a number below zero; all others are forgotten.
 *
 * Each step is one transaction, so that a killed process finds either state whole.
 */
export class SourceChange {
  readonly #connection: Connection;
  readonly #meta: MetaTable;
  readonly #records: RecordTable;
  readonly #failures: FailureTable;
  readonly #tally: Tally;

  constructor(parts: {
    readonly connection: Connection;
    readonly meta: MetaTable;
    readonly records: RecordTable;
    readonly failures: FailureTable;
    readonly tally: Tally;
  }) {
    this.#connection = parts.connection;
    this.#meta = parts.meta;
    this.#records = parts.records;
    this.#failures = parts.failures;
    this.#tally = parts.tally;
  }

  isUnderWay(): boolean {
    return this.#meta.get("sourceChange") === "1";
  }

  /** @throws {InvariantError} while attempts wait for their outcome */
  begin(): void {
    const unsettled = this.#records.unsettledCount();
    if (unsettled > 0) {
      throw new InvariantError(`The source was changed with ${unsettled} attempts unsettled.`);
    }
    this.#connection.run(
      `INSERT INTO former (key, line, login, login_key, state, route, attempted, not_before, okta_id)
       SELECT coalesce(login_key, login), line, login, login_key, state, route, attempted, not_before,
         okta_id
       FROM record WHERE state IN ${ENDED_WELL} OR attempted = 1 ORDER BY 1`,
    );
    this.#connection.run("DELETE FROM record");
    this.#failures.clear();
    this.#meta.set("sourceChange", "1");
    this.#meta.set("planFinished", "0");
    this.#tally.reset(this.#records.count());
  }

  /** Lets ready records that were just planned take over what is known of their logins. */
  takeOver(records: readonly PlannedRecord[]): void {
    for (const { seq, login, kind } of records) {
      if (kind !== "ready") continue;
      const former = this.#formerOf(login);
      if (former === undefined) continue;
      const { id, state, route, oktaId, attempted, notBefore } = former;
      this.#connection.run(
        `UPDATE record SET state = ?, route = coalesce(?, route), okta_id = ?, attempted = ?,
           not_before = ? WHERE seq = ?`,
        [state, route, oktaId, attempted, notBefore, seq],
      );
      this.#connection.run("DELETE FROM former WHERE id = ?", [id]);
      // The former record was counted by its ending; the two are one now.
      if (state !== STATE.ready) this.#tally.add(STATE.ready, -1);
    }
  }

  #formerOf(login: string):
    | {
        readonly id: number;
        readonly state: State;
        /** Null where no user is there: the new record takes its own. */
        readonly route: number | null;
        readonly oktaId: string | null;
        readonly attempted: number;
        readonly notBefore: number | null;
      }
    | undefined {
    const row = this.#connection.get<
      readonly [number, State, number, string | null, number, number | null, 0 | 1]
    >(
      `SELECT id, state, route, okta_id, attempted, not_before, state IN ${ENDED_WELL} AS well
       FROM former WHERE key = ? ORDER BY well DESC, id LIMIT 1`,
      [encodeText(foldLogin(login))],
    );
    if (row === undefined) return undefined;
    const [id, state, route, oktaId, attempted, notBefore, well] = row;
    return well === 1
      ? { id, state, route, oktaId, attempted, notBefore }
      : { id, state: STATE.ready, route: null, oktaId, attempted, notBefore };
  }

  /** @throws {InvariantError} when no change is under way or the new source is not planned */
  finish(): void {
    if (!this.isUnderWay() || this.#meta.get("planFinished") !== "1") {
      throw new InvariantError("A source change was finished before its source was planned.");
    }
    while (this.#rejectedTakeOver() > 0);
    this.#connection.run(
      `INSERT INTO record (seq, line, login, login_key, state, route, okta_id)
       SELECT (SELECT min(0, coalesce(min(seq), 0)) FROM record) - row_number() OVER (ORDER BY id DESC),
         line, login, login_key, state, route, okta_id
       FROM former WHERE state IN ${ENDED_WELL}`,
    );
    this.#connection.run("DELETE FROM former");
    this.#meta.delete("sourceChange");
    this.#tally.reset(this.#records.count());
  }

  /** A page of records that can't be sent although their user exists. @returns how many */
  #rejectedTakeOver(): number {
    const pairs = this.#connection.all<readonly [number, number, State, number, string | null]>(
      `SELECT seq, id, former.state, former.route, former.okta_id FROM record
       JOIN former ON former.key = coalesce(record.login_key, record.login)
       WHERE record.state = ${STATE.rejected} AND former.state IN ${ENDED_WELL}
       ORDER BY seq LIMIT ${PAGE_ROWS}`,
    );
    const taken = new Set<number>();
    const given = new Set<number>();
    for (const [seq, id, state, route, oktaId] of pairs) {
      if (given.has(seq) || taken.has(id)) continue;
      given.add(seq);
      taken.add(id);
      this.#connection.run("UPDATE record SET state = ?, route = ?, okta_id = ? WHERE seq = ?", [
        state,
        route,
        oktaId,
        seq,
      ]);
      this.#connection.run("DELETE FROM former WHERE id = ?", [id]);
      this.#failures.remove(seq);
    }
    return given.size;
  }
}
