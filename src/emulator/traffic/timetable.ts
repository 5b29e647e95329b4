/** A span of time, in milliseconds since the emulator's start; `toMs` is not part of it. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What changes by itself while the emulator runs. */
export interface Timetable {
  /** From when on which limit holds, in order; a later change by hand does not outlast it. */
  readonly limits: readonly { readonly atMs: number; readonly limit: number }[];
  /** When everything is answered 503. */
  readonly down: readonly Span[];
  /** When everything but reading is answered 503. */
  readonly readOnly: readonly Span[];
  /** When the static token is answered 401. @default never */
  readonly tokenExpired?: readonly Span[];
}

/** Nothing changes by itself. */
export const NO_TIMETABLE: Timetable = { limits: [], down: [], readOnly: [] };

/** Whether a moment lies in one of the spans. */
export function isWithin(spans: readonly Span[], elapsedMs: number): boolean {
  return spans.some(({ fromMs, toMs }) => elapsedMs >= fromMs && elapsedMs < toMs);
}

/** The limit that holds at a moment; undefined before the first one. */
export function limitAt(limits: Timetable["limits"], elapsedMs: number): number | undefined {
  return limits.findLast(({ atMs }) => elapsedMs >= atMs)?.limit;
}
