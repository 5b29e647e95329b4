import type { SourceEntry } from "../core/index.ts";

/** Where a scanner begins. */
export interface ScanStart {
  /** Ordinal of the next entry. */
  readonly seq: number;
  /** Line of the next entry, or of the first byte when no entry was seen before. */
  readonly line: number;
  /** Byte of the file at which the bytes begin; undefined when reading can't start there again. */
  readonly offset: number | undefined;
  /** First entry wanted: earlier ones are counted and dropped. */
  readonly firstSeq: number;
}

/** Turns bytes into entries, whatever the sizes in which the bytes arrive. */
export interface EntryScanner {
  /** Adds bytes; to be called when `take` gave nothing. */
  push(chunk: Buffer): void;
  /** Says that no bytes follow. */
  end(): void;
  /** At most `max` entries that are complete; none when more bytes are needed. */
  take(max: number): SourceEntry[];
}

/** The position of an entry, without `offset` where it is unknown. */
export function positionOf(
  seq: number,
  line: number,
  offset: number | undefined,
): { seq: number; line: number; offset?: number } {
  return offset === undefined ? { seq, line } : { seq, line, offset };
}
