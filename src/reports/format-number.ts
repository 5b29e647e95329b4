const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
/** So that 0.29, which no float holds exactly, is 29 % and not 28 %. */
const ROUNDING = 1e-9;
const DAY_MS = 24 * HOUR_MS;

/** A count with its thousands apart, whatever the machine's language: `1,234`. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** A share from 0 to 1 as whole percents, rounded down so that only everything is `100 %`. */
export function formatPercent(share: number): string {
  return `${Math.floor(share * 100 + ROUNDING)} %`;
}

/** A duration in its two largest units: `850 ms`, `12 s`, `3 min 05 s`, `2 h 05 min`, `1 d 03 h`. */
export function formatDuration(durationMs: number): string {
  const ms = Math.max(0, Math.round(durationMs));
  if (ms < SECOND_MS) return `${ms} ms`;
  if (ms < MINUTE_MS) return `${Math.floor(ms / SECOND_MS)} s`;
  if (ms < HOUR_MS) return inUnits(ms, MINUTE_MS, "min", SECOND_MS, "s");
  if (ms < DAY_MS) return inUnits(ms, HOUR_MS, "h", MINUTE_MS, "min");
  return inUnits(ms, DAY_MS, "d", HOUR_MS, "h");
}

function inUnits(ms: number, largeMs: number, large: string, smallMs: number, small: string) {
  const rest = Math.floor((ms % largeMs) / smallMs);
  return `${formatCount(Math.floor(ms / largeMs))} ${large} ${String(rest).padStart(2, "0")} ${small}`;
}
