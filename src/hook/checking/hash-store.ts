import type { KeptHash } from "../sealing/pack-hash.ts";

/** Why nothing can be said of a login, in a word for logs and metrics. */
export type Untold =
  /** The store's entry is damaged. */
  | "damaged"
  /** The store can't be read or reached. */
  | "unreadable"
  /** A short name that several logins have. */
  | "ambiguous"
  /** Too many wait, or so many that it would come too late. */
  | "overloaded"
  /** No answer in time. */
  | "late"
  /** What nobody foresaw. */
  | "failed"
  /** The hash can't be computed here. */
  | "unable";

/** What a store knows of a login. */
export type HashLookup =
  | { readonly kind: "found"; readonly hash: KeptHash }
  | { readonly kind: "unknown" }
  | { readonly kind: "untold"; readonly because: Untold };

/**
 * Port: a place where stored hashes are looked up by login. The sealed file is one; a database is
 * another.
 */
export interface HashStore {
  /** A word for logs and metrics. */
  readonly name: string;
  /**
   * Looks a login up. Never throws or rejects: what fails is `untold`.
   *
   * @param folded without case, diacritics and space around it
   * @param username as it was typed, less space around it
   */
  find(folded: string, signal: AbortSignal, username: string): HashLookup | Promise<HashLookup>;
  /** What is checked for a login that is unknown, so that it takes the time of a known one. */
  decoyFor(folded: string): KeptHash | undefined;
}
