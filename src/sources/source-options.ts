import type { Readable } from "node:stream";

import type { Secret } from "../core/index.ts";
import type { SourceFormat } from "./format.ts";

/** Which source to open, and what it does not say of itself. */
export interface SourceOptions {
  /** Path of a file, `-` for standard input, or the address of a database or a directory. */
  readonly location: string;
  /** @default what the extension names, else what the first bytes look like */
  readonly format?: SourceFormat;
  /**
   * Name of the text encoding; `latin1` means windows-1252, which holds it. A byte order mark in
   * the file wins.
   *
   * @default UTF-8, or UTF-16 where the first bytes show it
   */
  readonly encoding?: string;
  /** Separator of a table's columns. @default found from the header: comma, semicolon, tab or bar */
  readonly delimiter?: string;
  /**
   * Keys, joined by dots, to the list of records inside of a JSON object, such as `users`. A file that
   * is an array, or one object a line, has none and is read as it is.
   */
  readonly records?: string;
  /** A column of pairs of Name and Value: each becomes a column of its own. */
  readonly pairs?: string;
  /** The sheet of a workbook. @default the first */
  readonly sheet?: string;
  /** What `-` stands for. */
  readonly stdin?: Readable;
  /** Password for a database or a directory, in the place of one in its address. */
  readonly password?: Secret;
  /** Ends what a server does for a reading, which then fails with the signal's reason. */
  readonly signal?: AbortSignal;
  /** What is read of a database; it needs `query` or `table`. */
  readonly database?: DatabaseQuery;
  /** What is read of a directory. */
  readonly directory?: DirectorySearch;
}

/** What is read of a database. */
export interface DatabaseQuery {
  /** One SELECT statement. */
  readonly query?: string;
  /** A table or view, `schema.table` where needed, in the place of a query. */
  readonly table?: string;
  /** A column of whole numbers by which rows are ordered and a resume takes up again. */
  readonly key?: string;
}

/** What is read of a directory; its search base is in the address. */
export interface DirectorySearch {
  /** @default people, as `inetOrgPerson` and as users of Active Directory */
  readonly filter?: string;
  /** Attributes that are asked for. @default all but operational ones, `userPassword` and `entryUUID` */
  readonly attributes?: readonly string[];
  /** Distinguished name that signs in. @default nobody, an anonymous search */
  readonly bindDn?: string;
  /** Whether a plain connection is turned into one over TLS first. @default false */
  readonly startTls?: boolean;
  /** Whether the password of `bindDn` may go over a network without TLS. @default false */
  readonly sendPasswordInClear?: boolean;
}
