/** How a call ended. */
export type CallOutcome =
  | "verified"
  | "wrong"
  | "unknown"
  /** Whether the password is right could not be told. */
  | "untold"
  /** Too many wrong passwords from there: it was not looked at. */
  | "held"
  | "unauthorized"
  | "malformed";

/** One call, as it is told: without login and password. */
export interface CallEvent {
  readonly event: "answered";
  readonly outcome: CallOutcome;
  readonly status: number;
  /** Why nothing could be told, or what is malformed. */
  readonly because?: string;
  /** A keyed digest of the folded login: the same for one login, and tells it to nobody. */
  readonly login?: string;
  /** Of the person who signs in, as Okta tells it. */
  readonly address?: string;
  readonly requestId?: string;
  readonly store?: string;
  readonly format?: string;
  /** Time before a thread took it up. */
  readonly waitedMs?: number;
  /** From arrival to answer. */
  readonly durationMs: number;
}

/** What happens in the service. */
export type HookEvent =
  | CallEvent
  /** A file changed, and what it holds now counts. */
  | { readonly event: "reloaded"; readonly file: ReloadedFile }
  /** A file changed, and what it held before still counts. */
  | { readonly event: "not-reloaded"; readonly file: ReloadedFile; readonly because: string }
  /** A place is away since the service started: nobody can be checked there yet. */
  | { readonly event: "place-away"; readonly place: string; readonly because: string }
  /** It is there now. */
  | { readonly event: "place-up"; readonly place: string }
  /** A server that replicas share can't be reached. Without the throttle each replica counts by itself. */
  | { readonly event: "server-lost"; readonly server: SharedServer; readonly because: string }
  | { readonly event: "server-back"; readonly server: SharedServer }
  | { readonly event: "draining"; readonly inFlight: number };

/** Files that are looked at while the service runs. */
export type ReloadedFile = "certificate" | "secret" | "store";

/** What replicas share. */
export type SharedServer = "store" | "throttle";
