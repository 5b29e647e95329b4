import type { Clock } from "../../core/index.ts";

/**
 * Port: wrong passwords by pair of login and address. A pair that was wrong too often is held for a
 * while: its passwords are not looked at, right or wrong. A login alone or an address alone never is: a
 * stranger could lock a person out, and an office shares one address.
 */
export interface WrongPasswords {
  /** Whether a pair's passwords are not looked at now. @param pair a keyed digest of login and address */
  isHeld(pair: string): Promise<boolean>;
  /** Counts a wrong one. */
  noteWrong(pair: string): Promise<void>;
  /** Forgets the wrong ones. */
  noteRight(pair: string): Promise<void>;
}

/** As many as Okta lets pass by default before it locks a user out; fewer would come before it. */
export const FREE_TRIES = 10;
/** Twice as long each time after it. */
export const FIRST_HOLD_MS = 30_000;
/** However often. */
export const LONGEST_HOLD_MS = 15 * 60_000;
/** Without a wrong one for so long, all is forgotten. */
export const FORGET_AFTER_MS = 15 * 60_000;
/** About 20 MB; the pairs that were wrong longest ago are forgotten first. */
const MOST_PAIRS = 100_000;

interface Pair {
  readonly wrong: number;
  readonly heldUntilMs: number;
  readonly forgetAtMs: number;
}

/** Counts wrong passwords in this process's memory. */
export function countWrongPasswords(clock: Clock): WrongPasswords {
  /** The one that was wrong last stands last. */
  const pairs = new Map<string, Pair>();
  return {
    isHeld: async (key) => (pairs.get(key)?.heldUntilMs ?? 0) > clock.now(),
    noteWrong: async (key) => {
      const nowMs = clock.now();
      const before = pairs.get(key);
      const isRemembered = before !== undefined && before.forgetAtMs > nowMs;
      const wrong = (isRemembered ? before.wrong : 0) + 1;
      const heldUntilMs = wrong < FREE_TRIES ? 0 : nowMs + holdMs(wrong - FREE_TRIES);
      pairs.delete(key);
      const forgetAtMs = Math.max(nowMs, heldUntilMs) + FORGET_AFTER_MS;
      pairs.set(key, { wrong, heldUntilMs, forgetAtMs });
      const [oldest] = pairs.keys();
      if (pairs.size > MOST_PAIRS && oldest !== undefined) pairs.delete(oldest);
    },
    noteRight: async (key) => {
      pairs.delete(key);
    },
  };
}

function holdMs(times: number): number {
  return Math.min(LONGEST_HOLD_MS, FIRST_HOLD_MS * 2 ** Math.min(times, 10));
}
