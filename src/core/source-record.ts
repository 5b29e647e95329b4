import type { Issue } from "./issue.ts";

/** A value as found in the source: text in CSV, any JSON value elsewhere. */
export type SourceValue =
  | string
  | number
  | boolean
  | null
  | readonly SourceValue[]
  | { readonly [key: string]: SourceValue };

/** Where an entry of the source stands. */
export interface SourcePosition {
  /** Ordinal of the entry in the source, from 1; unreadable entries count. */
  readonly seq: number;
  /** Line at which the entry opens, from 1; the header of a CSV file is line 1. */
  readonly line: number;
  /**
   * What the entry is known again by, the same in every reading: the byte at which it opens in the file
   * and reading can start again, the key of its row, or a number for its name.
   */
  readonly offset?: number;
}

/** One row or object as found in the source, by column name. */
export interface SourceRecord extends SourcePosition {
  readonly fields: ReadonlyMap<string, SourceValue>;
  /** What was found wrong with it while it was read. @default nothing */
  readonly issues?: readonly Issue[];
}

/** An entry that could not be read; its raw text is kept nowhere, since it may hold a hash. */
export interface UnreadableEntry extends SourcePosition {
  readonly issue: Issue;
}

/** What a source yields, in order: a record, or the note that one could not be read. */
export type SourceEntry = SourceRecord | UnreadableEntry;

/** Whether an entry could not be read. */
export function isUnreadable(entry: SourceEntry): entry is UnreadableEntry {
  return "issue" in entry;
}
