import { closeSync, openSync, readSync } from "node:fs";
import { basename, resolve } from "node:path";
import { printable } from "../../core/index.ts";
import { printableName } from "../printable-name.ts";
import type { SourceOptions } from "../source-options.ts";
import {
  type DatabaseAddress,
  isDatabaseAddress,
  parseDatabaseAddress,
} from "./database-address.ts";
import type { DatabaseAccess, RowReader } from "./database-connection.ts";
import { DatabaseSource } from "./database-source.ts";
import { openMysql } from "./read-mysql.ts";
import { openPostgresql } from "./read-postgresql.ts";
import { openSqlServer } from "./read-sql-server.ts";
import { openSqlite } from "./read-sqlite.ts";
import { DIALECTS, type Selection, selectionOf } from "./select-statement.ts";

const SQLITE_SCHEME = /^sqlite3?:(?:\/\/)?/i;
const SQLITE_EXTENSION = /\.(?:sqlite3?|db)$/i;
const SQLITE_MAGIC = "SQLite format 3\0";

const OPENERS: Readonly<
  Record<DatabaseAddress["kind"], (access: DatabaseAccess) => Promise<RowReader>>
> = { postgresql: openPostgresql, mysql: openMysql, "sql-server": openSqlServer };

/**
 * Opens a location as a database; undefined where it is none. Nothing is read yet.
 *
 * @throws {ConfigError} OPTION_INVALID for an address that can't be read or has a password in it;
 *   SOURCE_MISSING when neither a query nor a table is named
 */
export function openDatabase(options: SourceOptions): DatabaseSource | undefined {
  const { location } = options;
  const path = sqlitePath(location);
  if (path !== undefined) return openFile(path, options);
  return isDatabaseAddress(location) ? openServer(options) : undefined;
}

function openServer({ location, password, database, signal }: SourceOptions): DatabaseSource {
  const address = parseDatabaseAddress(location);
  const { kind, host, port, socketPath, shown } = address;
  const selection = selectionOf(database, shown, DIALECTS[kind]);
  return new DatabaseSource({
    name: nameOf(printableName(address.database), selection),
    location,
    shown,
    identity: JSON.stringify([kind, socketPath ?? host.toLowerCase(), port, address.database]),
    selection,
    dialect: DIALECTS[kind],
    nullsComeLast: kind === "postgresql",
    signal,
    open: () => OPENERS[kind]({ address, password }),
  });
}

function openFile(path: string, { location, database, signal }: SourceOptions): DatabaseSource {
  const shown = printable(location);
  const selection = selectionOf(database, shown);
  return new DatabaseSource({
    name: nameOf(printableName(basename(path).replace(SQLITE_EXTENSION, "")), selection),
    location,
    shown,
    identity: JSON.stringify(["sqlite", resolve(path)]),
    selection,
    dialect: DIALECTS.sqlite,
    nullsComeLast: false,
    signal,
    open: () => openSqlite(path),
  });
}

/** The path of a SQLite file: behind `sqlite:`, or that of a file which begins like one. */
export function sqlitePath(location: string): string | undefined {
  if (SQLITE_SCHEME.test(location)) return location.replace(SQLITE_SCHEME, "");
  return SQLITE_EXTENSION.test(location) && beginsLikeSqlite(location) ? location : undefined;
}

/** The path that a location of a file names, `sqlite:` left out. */
export function filePathOf(location: string): string {
  return sqlitePath(location) ?? location;
}

function beginsLikeSqlite(path: string): boolean {
  const first = Buffer.alloc(SQLITE_MAGIC.length);
  try {
    const file = openSync(path, "r");
    try {
      readSync(file, first);
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
  return first.toString("latin1") === SQLITE_MAGIC;
}

function nameOf(database: string, { table }: Selection): string {
  return table === undefined ? database : `${database}-${printableName(table)}`;
}
