import type { Row } from "../database-connection.ts";

/** What a query gave. */
export interface FoundRows {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** A connection that asks one statement again and again, with other values. */
export interface LookupConnection {
  /** Rejects with errors of the driver. One question at a time. */
  ask(values: readonly string[]): Promise<FoundRows>;
  /** Ends the connection at once, whatever it does. */
  end(): void;
}

/** How long the server works at most on one question: nobody waits for the answer any longer. */
export const ASK_WITHIN_MS = 2_500;
