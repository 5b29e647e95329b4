import { pathToFileURL } from "node:url";
import Database from "libsql";

/** What is bound and read. Never a boolean: the library ends the process over one. */
export type SqlValue = string | number | null;

/** How long a statement waits for a lock that another program holds on the database, at most. */
const BUSY_TIMEOUT_MS = 5000;
/** Pages kept in memory; a run touches its records in order, so more would not be hit again. */
const CACHE_KIB = 16 * 1024;

/**
 * A database, spoken to in rows of values.
 *
 * Every statement is prepared once. Rows are read whole, so that none holds a read lock open.
 * Methods throw the library's own error; see {@link journalErrorOf}.
 */
export class Connection {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  private constructor(location: string, busyTimeoutMs: number) {
    this.#database = new Database(location);
    this.#database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
  }

  /** Opens an existing file. */
  static openFile(path: string, mode: "rw" | "ro"): Connection {
    const connection = new Connection(uriOf(path, mode), BUSY_TIMEOUT_MS);
    connection.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
    return connection;
  }

  /** Opens an existing file that holds nothing but a lock; waits for nobody. */
  static openLock(path: string): Connection {
    return new Connection(uriOf(path, "rw"), 0);
  }

  /**
   * A database in SQLite's own temporary file, which has no name and ends with the process. Its
   * tables are to be made in the schema `temp`.
   */
  static openTemporary(): Connection {
    const connection = new Connection(":memory:", BUSY_TIMEOUT_MS);
    connection.exec(`PRAGMA temp_store = FILE; PRAGMA temp.cache_size = -${CACHE_KIB}`);
    return connection;
  }

  /** All rows of a query, as tuples. */
  all<Row extends readonly SqlValue[]>(sql: string, values: readonly SqlValue[] = []): Row[] {
    return this.#prepare(sql).all(values) as Row[];
  }

  /** First row of a query. */
  get<Row extends readonly SqlValue[]>(
    sql: string,
    values: readonly SqlValue[] = [],
  ): Row | undefined {
    return this.#prepare(sql).get(values) as Row | undefined;
  }

  /** @returns how many rows were changed */
  run(sql: string, values: readonly SqlValue[] = []): number {
    return this.#prepare(sql).run(values).changes;
  }

  /** Runs statements that give no rows. */
  exec(sql: string): void {
    this.#database.exec(sql);
  }

  /** Value of a pragma, or what setting it gave. */
  pragma(text: string): SqlValue {
    return this.get<readonly [SqlValue]>(`PRAGMA ${text}`)?.[0] ?? null;
  }

  /** Gives memory and file back. */
  close(): void {
    // The library keeps a closed database until its statements are collected: empty its cache now.
    this.#database.exec("PRAGMA shrink_memory");
    this.#statements.clear();
    this.#database.close();
  }

  #prepare(sql: string): Database.Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      // Commands give no rows and know no raw mode.
      if (/^\s*(?:select|pragma|with)\b/i.test(sql)) statement.raw(true);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function uriOf(path: string, mode: "rw" | "ro"): string {
  return `${pathToFileURL(path).href}?mode=${mode}`;
}
