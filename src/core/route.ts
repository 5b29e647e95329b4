import type { Issue } from "./issue.ts";

/**
 * By which route a user gets in: with the old password's hash, by the password import hook, or
 * staged without a credential; or not at all.
 */
export type Route = "hash" | "hook" | "staged" | "rejected";

/** What is held of a record's password, and the route that is taken. */
export interface RoutedPassword {
  /**
   * Format of the hash with its strength, such as `bcrypt 10`; `no password`, or `unreadable` for a
   * record that could not be read. From tables of ours, never from the source.
   */
  readonly label: string;
  readonly route: Route;
  /** What is not settled about the hash that is sent; none where it is left out. */
  readonly warnings?: readonly Issue[];
}

/** So many records with the same password label, route and warnings. */
export interface RouteCount extends RoutedPassword {
  readonly count: number;
}
