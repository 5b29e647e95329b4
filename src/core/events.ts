import type { CauseCode, OutcomeKind } from "./outcome.ts";

/** What happens in a run, as values; the edge decides what is drawn, printed or logged. */
export type MigrationEvent =
  /** Reading and checking goes on. */
  | { readonly event: "plan-progress"; readonly read: number; readonly rejected: number }
  /** A joined source was matched with the whole of the main one. */
  | {
      readonly event: "source-joined";
      readonly source: string;
      readonly records: number;
      readonly joined: number;
      readonly alone: number;
      readonly unused: number;
    }
  | {
      readonly event: "record-ended";
      readonly seq: number;
      readonly line: number;
      readonly outcome: OutcomeKind;
      readonly code?: CauseCode;
    }
  /** An answer was lost; the login is being looked up. */
  | { readonly event: "attempt-lost"; readonly seq: number; readonly line: number }
  /** No further record is sent; those in flight are waited for. */
  | { readonly event: "draining"; readonly reason: string; readonly inFlight: number }
  | {
      readonly event: "request-answered";
      readonly method: string;
      /** Route template such as `/api/v1/users/{id}`, never the path with a login in it. */
      readonly route: string;
      /** Undefined when no answer came. */
      readonly status: number | undefined;
      readonly durationMs: number;
      readonly requestId?: string;
    }
  /** The limit of a bucket became known or changed; `limit` undefined: no limit is announced. */
  | {
      readonly event: "rate-limit-known";
      readonly bucket: string;
      readonly limit: number | undefined;
      readonly budget: number | undefined;
    }
  /** The org refused although its headers promised room: a smaller cap of the token's own. */
  | {
      readonly event: "rate-cap-learned";
      readonly bucket: string;
      readonly cap: number;
      readonly hint: string;
    }
  | { readonly event: "rate-limited"; readonly bucket: string; readonly waitMs: number }
  | { readonly event: "concurrency-lowered"; readonly bucket: string; readonly ceiling: number }
  /** The org is down or read-only; nothing is sent but a probe at `nextProbeMs` from now. */
  | { readonly event: "org-paused"; readonly reason: string; readonly nextProbeMs: number }
  | { readonly event: "org-resumed" }
  /** The org took a new token in the place of the one from this variable. */
  | { readonly event: "token-renewed"; readonly variable: string }
  | { readonly event: "warning"; readonly message: string; readonly hint?: string };

/** Port: where events go. Never throws, never blocks. */
export interface EventSink {
  emit(event: MigrationEvent): void;
}
