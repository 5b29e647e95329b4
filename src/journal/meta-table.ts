import type { Connection } from "./connection.ts";

/** What is kept of the run as a whole. Permanent once released. */
export type MetaKey =
  /** JSON of the run's identity. */
  | "identity"
  /** `1` once the source has no further record. */
  | "planFinished"
  /** JSON of requests, rateLimited, retries and elapsedMs, over all processes. */
  | "traffic"
  /** JSON array of the columns that failures show, first seen first. */
  | "columns"
  /** JSON array of what cleaning rules did: attribute, rule, changed, lossy, unread. */
  | "cleaning"
  /** `1` once somebody agreed that rules take from values what can't be had back. */
  | "lossAccepted"
  /** JSON object of the flags that say how the run's source is read, by name. */
  | "flags"
  /** `1` while a changed source is being planned. */
  | "sourceChange";

/** The run as a whole, by key. */
export class MetaTable {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get(key: MetaKey): string | undefined {
    return this.#connection.get<readonly [string]>("SELECT value FROM meta WHERE key = ?", [
      key,
    ])?.[0];
  }

  set(key: MetaKey, value: string): void {
    this.#connection.run(
      "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      [key, value],
    );
  }

  delete(key: MetaKey): void {
    this.#connection.run("DELETE FROM meta WHERE key = ?", [key]);
  }
}
