/**
 * What one answer says about the org's limits.
 *
 * @see docs/okta/rate-limits.md#headers
 */
export interface RateFacts {
  readonly status: number;
  /** The `Date` header, in milliseconds since 1970. */
  readonly dateMs?: number;
  /** `X-Rate-Limit-Limit`: requests a window; 0 on a 429 for too many at once. */
  readonly limit?: number;
  /** `X-Rate-Limit-Remaining`. */
  readonly remaining?: number;
  /** `X-Rate-Limit-Reset`, in milliseconds since 1970 by the server's clock. */
  readonly resetAtMs?: number;
  /** `Retry-After`, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** A place in a bucket's budget, from admission to answer. */
export interface RateTicket {
  /** Waits for a free place on the wire; call it right before sending. Undefined: free already. */
  slot(): Promise<void> | undefined;
  /**
   * Takes the answer into account and frees the place.
   *
   * @returns for a 429, how long this request is to wait before it asks for admission again; else 0
   */
  answered(facts: RateFacts): { readonly retryAfterMs: number };
  /** No answer came: the request counts as used. */
  unanswered(): void;
  /** The request was never sent. */
  release(): void;
}

/** Where a bucket stands, for people. */
export interface BucketStatus {
  /** Requests a window that the org announces; undefined when it announces none. */
  readonly limit: number | undefined;
  /** Requests a window that this run allows itself. */
  readonly budget: number | undefined;
  /** Length of a window in milliseconds, as observed, else Okta's usual minute. */
  readonly windowMs: number;
  /** Requests of this run in the current window. */
  readonly used: number;
  /** Why requests wait now. */
  readonly waitingFor: "nothing" | "pace" | "window" | "concurrency" | "pause" | "answer";
  /** How long until the next request may leave, where that is known. */
  readonly waitMs: number | undefined;
}
