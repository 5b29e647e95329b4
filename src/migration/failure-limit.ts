import { type FailureCode, OktaError } from "../core/index.ts";

/** Records that go one by one, until the first one succeeds. */
export const CAREFUL_RECORDS = 5;
/** A part of the records is judged as of this many, so that a bad start does not stop a run. */
const PART_JUDGED_AT = 1000;

/** How many failed records a run bears: a number, or a part of those done. */
export type FailureLimit =
  | { readonly kind: "count"; readonly count: number }
  | { readonly kind: "part"; readonly part: number };

/** 5 %, which is 50 until 1,000 records are done. */
export const DEFAULT_FAILURE_LIMIT: FailureLimit = { kind: "part", part: 0.05 };

/** Counts how the records of this process end, and tells when too many fail. */
export class FailureWatch {
  readonly #limit: FailureLimit;
  readonly #causes = new Map<FailureCode, number>();
  #done = 0;
  #failed = 0;

  constructor(limit: FailureLimit) {
    this.#limit = limit;
  }

  /** Whether records still go one by one: none has succeeded, and few have failed. */
  isCareful(): boolean {
    return this.#done === this.#failed && this.#failed < CAREFUL_RECORDS;
  }

  /** A record ended well, was created or was there. */
  noteSuccess(): void {
    this.#done += 1;
  }

  /** A record failed. */
  noteFailure(code: FailureCode): void {
    this.#done += 1;
    this.#failed += 1;
    this.#causes.set(code, (this.#causes.get(code) ?? 0) + 1);
  }

  /** The error that stops the run, where it must stop. */
  verdict(): OktaError | undefined {
    const leading = this.#leadingCause();
    if (leading === undefined) return undefined;
    if (
      this.#failed === CAREFUL_RECORDS &&
      this.#done === CAREFUL_RECORDS &&
      this.#causes.size === 1
    ) {
      return new OktaError({
        code: "FIRST_RECORDS_FAILED",
        message: `The first ${CAREFUL_RECORDS} records all failed with ${leading.code}; nothing more was sent.`,
        hint: "Look at failures.csv in the run's folder: what stops these would stop all. Then run the same command again.",
      });
    }
    if (this.#failed <= this.#allowed()) return undefined;
    return new OktaError({
      code: "TOO_MANY_FAILURES",
      message: `${this.#failed} of ${this.#done} records failed, ${leading.count} of them with ${leading.code}; the run was stopped.`,
      hint: "See failures.csv in the run's folder for the causes; the same command goes on, and --max-failures allows more.",
    });
  }

  #allowed(): number {
    return this.#limit.kind === "count"
      ? this.#limit.count
      : Math.floor(this.#limit.part * Math.max(this.#done, PART_JUDGED_AT));
  }

  #leadingCause(): { readonly code: FailureCode; readonly count: number } | undefined {
    let leading: { code: FailureCode; count: number } | undefined;
    for (const [code, count] of this.#causes) {
      if (leading === undefined || count > leading.count) leading = { code, count };
    }
    return leading;
  }
}
