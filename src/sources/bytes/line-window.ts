import { ByteWindow } from "./byte-window.ts";

const LF = 0x0a;
const CR = 0x0d;

/** How lines end: with LF or CRLF, or with CR alone as on very old systems. */
export type LineBreak = "lf" | "cr";

/** Physical lines of a stream of bytes; those since {@link LineWindow.kept} can be read again. */
export class LineWindow {
  /** First byte of the line read last, in `bytes`. */
  from = 0;
  /** Byte behind its text, without the line break. */
  to = 0;
  /** Byte of the line break that ended it, or the end of the bytes. */
  breakAt = 0;
  /** First byte of the next line. */
  cursor = 0;
  /** First byte that must not be dropped. */
  kept = 0;
  /** Byte of the file that is the first of `bytes`. */
  base: number;
  readonly #lineBreak: LineBreak;
  readonly #breakByte: number;
  readonly #window = new ByteWindow();
  /** No line break stands between `cursor` and here. */
  #searched = 0;
  #skipping = false;
  #ended = false;

  constructor(lineBreak: LineBreak, base: number) {
    this.#lineBreak = lineBreak;
    this.#breakByte = lineBreak === "lf" ? LF : CR;
    this.base = base;
  }

  get bytes(): Buffer {
    return this.#window.bytes;
  }

  /** Adds a chunk; every position moves, `kept` becomes 0. */
  push(chunk: Buffer): void {
    const dropped = this.kept;
    this.#window.append(chunk, dropped);
    this.base += dropped;
    this.cursor -= dropped;
    this.#searched -= dropped;
    this.kept = 0;
  }

  end(): void {
    this.#ended = true;
  }

  /**
   * Reads the next line into `from` and `to`.
   *
   * @returns `more`: it is not complete yet; `end`: there is none
   */
  read(): "line" | "more" | "end" {
    const bytes = this.#window.bytes;
    let at = bytes.indexOf(this.#breakByte, this.#searched);
    if (this.#skipping) {
      this.#moveTo(at === -1 ? bytes.length : at + 1);
      this.kept = this.cursor;
      if (at === -1) return this.#ended ? "end" : "more";
      this.#skipping = false;
      at = bytes.indexOf(this.#breakByte, this.#searched);
    }
    if (at === -1) {
      this.#searched = bytes.length;
      if (!this.#ended) return "more";
      if (this.cursor >= bytes.length) return "end";
      at = bytes.length;
    }
    this.from = this.cursor;
    this.to = at;
    this.breakAt = at;
    if (this.#lineBreak === "lf" && at > this.from && bytes[at - 1] === CR) this.to -= 1;
    this.#moveTo(Math.min(at + 1, bytes.length));
    return "line";
  }

  /** Where lines end with CR, an LF at the start of the line read last belongs to the one before. */
  dropLeadingLf(): void {
    if (this.#lineBreak === "cr" && this.from < this.to && this.bytes[this.from] === LF) {
      this.from += 1;
    }
  }

  /** The next line is the one that opens at `position`. */
  #moveTo(position: number): void {
    this.cursor = position;
    this.#searched = position;
  }

  /** Goes back to a line that was read before. */
  rewind(position: number): void {
    this.#moveTo(position);
    this.kept = position;
  }

  /** Whether what stands between `kept` and the end of the last line, complete or not, is longer. */
  isLonger(maxBytes: number, found: "line" | "more"): boolean {
    const end = found === "line" ? this.breakAt : this.#window.bytes.length;
    return end - this.kept > maxBytes;
  }

  /** Drops the incomplete line at the cursor, and the rest of it when it arrives. */
  skipLine(): void {
    this.#skipping = true;
    this.#moveTo(this.#window.bytes.length);
    this.kept = this.cursor;
  }

  /** The line break that ended the line read last, as text. */
  lineBreakText(): string {
    if (this.#lineBreak === "cr") return "\r";
    return this.#window.bytes[this.to] === CR ? "\r\n" : "\n";
  }
}
