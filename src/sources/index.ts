/*
 * sources owns the way from bytes and rows to source records: files and standard input, their
 * compression, encoding and format, databases, and what to do with a record that can't be read. It
 * never changes a value, never guesses what a column means, never loses an entry without a word, never
 * puts what it read into a message, and never writes to what it reads. It also knows how servers are
 * entered: others get connections from it for what they keep there.
 */
export { absoluteLocation } from "./absolute-location.ts";
export { filePathOf } from "./databases/open-database.ts";
export {
  type LoginLookup,
  openLookup,
  type LookupOptions,
  type LookupRow,
} from "./databases/lookup/open-lookup.ts";
export {
  openPostgresqlPool,
  type PoolOptions,
  type PostgresqlPool,
} from "./databases/postgresql-pool.ts";
export type { LoginForms } from "./databases/lookup/lookup-statement.ts";
export { loadLdap } from "./directories/load-ldap.ts";
export { fileExposure } from "./file-exposure.ts";
export type { SourceFormat } from "./format.ts";
export { type Join, JoinedSource, type JoinReport } from "./joins/joined-source.ts";
export { openSource } from "./open-source.ts";
export type { DatabaseQuery, DirectorySearch, SourceOptions } from "./source-options.ts";
