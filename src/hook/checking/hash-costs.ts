/** How much a new measurement counts. */
const NEWEST_PART = 0.2;
/** How much it counts for what a hash takes at bad times, of which one hiccup is none. */
const STEADY_PART = 0.05;
/** What else a machine does comes in waves: the next one is met with what the last one taught. */
const HALF_LIFE_MS = 30_000;
/** A machine that is slower than that at times would hardly be let do anything at others. */
const MOST_TIMES_DEARER = 4;

interface Cost {
  readonly presentMs: number;
  readonly steadyMs: number;
  /** The most that the steady one was, and when. */
  readonly peakMs: number;
  readonly peakAtMs: number;
}

/**
 * What each kind of hash was seen to take of a thread, by its label.
 *
 * Hashes take longer while the machine has other work, and that begins when those who wait have already been
 * let in. So there are two answers: what a hash takes at present, and what it may take by the time that its
 * turn comes, which is what it took at the worst of the last minute or so.
 */
export class HashCosts {
  readonly #costs = new Map<string, Cost>();

  /** Takes note of what one took. */
  learn(label: string, ms: number, nowMs: number): void {
    const known = this.#costs.get(label);
    const presentMs = known === undefined ? ms : mix(known.presentMs, ms, NEWEST_PART);
    const steadyMs = known === undefined ? ms : mix(known.steadyMs, ms, STEADY_PART);
    const peakMs = known === undefined ? 0 : faded(known, nowMs);
    const isPeak = steadyMs >= peakMs;
    this.#costs.set(label, {
      presentMs,
      steadyMs,
      peakMs: isPeak ? steadyMs : (known?.peakMs ?? 0),
      peakAtMs: isPeak ? nowMs : (known?.peakAtMs ?? 0),
    });
  }

  /** Milliseconds that one takes now; 0 where none was seen yet. */
  presentMs(label: string): number {
    return this.#costs.get(label)?.presentMs ?? 0;
  }

  /** Milliseconds that one may take in a while: as many as now, up to four times as many. */
  comingMs(label: string, nowMs: number): number {
    const cost = this.#costs.get(label);
    if (cost === undefined) return 0;
    const { presentMs } = cost;
    return Math.min(presentMs * MOST_TIMES_DEARER, Math.max(presentMs, faded(cost, nowMs)));
  }

  /** What the cheapest kind takes now; 0 where none was seen yet. */
  cheapestMs(): number {
    const [first, ...others] = [...this.#costs.values()].map(({ presentMs }) => presentMs);
    return first === undefined ? 0 : Math.min(first, ...others);
  }
}

/** The peak, less what time has taken of it, down to the steady cost. */
function faded({ steadyMs, peakMs, peakAtMs }: Cost, nowMs: number): number {
  return steadyMs + (peakMs - steadyMs) * 0.5 ** ((nowMs - peakAtMs) / HALF_LIFE_MS);
}

function mix(before: number, now: number, part: number): number {
  return before + (now - before) * part;
}
