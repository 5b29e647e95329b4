import { randomText } from "../org/ids.ts";

/** How long a nonce is handed out, and how long it is taken. @see docs/okta/access.md#proof */
export interface NonceLifetimes {
  readonly nonceRenewalSeconds: number;
  readonly nonceLifetimeSeconds: number;
}

interface Nonce {
  readonly value: string;
  readonly madeAtMs: number;
}

const LENGTH = 32;

/** The nonces that proofs at the token endpoint must carry: renewed by time, old ones good for a while. */
export class Nonces {
  readonly #random: () => number;
  #known: readonly Nonce[] = [];

  constructor(random: () => number) {
    this.#random = random;
  }

  /** The one to hand out now. */
  current(nowMs: number, lifetimes: NonceLifetimes): string {
    const newest = this.#known.at(-1);
    if (newest !== undefined && isYounger(newest, nowMs, lifetimes.nonceRenewalSeconds)) {
      return newest.value;
    }
    const nonce = { value: randomText(LENGTH, this.#random), madeAtMs: nowMs };
    const good = this.#known.filter((old) => isYounger(old, nowMs, lifetimes.nonceLifetimeSeconds));
    this.#known = [...good, nonce];
    return nonce.value;
  }

  /** Whether one may still be used. */
  isGood(value: string, nowMs: number, lifetimes: NonceLifetimes): boolean {
    const nonce = this.#known.find((known) => known.value === value);
    return nonce !== undefined && isYounger(nonce, nowMs, lifetimes.nonceLifetimeSeconds);
  }
}

function isYounger(nonce: Nonce, nowMs: number, seconds: number): boolean {
  return nowMs - nonce.madeAtMs < seconds * 1000;
}
