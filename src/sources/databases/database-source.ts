import { createHash } from "node:crypto";
import {
  isMigrationError,
  type SourceEntry,
  SourceError,
  type SourceHead,
  type SourcePosition,
  type SourceValue,
  type UserSource,
} from "../../core/index.ts";
import { printableName } from "../printable-name.ts";
import { SAMPLED_RECORDS, SourceSample } from "../source-sample.ts";
import { unreadable } from "../unreadable.ts";
import type { Row, RowBatch, RowReader } from "./database-connection.ts";
import { KeyOrder } from "./key-order.ts";
import { queryError } from "./refusals.ts";
import {
  type Dialect,
  missingKeyStatement,
  type Selection,
  selectStatement,
} from "./select-statement.ts";

/** A database, and what is read of it. */
export interface DatabaseSourceOptions {
  readonly name: string;
  /** As given; no password is in it. */
  readonly location: string;
  /** The same, fit for messages. */
  readonly shown: string;
  /** What tells this database from any other, whoever signs in to it. */
  readonly identity: string;
  readonly selection: Selection;
  readonly dialect: Dialect;
  /** Whether rows without a key come last, where they would show too late. */
  readonly nullsComeLast: boolean;
  readonly signal: AbortSignal | undefined;
  /** @throws {SourceError} SOURCE_REFUSED, DRIVER_MISSING, SOURCE_UNREADABLE */
  readonly open: () => Promise<RowReader>;
}

/**
 * The rows of one statement. Every reading is one connection and one read-only transaction.
 *
 * `line` is a row's ordinal; `offset` is its key, where one is named, and a reading begins at it. A
 * reading without it counts rows from the first one on.
 */
export class DatabaseSource implements UserSource {
  readonly name: string;
  readonly location: string;
  readonly replayable = true;
  readonly isLive = true;
  readonly #options: DatabaseSourceOptions;
  #head: Promise<SourceHead> | undefined;

  constructor(options: DatabaseSourceOptions) {
    this.#options = options;
    this.name = options.name;
    this.location = options.location;
  }

  async head(): Promise<SourceHead> {
    this.#head ??= this.#readHead();
    return await this.#head;
  }

  /** SHA-256 of the database and of what is read of it. Rows come and go unseen by it. */
  fingerprint(): Promise<string> {
    const { identity, selection } = this.#options;
    const { query, table, key } = selection;
    const parts = JSON.stringify([identity, query?.trim(), table?.trim(), key]);
    return Promise.resolve(createHash("sha256").update(parts).digest("hex"));
  }

  async *read(from?: SourcePosition): AsyncGenerator<readonly SourceEntry[]> {
    const { selection, dialect } = this.#options;
    const sql = selectStatement(selection, dialect, from?.offset);
    const keys =
      selection.key === undefined ? undefined : new KeyOrder(selection.key, from, dialect);
    let seq = from?.offset === undefined ? 1 : from.seq;
    const wanted = from?.seq ?? 1;
    for await (const { columns, rows } of this.#rows(sql)) {
      const keyAt = keys?.columnAmong(columns);
      const entries: SourceEntry[] = [];
      for (const row of rows) {
        const offset = keys?.next(keyAt === undefined ? undefined : row[keyAt], seq);
        if (seq >= wanted) entries.push(entryOf(row, columns, { seq, offset }));
        seq += 1;
      }
      if (entries.length > 0) yield entries;
    }
    keys?.assertBegun();
  }

  async #readHead(): Promise<SourceHead> {
    const { selection, dialect, nullsComeLast } = this.#options;
    let columns: readonly string[] = [];
    let sample = new SourceSample([]);
    const sql = selectStatement(selection, dialect, undefined);
    let seq = 1;
    let system = "";
    const noteSystem = (reader: RowReader): void => {
      system = reader.system;
    };
    for await (const batch of this.#rows(sql, noteSystem)) {
      if (columns.length === 0) {
        columns = batch.columns;
        sample = new SourceSample(columns);
        if (selection.key !== undefined)
          new KeyOrder(selection.key, undefined, dialect).columnAmong(columns);
      }
      sample.add(batch.rows.map((row) => entryOf(row, columns, { seq: seq++, offset: undefined })));
      if (sample.records >= SAMPLED_RECORDS) break;
    }
    if (selection.key !== undefined && nullsComeLast) await this.#assertKeys();
    return {
      description: describe(system, selection, columns.length),
      columns,
      samples: sample.samples,
      notes: notesOf(selection),
    };
  }

  async #assertKeys(): Promise<void> {
    const { selection, dialect } = this.#options;
    for await (const { rows } of this.#rows(missingKeyStatement(selection, dialect))) {
      if (rows.length > 0) throw new KeyOrder(selection.key ?? "", undefined, dialect).missing();
    }
  }

  async *#rows(sql: string, onOpen?: (reader: RowReader) => void): AsyncGenerator<RowBatch> {
    const { open, shown, signal } = this.#options;
    signal?.throwIfAborted();
    const reader = await open();
    onOpen?.(reader);
    const cancel = (): void => void reader.cancel().catch(() => undefined);
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      signal?.throwIfAborted();
      for await (const batch of reader.read(sql)) {
        assertColumns(batch.columns, shown);
        yield batch;
      }
    } catch (error) {
      signal?.throwIfAborted();
      throw isMigrationError(error) ? error : queryError(shown, error);
    } finally {
      signal?.removeEventListener("abort", cancel);
      await reader.close();
    }
  }
}

function entryOf(
  row: Row,
  columns: readonly string[],
  { seq, offset }: { readonly seq: number; readonly offset: number | undefined },
): SourceEntry {
  const position = offset === undefined ? { seq, line: seq } : { seq, line: seq, offset };
  const fields = new Map<string, SourceValue>();
  for (const [index, column] of columns.entries()) {
    const value = row[index];
    if (value === undefined) return { ...position, issue: unreadable.databaseText() };
    fields.set(column, value);
  }
  return { ...position, fields };
}

function assertColumns(columns: readonly string[], shown: string): void {
  if (columns.length === 0) {
    throw new SourceError({
      code: "SOURCE_QUERY",
      message: `What is to be read of ${shown} gives no rows at all: it is no SELECT.`,
      hint: "Give one SELECT statement, or name a table.",
    });
  }
  const twice = columns.find((column, index) => columns.indexOf(column) !== index);
  if (twice === undefined && !columns.includes("")) return;
  throw new SourceError({
    code: "SOURCE_HEADER",
    message:
      twice === undefined || twice === ""
        ? "The query gives a column without a name."
        : `The query gives two columns of the name ${printableName(twice)}.`,
    hint: "Give each a name of its own, as in: SELECT users.id, accounts.id AS account_id",
  });
}

function describe(system: string, { table, key }: Selection, columns: number): string {
  const parts = [system, table === undefined ? "a query" : `table ${printableName(table)}`];
  if (key !== undefined) parts.push(`by ${printableName(key)}`);
  parts.push(columns === 1 ? "1 column" : `${columns} columns`);
  return parts.join(", ");
}

function notesOf({ query, key }: Selection): readonly string[] {
  if (key !== undefined) return [];
  const isOrdered = query !== undefined && /\border\s+by\b/i.test(query);
  return [
    isOrdered
      ? "The source has no key: a run that is resumed reads it from the first row on."
      : "The source has no key, and nothing fixes the order of its rows: should it change, the run stops rather than mistake one row for another. Name a column of unique whole numbers as source: key.",
  ];
}
