/** Port: time. */
export interface Clock {
  /** Milliseconds on a clock that never jumps; only differences mean something. */
  now(): number;
  /** Milliseconds since 1970 on this machine's clock, which may be wrong. */
  wallNow(): number;
  /** Resolves after `ms` milliseconds, or at once when the signal fires; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
