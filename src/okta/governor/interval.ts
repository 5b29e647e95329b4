/** A moment or a span of time, known as an interval of milliseconds. */
export interface Interval {
  readonly lowMs: number;
  readonly highMs: number;
}

/** What both say; undefined when they contradict each other. */
export function both(one: Interval, other: Interval): Interval | undefined {
  const lowMs = Math.max(one.lowMs, other.lowMs);
  const highMs = Math.min(one.highMs, other.highMs);
  return lowMs <= highMs ? { lowMs, highMs } : undefined;
}

/** A moment so much later. */
export function plus(moment: Interval, span: Interval): Interval {
  return { lowMs: moment.lowMs + span.lowMs, highMs: moment.highMs + span.highMs };
}

/** The span between two moments, not below zero. */
export function between(from: Interval, to: Interval): Interval {
  return {
    lowMs: Math.max(0, to.lowMs - from.highMs),
    highMs: Math.max(0, to.highMs - from.lowMs),
  };
}

/** Its middle. */
export function middleOf({ lowMs, highMs }: Interval): number {
  return (lowMs + highMs) / 2;
}
