/**
 * A computation that can't be done: its settings are damaged, or ask for more memory or time than is
 * given to one password. Says nothing about the password, and quotes nothing of the material.
 */
export class NotComputableError extends Error {
  override readonly name = "NotComputableError";
}

/** Most memory that one computation may take. */
export const MAX_MEMORY_BYTES = 2 ** 30;

/** Most bytes that a computation may run through memory in all its passes. */
export const MAX_MEMORY_TRAFFIC_BYTES = 2 ** 34;

/** Most rounds of a digest or an HMAC: seconds, not minutes. */
export const MAX_ROUNDS = 10_000_000;

/** Longest password that is looked at; the longest that the common systems take. */
export const MAX_PASSWORD_BYTES = 4096;

/**
 * Stops a computation whose settings are out of range.
 *
 * @param what names the setting, without its value
 * @throws {NotComputableError} when it doesn't hold
 */
export function need(holds: boolean, what: string): asserts holds {
  if (!holds) throw new NotComputableError(`${what} is damaged or beyond bounds`);
}

/** Whether a number is whole and within a range, both ends included. */
export function isWithin(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most;
}
