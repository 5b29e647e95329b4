import type { SourceEntry, SourcePosition, SourceValue } from "./source-record.ts";

/** What is known of a source before its records are read. */
export interface SourceHead {
  /** For people: `CSV, UTF-8, 12 columns`. */
  readonly description: string;
  /** The columns: the header of a table, the keys of the first objects elsewhere. */
  readonly columns: readonly string[];
  /** Some values of the first records by column, to recognise what a column holds. May hold secrets. */
  readonly samples: ReadonlyMap<string, readonly SourceValue[]>;
  /** What the operator should know of how it is read. @default nothing */
  readonly notes?: readonly string[];
}

/** Port: where source records come from. */
export interface UserSource {
  /** Short name for people and for the run's folder, such as `users` or `stdin`. */
  readonly name: string;
  /** Path or address as given, without a password, or `-`. */
  readonly location: string;
  /** Whether it can be read more than once. Standard input can't. */
  readonly replayable: boolean;
  /**
   * Whether its records may come, go and change without its fingerprint telling, as those of a
   * database do.
   *
   * @default false
   */
  readonly isLive?: boolean;
  /**
   * Whether a reading from a later entry on must read those before it all the same, though entries have
   * an offset to be known by.
   *
   * @default false
   */
  readonly countsEntries?: boolean;
  /** @throws {SourceError} when the source can't be read at all */
  head(): Promise<SourceHead>;
  /**
   * SHA-256, hex, of the raw bytes; of a live source, of where it is and of what is read there.
   * Undefined where the source can't be read twice.
   */
  fingerprint(): Promise<string | undefined>;
  /**
   * Entries in order, in batches of at most 1,000, at the reader's pace.
   *
   * @param from first entry wanted; earlier ones are skipped, unread where the source can seek
   * @throws {SourceError} when the source can't be read on
   */
  read(from?: SourcePosition): AsyncIterable<readonly SourceEntry[]>;
}
