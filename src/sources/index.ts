/*
 * sources owns the way from bytes to source records: files and standard input, their compression,
 * encoding and format, and what to do with a record that can't be read. It never changes a value,
 * never guesses what a column means, never loses an entry without a word, and never puts what it
 * read into a message.
 */
export { fileExposure } from "./file-exposure.ts";
export type { SourceFormat } from "./format.ts";
export { openSource } from "./open-source.ts";
export type { DatabaseQuery, DirectorySearch, SourceOptions } from "./source-options.ts";
