import type { Untold } from "./hash-store.ts";

/** A login and a password that somebody typed. */
export interface TypedPassword {
  /** As `foldTypedLogin` gives it. */
  readonly login: string;
  /** As it was typed, less space around it; for what compares logins by rules of its own. */
  readonly username: string;
  /** UTF-8. Stays the caller's, who fills it with zeros when the answer is there. */
  readonly password: Uint8Array;
  /** Stands for the login where it may not be seen: a keyed digest. */
  readonly digest: string;
  /** Where the person sits, as far as is known. */
  readonly address: string;
  /** Monotonic time after which nobody waits for the answer. */
  readonly deadlineMs: number;
  /** Fires then, or when the caller has gone. */
  readonly signal: AbortSignal;
}

/** What came of a check. */
export type CheckAnswer =
  | { readonly kind: "verified" | "wrong" | "unknown"; readonly by?: CheckedBy }
  /** Whether the password is right could not be told; it says nothing about it. */
  | { readonly kind: "untold"; readonly because: Untold; readonly by?: CheckedBy };

/** What the check was made with. */
export interface CheckedBy {
  readonly store: string;
  /** Format and strength of the hash, such as `bcrypt 10`; absent for an unknown login. */
  readonly format?: string;
  /** How long it waited for a thread. */
  readonly waitedMs?: number;
}

/** Port: a place where passwords are checked. */
export interface PasswordChecker {
  /** A word for logs and metrics. */
  readonly name: string;
  /** Never rejects. */
  check(typed: TypedPassword): Promise<CheckAnswer>;
}
