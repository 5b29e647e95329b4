import type { Totals } from "../core/index.ts";
import { STATE, type State } from "./schema.ts";

const STATES = Object.keys(STATE).length;

/** How many records are in each state; a transaction's changes count once it is committed. */
export class Tally {
  #committed: number[] = new Array<number>(STATES).fill(0);
  #current: number[] = [...this.#committed];

  add(state: State, count = 1): void {
    this.#current[state] = (this.#current[state] ?? 0) + count;
  }

  move(from: State, to: State): void {
    this.add(from, -1);
    this.add(to);
  }

  /** Replaces all counts. */
  reset(counts: readonly (readonly [state: State, count: number])[]): void {
    this.#current.fill(0);
    for (const [state, count] of counts) this.add(state, count);
  }

  commit(): void {
    this.#committed = [...this.#current];
  }

  rollback(): void {
    this.#current = [...this.#committed];
  }

  /** How many are none of the run, of what is committed. */
  leftOut(): number {
    return this.#committed[STATE["left-out"]] ?? 0;
  }

  /** What is committed. */
  totals(): Totals {
    const of = (state: State): number => this.#committed[state] ?? 0;
    return {
      records: this.#committed.reduce((sum, count) => sum + count, 0) - this.leftOut(),
      created: of(STATE.created),
      updated: of(STATE.updated),
      existing: of(STATE.existing),
      rejected: of(STATE.rejected),
      failed: of(STATE.failed),
      pending: of(STATE.reopened) + of(STATE.ready),
    };
  }
}
