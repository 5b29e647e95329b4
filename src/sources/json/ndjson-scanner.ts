import type { SourceEntry } from "../../core/index.ts";
import type { Charset } from "../bytes/charset.ts";
import { LineWindow } from "../bytes/line-window.ts";
import { type EntryScanner, positionOf, type ScanStart } from "../entry-scanner.ts";
import { unreadable } from "../unreadable.ts";
import { MAX_JSON_ELEMENT_BYTES, parseElement } from "./json-element.ts";

/** Reads one JSON object a line; empty lines are skipped, a line that is none is unreadable. */
export class NdjsonScanner implements EntryScanner {
  readonly #charset: Charset;
  readonly #lines: LineWindow;
  readonly #seekable: boolean;
  readonly #firstSeq: number;
  #seq: number;
  #line: number;

  constructor(charset: Charset, start: ScanStart) {
    this.#charset = charset;
    this.#lines = new LineWindow("lf", start.offset ?? 0);
    this.#seekable = start.offset !== undefined;
    this.#firstSeq = start.firstSeq;
    this.#seq = start.seq;
    this.#line = start.line;
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

  #readLine(entries: SourceEntry[]): boolean {
    const lines = this.#lines;
    const found = lines.read();
    if (found === "end") return false;
    const tooLong = lines.isLonger(MAX_JSON_ELEMENT_BYTES, found);
    if (found === "more" && !tooLong) return false;
    if (tooLong || !isBlank(lines.bytes, lines.from, lines.to)) {
      if (this.#seq >= this.#firstSeq) entries.push(this.#entry(tooLong));
      this.#seq += 1;
    }
    if (found === "more") lines.skipLine();
    lines.kept = lines.cursor;
    this.#line += 1;
    return true;
  }

  #entry(tooLong: boolean): SourceEntry {
    const { bytes, from, to, base, kept } = this.#lines;
    const position = positionOf(this.#seq, this.#line, this.#seekable ? base + kept : undefined);
    if (tooLong) return { ...position, issue: unreadable.lineTooLong(MAX_JSON_ELEMENT_BYTES) };
    const parsed = parseElement(bytes, from, to, this.#charset);
    return "code" in parsed ? { ...position, issue: parsed } : { fields: parsed, ...position };
  }
}

function isBlank(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  }
  return true;
}
