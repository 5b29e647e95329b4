/** Asks one statement, values beside it. Rejects with errors of the driver. */
export type AskServer = (
  sql: string,
  values?: readonly unknown[],
) => Promise<{
  /** By column; bytes as `Buffer`, whole numbers of 64 bits as text. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly changed: number;
}>;

/** What is done on a server as a whole or not at all. */
export interface ServerTransaction {
  readonly ask: AskServer;
  /** Rejects where it was undone, and where it can't be told whether it was. */
  commit(): Promise<void>;
  /** Undoes it; nothing can be asked after it. */
  undo(): void;
}

/** Port: the PostgreSQL that a sealed store is kept on. */
export interface StoreServer {
  /** Its address, fit for messages. */
  readonly shown: string;
  /** Asks in little time, over any connection. */
  readonly ask: AskServer;
  /** Begins a transaction, without a limit of time. */
  begin(): Promise<ServerTransaction>;
  /** Ends all connections that nobody uses, and each other one when it is given back. */
  close(): void;
}

/** A sealed store on a server. */
export interface ServerStore {
  readonly server: StoreServer;
  /** The schema that its tables are in: small letters, digits and `_`. */
  readonly schema: string;
}
