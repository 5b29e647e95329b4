/** What a key press led to. */
export type EditorEvent = "changed" | "line" | "end" | "interrupt";

const INTERRUPT = 0x03;
const END = 0x04;
const TAB = 0x09;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const ERASE_LINE = 0x15;
const ESCAPE = 0x1b;
const ERASE = [0x08, 0x7f];
/** More than any hash or password; what is typed beyond it is dropped. */
const CAPACITY = 16 * 1024;

/**
 * A line as it is typed on a terminal without echo, byte by byte, as UTF-8.
 *
 * Keys that move the cursor have no effect; the line's bytes can be filled with zeros.
 */
export class LineEditor {
  readonly #bytes = Buffer.alloc(CAPACITY);
  #length = 0;
  #escape: "none" | "begun" | "sequence" = "none";
  #wasReturn = false;

  /** What has been typed. Only a view: it changes with the next key. */
  get typed(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Takes one byte of what the terminal sends. */
  press(byte: number): EditorEvent {
    const isPairedFeed = byte === LINE_FEED && this.#wasReturn;
    this.#wasReturn = byte === RETURN;
    if (byte === INTERRUPT) return "interrupt";
    if (isPairedFeed || this.#skipsEscape(byte)) return "changed";
    if (byte === RETURN || byte === LINE_FEED) return "line";
    if (byte === END) return this.#length === 0 ? "end" : "changed";
    if (byte === ERASE_LINE) this.clear();
    else if (ERASE.includes(byte)) this.#eraseCharacter();
    else if (byte >= 0x20 || byte === TAB) this.#append(byte);
    return "changed";
  }

  /** Empties the line and fills its bytes with zeros. */
  clear(): void {
    this.#bytes.fill(0);
    this.#length = 0;
  }

  #append(byte: number): void {
    if (this.#length === CAPACITY) return;
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }

  /** Erases bytes up to the one that opens a character of UTF-8. */
  #eraseCharacter(): void {
    while (this.#length > 0) {
      this.#length -= 1;
      const byte = this.#bytes[this.#length] ?? 0;
      this.#bytes[this.#length] = 0;
      if ((byte & 0xc0) !== 0x80) return;
    }
  }

  /** Whether a byte belongs to what a cursor or function key sends. */
  #skipsEscape(byte: number): boolean {
    if (byte === ESCAPE) {
      this.#escape = "begun";
      return true;
    }
    if (this.#escape === "none") return false;
    const opensSequence = this.#escape === "begun" && (byte === 0x5b || byte === 0x4f);
    const isOver = !opensSequence && (this.#escape === "begun" || byte >= 0x40);
    this.#escape = isOver ? "none" : "sequence";
    return true;
  }
}
