import type { Issue, SourceEntry, SourceValue } from "../../core/index.ts";
import type { Charset } from "../bytes/charset.ts";
import { LineWindow } from "../bytes/line-window.ts";
import type { AttributeNames } from "../directories/attribute-names.ts";
import { type EntryScanner, positionOf, type ScanStart } from "../entry-scanner.ts";
import { unreadable } from "../unreadable.ts";
import { parseLdifEntry } from "./ldif-entry.ts";

/** Longest entry: with pictures in it, it is long. */
export const MAX_LDIF_ENTRY_BYTES = 16_777_216;

const SPACE = 0x20;
const HASH = 0x23;
/** What `ldapsearch` writes after the entries: how the search ended. */
const SEARCH_END = /^search: \d+\r?\nresult: (\d+)/;

/**
 * Reads the entries of LDIF (RFC 2849), which empty lines divide.
 *
 * - **between** entries: comments, the version and empty lines are passed over.
 * - **inside** one: its lines are kept until an empty line ends it.
 * - **dropping** the rest of one that is too long, which is unreadable already.
 */
export class LdifScanner implements EntryScanner {
  readonly #charset: Charset;
  readonly #names: AttributeNames;
  readonly #lines: LineWindow;
  readonly #seekable: boolean;
  readonly #firstSeq: number;
  #seq: number;
  /** Line of the file that is read next, and the one at which the entry at hand begins. */
  #line: number;
  #entryLine: number;
  #state: "between" | "inside" | "dropping" = "between";
  /** Between entries: whether a line that begins with a space continues one that was passed over. */
  #continues = false;

  constructor(charset: Charset, start: ScanStart, names: AttributeNames) {
    this.#charset = charset;
    this.#names = names;
    this.#lines = new LineWindow("lf", start.offset ?? 0);
    this.#seekable = start.offset !== undefined;
    this.#firstSeq = start.firstSeq;
    this.#seq = start.seq;
    this.#line = start.line;
    this.#entryLine = start.line;
  }

  push(chunk: Buffer): void {
    this.#lines.push(chunk);
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
    if (found === "end") {
      if (this.#state !== "inside") return false;
      this.#finish(lines.bytes.length, entries);
      return true;
    }
    const tooLong = lines.isLonger(MAX_LDIF_ENTRY_BYTES, found);
    if (found === "more" && !tooLong) return false;
    if (tooLong) this.#drop(found, entries);
    else if (this.#state === "inside") this.#readInside(entries);
    else if (this.#state === "dropping") this.#passOver(this.#isEmpty() ? "between" : "dropping");
    else this.#readBetween();
    this.#line += 1;
    return true;
  }

  #readBetween(): void {
    const { bytes, from, to } = this.#lines;
    const opener = bytes[from];
    if (this.#isBlank()) this.#continues = false;
    else if (opener === HASH || isVersion(bytes, from, to)) this.#continues = true;
    else if (!(opener === SPACE && this.#continues)) {
      this.#state = "inside";
      this.#entryLine = this.#line;
      this.#continues = false;
      return;
    }
    this.#passOver("between");
  }

  #readInside(entries: SourceEntry[]): void {
    if (!this.#isEmpty()) return;
    this.#finish(this.#lines.from, entries);
  }

  /** Ends the entry at hand, whose last byte stands before `to`. */
  #finish(to: number, entries: SourceEntry[]): void {
    const { bytes, kept } = this.#lines;
    const text = this.#charset.decode(bytes, kept, to).replace(/\r?\n$/, "");
    const ended = SEARCH_END.exec(text)?.[1];
    if (ended === undefined) this.#emit(() => this.#read(text, to), entries);
    else if (Number(ended) !== 0) this.#emit(() => unreadable.ldifCutShort(ended), entries);
    this.#passOver("between");
  }

  #read(text: string, to: number): ReadonlyMap<string, SourceValue> | Issue {
    const { bytes, kept } = this.#lines;
    if (text.includes("\0") || !this.#charset.isSound(text, bytes, kept, to)) {
      return unreadable.encoding(this.#charset.label);
    }
    return parseLdifEntry(text, this.#entryLine, this.#names);
  }

  #drop(found: "line" | "more", entries: SourceEntry[]): void {
    if (this.#state === "between") this.#entryLine = this.#line;
    if (this.#state !== "dropping") {
      this.#emit(() => unreadable.lineTooLong(MAX_LDIF_ENTRY_BYTES), entries);
    }
    if (found === "more") this.#lines.skipLine();
    this.#passOver("dropping");
  }

  #emit(read: () => ReadonlyMap<string, SourceValue> | Issue, entries: SourceEntry[]): void {
    if (this.#seq >= this.#firstSeq) {
      const { base, kept } = this.#lines;
      const offset = this.#seekable ? base + kept : undefined;
      const position = positionOf(this.#seq, this.#entryLine, offset);
      const found = read();
      entries.push(
        "code" in found ? { ...position, issue: found } : { ...position, fields: found },
      );
    }
    this.#seq += 1;
  }

  /** Forgets all up to the next line. */
  #passOver(state: "between" | "dropping"): void {
    this.#lines.kept = this.#lines.cursor;
    this.#state = state;
  }

  #isEmpty(): boolean {
    return this.#lines.from === this.#lines.to;
  }

  /** Whether the line has nothing but spaces, and continues none. */
  #isBlank(): boolean {
    const { bytes, from, to } = this.#lines;
    for (let at = from; at < to; at += 1) if (bytes[at] !== SPACE) return false;
    return !this.#continues || from === to;
  }
}

function isVersion(bytes: Buffer, from: number, to: number): boolean {
  return /^version:/i.test(bytes.toString("latin1", from, Math.min(to, from + 8)));
}
