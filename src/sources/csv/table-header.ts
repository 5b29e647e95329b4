import { SourceError } from "../../core/index.ts";
import type { Charset } from "../bytes/charset.ts";
import { ENCODING_HINT } from "../unreadable.ts";
import { printableName } from "../printable-name.ts";
import type { TableShape } from "./csv-scanner.ts";

/** A header must end within this; a file without line breaks is no table. */
const MAX_HEADER_BYTES = 1_048_576;
/** Shorter than the shortest digest in hex. */
const MAX_SHOWN_NAME = 30;
const DELIMITERS = [",", ";", "\t", "|"] as const;

/** The header of a table and where its records begin. */
export interface TableHeader extends TableShape {
  /** Bytes and lines that stand before the first record. */
  readonly bytes: number;
  readonly lines: number;
}

/** A value of the header as a range of bytes, its quotes excluded. */
interface Cell {
  readonly from: number;
  readonly to: number;
}

interface HeaderCells {
  readonly kind: "complete";
  readonly cells: readonly Cell[];
  readonly end: number;
  readonly lines: number;
  readonly lineBreak: "lf" | "cr";
}

type Attempt =
  | HeaderCells
  | { readonly kind: "incomplete" }
  /** A quote is at fault, in the column of that number. */
  | { readonly kind: "broken"; readonly column: number };

/**
 * Reads the header of a table and finds out its separator and its line breaks.
 *
 * Without a separator given, the one among comma, semicolon, tab and bar that gives the most
 * columns is taken; `preferred` wins whenever it occurs. Names lose white space around them.
 *
 * @param prefix the first bytes of the table
 * @param ended whether nothing follows them
 * @returns undefined when more bytes are needed
 * @throws {SourceError} SOURCE_HEADER when a name is missing or stands twice, or no header is found;
 *   SOURCE_ENCODING when its bytes are no text
 */
export function readTableHeader(
  prefix: Buffer,
  ended: boolean,
  charset: Charset,
  choice: { readonly delimiter?: string; readonly preferred?: string },
): TableHeader | undefined {
  const text = prefix.toString("latin1", 0, MAX_HEADER_BYTES);
  const tooLong = prefix.length > MAX_HEADER_BYTES;
  const candidates = choice.delimiter === undefined ? DELIMITERS : [choice.delimiter];
  let best: (HeaderCells & { delimiter: string }) | undefined;
  let brokenColumn = 0;
  for (const delimiter of candidates) {
    const attempt = readCells(text, delimiter, ended && !tooLong);
    if (attempt.kind === "incomplete" && !tooLong) return undefined;
    if (attempt.kind === "broken") brokenColumn = Math.max(brokenColumn, attempt.column);
    if (attempt.kind !== "complete") continue;
    const preferred = delimiter === choice.preferred && attempt.cells.length > 1;
    const more = best === undefined || attempt.cells.length > best.cells.length;
    if (preferred || more) best = { ...attempt, delimiter };
    if (preferred) break;
  }
  if (best === undefined || brokenColumn > best.cells.length) {
    throw headerError(
      "The header of the table can't be read: a quote in it is not closed, or it never ends.",
      "The first line must name the columns; check its quotes and the separator (`--delimiter`).",
    );
  }
  const columns = best.cells.map((cell) => columnName(prefix, cell, charset));
  assertNames(columns);
  return {
    columns,
    delimiter: best.delimiter,
    lineBreak: best.lineBreak,
    bytes: best.end,
    lines: best.lines,
  };
}

/** Reads the first record that is no empty line; a character of `text` is a byte. */
function readCells(text: string, delimiter: string, ended: boolean): Attempt {
  const cells: Cell[] = [];
  let at = 0;
  let lines = 0;
  for (let blank = lineBreakAt(text, at); blank > 0; blank = lineBreakAt(text, at)) {
    at += blank;
    lines += 1;
  }
  for (;;) {
    const quoted = text.startsWith('"', at);
    const from = quoted ? at + 1 : at;
    const to = quoted ? closingQuote(text, from) : plainEnd(text, from, delimiter);
    if (quoted && to === text.length) {
      return ended ? { kind: "broken", column: cells.length + 1 } : { kind: "incomplete" };
    }
    cells.push({ from, to });
    if (quoted) lines += text.slice(from, to).split(/\r\n|\n|\r/).length - 1;
    at = quoted ? to + 1 : to;
    if (text.startsWith(delimiter, at)) {
      at += 1;
      continue;
    }
    const breakLength = lineBreakAt(text, at);
    if (at === text.length || (text.endsWith("\r") && at === text.length - 1)) {
      if (!ended) return { kind: "incomplete" };
    } else if (breakLength === 0) {
      return { kind: "broken", column: cells.length };
    }
    const lineBreak = breakLength === 1 && text.startsWith("\r", at) ? "cr" : "lf";
    return { kind: "complete", cells, end: at + breakLength, lines: lines + 1, lineBreak };
  }
}

function lineBreakAt(text: string, at: number): 0 | 1 | 2 {
  if (text.startsWith("\r\n", at)) return 2;
  return text.startsWith("\n", at) || text.startsWith("\r", at) ? 1 : 0;
}

function plainEnd(text: string, from: number, delimiter: string): number {
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === delimiter || character === "\n" || character === "\r") return at;
  }
  return text.length;
}

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && text.startsWith('"', at + 1)) at = text.indexOf('"', at + 2);
  return at === -1 ? text.length : at;
}

function columnName(prefix: Buffer, { from, to }: Cell, charset: Charset): string {
  const text = charset.decode(prefix, from, to);
  if (text.includes("\0") || !charset.isSound(text, prefix, from, to)) {
    throw new SourceError({
      code: "SOURCE_ENCODING",
      message: `The header of the table is no ${charset.label} text.`,
      hint: ENCODING_HINT,
      line: 1,
    });
  }
  return text.replaceAll('""', '"').trim();
}

function assertNames(columns: readonly string[]): void {
  const unnamed = columns.flatMap((name, at) => (name === "" ? [at + 1] : []));
  if (unnamed.length > 0) {
    throw headerError(
      `The header gives no name to column ${unnamed.slice(0, 10).join(", ")} of ${columns.length}.`,
      "Name every column in the first line, or remove the empty ones.",
    );
  }
  const seen = new Set<string>();
  const twice = new Set<string>();
  columns.forEach((name, at) => {
    if (seen.has(name)) twice.add(shownName(name, at + 1));
    seen.add(name);
  });
  if (twice.size > 0) {
    throw headerError(
      `The header names ${[...twice].slice(0, 10).join(", ")} more than once.`,
      "Give every column a name of its own; the first line must be a header.",
    );
  }
}

/** Where the header is missing, a long "name" may be a hash: only its place is told. */
function shownName(name: string, column: number): string {
  return name.length > MAX_SHOWN_NAME
    ? `what stands in column ${column}`
    : `"${printableName(name)}"`;
}

function headerError(message: string, hint: string): SourceError {
  return new SourceError({ code: "SOURCE_HEADER", message, hint, line: 1 });
}
