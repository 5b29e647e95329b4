/**
 * What can go wrong with a request. `before` and `after` say on which side of the commit.
 *
 * - `error-before`, `error-after`: 500
 * - `reset-before`, `reset-after`: the connection dies without an answer
 * - `late-commit`: the connection dies, the commit comes later
 * - `cut-body`: committed; the connection dies in the middle of the answer
 * - `hang`: no answer until the caller closes; committed or not, by a coin
 * - `bare-429`: 429 without rate headers, not committed
 * - `html`: a gateway's 502 page; committed or not, by a coin
 */
export type FaultKind =
  | "error-before"
  | "error-after"
  | "reset-before"
  | "reset-after"
  | "late-commit"
  | "cut-body"
  | "hang"
  | "bare-429"
  | "html";

/** Each fault's probability from 0 to 1, or how often it is to happen, first come first hit. */
export type FaultMix = Readonly<Partial<Record<FaultKind, number | { readonly times: number }>>>;

/** Every fault there is. */
export const FAULT_KINDS: readonly FaultKind[] = [
  "error-before",
  "error-after",
  "reset-before",
  "reset-after",
  "late-commit",
  "cut-body",
  "hang",
  "bare-429",
  "html",
];

/** All faults but hanging, which would cost the caller a timeout each, at an overall probability. */
export function mixedFaults(probability: number): FaultMix {
  const kinds = FAULT_KINDS.filter((kind) => kind !== "hang");
  return Object.fromEntries(kinds.map((kind) => [kind, probability / kinds.length]));
}

/** Decides, request by request and the same for the same seed, what goes wrong. */
export class FaultPlan {
  readonly #random: () => number;
  readonly #spent = new Map<FaultKind, number>();
  #left = new Map<FaultKind, number>();
  #thresholds: readonly (readonly [FaultKind, number])[] = [];

  constructor(mix: FaultMix, random: () => number) {
    this.#random = random;
    this.change(mix);
  }

  /** Replaces what is to come. */
  change(mix: FaultMix): void {
    this.#left = new Map();
    let sum = 0;
    const thresholds: (readonly [FaultKind, number])[] = [];
    for (const kind of FAULT_KINDS) {
      const share = mix[kind];
      if (share === undefined) continue;
      if (typeof share === "object") this.#left.set(kind, share.times);
      else if (share > 0) thresholds.push([kind, (sum += share)]);
    }
    this.#thresholds = thresholds;
  }

  /** What goes wrong with the next request, if anything. */
  draw(): FaultKind | undefined {
    const kind = this.#drawCounted() ?? this.#drawLikely();
    if (kind !== undefined) this.#spent.set(kind, (this.#spent.get(kind) ?? 0) + 1);
    return kind;
  }

  /** Heads or tails. */
  coin(): boolean {
    return this.#random() < 0.5;
  }

  /** How often each fault happened. */
  spent(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#spent);
  }

  /** How often each counted fault is still to happen. */
  unspent(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#left].filter(([, times]) => times > 0));
  }

  #drawCounted(): FaultKind | undefined {
    for (const [kind, times] of this.#left) {
      if (times <= 0) continue;
      this.#left.set(kind, times - 1);
      return kind;
    }
    return undefined;
  }

  #drawLikely(): FaultKind | undefined {
    if (this.#thresholds.length === 0) return undefined;
    const drawn = this.#random();
    return this.#thresholds.find(([, threshold]) => drawn < threshold)?.[0];
  }
}
