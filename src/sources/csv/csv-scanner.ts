import type { Issue, SourceEntry, SourceValue } from "../../core/index.ts";
import type { Charset } from "../bytes/charset.ts";
import { type LineBreak, LineWindow } from "../bytes/line-window.ts";
import { type EntryScanner, positionOf, type ScanStart } from "../entry-scanner.ts";
import { unreadable } from "../unreadable.ts";
import { QuotedRecord } from "./quoted-record.ts";

/**
 * Longest record. It also bounds what a quote that never closes makes us hold and read twice; a
 * lower one would refuse pictures that directories put into their exports.
 */
export const MAX_CSV_RECORD_BYTES = 1_048_576;

/** How a table is written. */
export interface TableShape {
  readonly columns: readonly string[];
  readonly delimiter: string;
  readonly lineBreak: LineBreak;
}

/**
 * Reads the records of a table (RFC 4180), strictly.
 *
 * A record that can't be read becomes an unreadable entry and reading goes on at the line after its
 * first, so that a quote that never closes costs one record and not the rest of the file. Work is
 * linear: a record is given up at the first thing that can't stand in it, so a line is read again
 * at most once for each column.
 */
export class CsvScanner implements EntryScanner {
  readonly #columns: readonly string[];
  readonly #delimiter: string;
  readonly #charset: Charset;
  readonly #lines: LineWindow;
  readonly #seekable: boolean;
  readonly #firstSeq: number;
  #seq: number;
  /** Line at which the record at hand opens. */
  #line: number;
  /** A record that runs over several lines, what its first line takes, whether its text is sound. */
  #open: QuotedRecord | undefined;
  #firstLineBytes = 0;
  #sound = true;
  /** Position of the first quote behind the cursor; before the cursor: to be looked for. */
  #nextQuote = -1;

  constructor(shape: TableShape, charset: Charset, start: ScanStart) {
    this.#columns = shape.columns;
    this.#delimiter = shape.delimiter;
    this.#charset = charset;
    this.#lines = new LineWindow(shape.lineBreak, start.offset ?? 0);
    this.#seekable = start.offset !== undefined;
    this.#firstSeq = start.firstSeq;
    this.#seq = start.seq;
    this.#line = start.line;
  }

  push(chunk: Buffer): void {
    this.#lines.push(chunk);
    this.#nextQuote = -1;
  }

  end(): void {
    this.#lines.end();
  }

  take(max: number): SourceEntry[] {
    const entries: SourceEntry[] = [];
    while (entries.length < max && this.#readLine(entries));
    return entries;
  }

  /** @returns false when more bytes are needed, or none are left */
  #readLine(entries: SourceEntry[]): boolean {
    const lines = this.#lines;
    const found = lines.read();
    if (this.#open === undefined) lines.dropLeadingLf();
    const tooLong = found !== "end" && lines.isLonger(MAX_CSV_RECORD_BYTES, found);
    if (found === "more" && !tooLong) return false;
    if (found === "end" && this.#open === undefined) return false;
    if (found === "end" || tooLong) {
      if (this.#open !== undefined) this.#giveUp(unreadable.quoteOpen(), entries);
      else this.#skipLongLine(found === "line", entries);
    } else if (this.#open !== undefined) {
      this.#readOn(this.#open, entries);
    } else if (lines.from === lines.to) {
      this.#ended(1);
    } else if (this.#hasQuote()) {
      this.#open = new QuotedRecord(this.#delimiter, this.#columns.length);
      this.#firstLineBytes = lines.cursor - lines.kept;
      this.#sound = true;
      this.#readOn(this.#open, entries);
    } else {
      this.#readPlain(entries);
    }
    return true;
  }

  #readPlain(entries: SourceEntry[]): void {
    const { bytes, from, to } = this.#lines;
    if (this.#seq >= this.#firstSeq) {
      const text = this.#charset.decode(bytes, from, to);
      this.#finish(text.split(this.#delimiter), this.#isSound(text), 1, entries);
    }
    this.#seq += 1;
    this.#ended(1);
  }

  #readOn(record: QuotedRecord, entries: SourceEntry[]): void {
    const { bytes, from, to } = this.#lines;
    const text = this.#charset.decode(bytes, from, to);
    if (!this.#isSound(text)) this.#sound = false;
    const state = record.readLine(text, this.#lines.lineBreakText());
    if (state === "open") return;
    const wanted = this.#columns.length;
    const wrongCount = record.lines > 1 && record.values.length !== wanted;
    if (state === "text-after-quote") {
      const code = record.lines > 1 ? unreadable.quoteOpen() : unreadable.textAfterQuote();
      this.#giveUp(code, entries);
    } else if (state === "too-many") {
      const issue = unreadable.fieldCount(`more than ${wanted} values`, wanted, record.lines);
      this.#giveUp(issue, entries);
    } else if (wrongCount) {
      this.#giveUp(this.#wrongCount(record.values.length, record.lines), entries);
    } else {
      this.#finish(record.values, this.#sound, record.lines, entries);
      this.#seq += 1;
      this.#ended(record.lines);
    }
  }

  #finish(values: string[], sound: boolean, lines: number, entries: SourceEntry[]): void {
    if (!sound) {
      this.#emitIssue(unreadable.encoding(this.#charset.label), entries);
    } else if (values.length !== this.#columns.length) {
      this.#emitIssue(this.#wrongCount(values.length, lines), entries);
    } else if (this.#seq >= this.#firstSeq) {
      const fields = new Map<string, SourceValue>();
      let at = 0;
      for (const column of this.#columns) fields.set(column, values[at++] ?? "");
      const { kept, base } = this.#lines;
      entries.push(
        this.#seekable
          ? { seq: this.#seq, line: this.#line, offset: base + kept, fields }
          : { seq: this.#seq, line: this.#line, fields },
      );
    }
  }

  /** Ends the record with an issue; reading goes on at the line after its first. */
  #giveUp(issue: Issue, entries: SourceEntry[]): void {
    this.#emitIssue(issue, entries);
    this.#seq += 1;
    this.#lines.rewind(this.#lines.kept + this.#firstLineBytes);
    this.#nextQuote = -1;
    this.#ended(1);
  }

  #skipLongLine(complete: boolean, entries: SourceEntry[]): void {
    this.#emitIssue(unreadable.lineTooLong(MAX_CSV_RECORD_BYTES), entries);
    this.#seq += 1;
    if (!complete) this.#lines.skipLine();
    this.#ended(1);
  }

  #emitIssue(issue: Issue, entries: SourceEntry[]): void {
    if (this.#seq < this.#firstSeq) return;
    const { kept, base } = this.#lines;
    const offset = this.#seekable ? base + kept : undefined;
    entries.push({ ...positionOf(this.#seq, this.#line, offset), issue });
  }

  /** The next record opens at the cursor. */
  #ended(lines: number): void {
    this.#line += lines;
    this.#lines.kept = this.#lines.cursor;
    this.#open = undefined;
  }

  #hasQuote(): boolean {
    const { bytes, from, to } = this.#lines;
    if (this.#nextQuote < from) {
      const at = bytes.indexOf(0x22, from);
      this.#nextQuote = at === -1 ? bytes.length : at;
    }
    return this.#nextQuote < to;
  }

  #isSound(text: string): boolean {
    const { bytes, from, to } = this.#lines;
    return !text.includes("\0") && this.#charset.isSound(text, bytes, from, to);
  }

  #wrongCount(found: number, lines: number): Issue {
    return unreadable.fieldCount(
      found === 1 ? "1 value" : `${found} values`,
      this.#columns.length,
      lines,
    );
  }
}
