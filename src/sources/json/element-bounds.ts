const LF = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Deeper is no user record. It also bounds how often a byte is looked at again when many elements
 * are never closed, since each of them adds a level.
 */
const MAX_DEPTH = 64;

/** What a scan came upon; `broken`: what is no JSON, so that the element's end can't be known. */
export type Found = "comma" | "close" | "more" | "broken" | "too-long";

/**
 * Finds where the elements of a JSON array begin and end, by its brackets and strings alone.
 *
 * Positions are those of the bytes given, less what {@link ElementBounds.release} said to drop. A
 * line inside an element that opens an object, as far from the margin as the element itself, is its
 * `suspect`: should the element be broken, the next one most likely begins there.
 */
export class ElementBounds {
  /** Next byte to be looked at. */
  cursor = 0;
  /** Line of the cursor. */
  line: number;
  /** Byte behind the separator before the element: reading can start there again. */
  begin = 0;
  /** First byte of the element; undefined between elements. */
  start: number | undefined;
  /** Line of the element's first byte. */
  startLine = 0;
  /** Bytes looked at so far. */
  scannedBytes = 0;
  /** Line break before the suspect, and the line that it ends. */
  #suspect: { readonly at: number; readonly line: number } | undefined;
  #lineStart = Number.NEGATIVE_INFINITY;
  #indent = 0;
  #depth = 0;
  #inString = false;
  readonly #openers = new Uint8Array(MAX_DEPTH);
  readonly #maxBytes: number;
  #lineOfFirst: number | undefined;

  /** @param lineOfFirst line of the first element where `line` is not that of the first byte */
  constructor(line: number, lineOfFirst: number | undefined, maxBytes: number) {
    this.line = line;
    this.#lineOfFirst = lineOfFirst;
    this.#maxBytes = maxBytes;
  }

  get hasSuspect(): boolean {
    return this.#suspect !== undefined;
  }

  /** Whether the cursor stands inside brackets or a string. */
  isInside(): boolean {
    return this.#depth > 0 || this.#inString;
  }

  /** How many bytes at the start are needed no more; they must be dropped. */
  release(): number {
    const dropped = this.start ?? this.cursor;
    this.cursor -= dropped;
    this.begin -= dropped;
    this.#lineStart -= dropped;
    if (this.start !== undefined) this.start = 0;
    if (this.#suspect !== undefined) {
      this.#suspect = { at: this.#suspect.at - dropped, line: this.#suspect.line };
    }
    return dropped;
  }

  /** Goes on to the next comma or `]` that stands between elements; the cursor stays on it. */
  scan(bytes: Buffer): Found {
    const from = this.cursor;
    const found = this.#scan(bytes);
    this.scannedBytes += this.cursor - from;
    return found;
  }

  #scan(bytes: Buffer): Found {
    let at = this.cursor;
    let stop = this.#stop(bytes);
    while (at < stop) {
      let byte = bytes[at] ?? 0;
      if (this.#inString) {
        while (byte !== QUOTE && byte !== BACKSLASH && byte >= 0x20 && ++at < stop) {
          byte = bytes[at] ?? 0;
        }
        if (at >= stop) break;
        if (byte === QUOTE) {
          this.#inString = false;
        } else if (byte !== BACKSLASH) {
          return this.#stay(at, "broken");
        } else if (at + 1 >= bytes.length) {
          return this.#stay(at, "more");
        } else if ((bytes[at + 1] ?? 0) >= 0x20) {
          at += 1;
        }
        at += 1;
        continue;
      }
      if (byte === LF) {
        this.line += 1;
        this.#lineStart = at + 1;
      }
      if (byte <= 0x20) {
        at += 1;
        continue;
      }
      if (this.#depth === 0 && (byte === COMMA || byte === CLOSE_ARRAY)) {
        return this.#stay(at, byte === COMMA ? "comma" : "close");
      }
      if (this.start === undefined) {
        this.#opened(at);
        stop = this.#stop(bytes);
      }
      switch (byte) {
        case QUOTE:
          this.#inString = true;
          break;
        case OPEN_OBJECT:
        case OPEN_ARRAY:
          if (byte === OPEN_OBJECT) this.#suspectAt(bytes, at);
          if (this.#depth === MAX_DEPTH) return this.#stay(at, "broken");
          this.#openers[this.#depth++] = byte;
          break;
        case CLOSE_OBJECT:
        case CLOSE_ARRAY:
          // In ASCII a closing bracket comes two places behind its opening one.
          if (this.#depth === 0 || this.#openers[this.#depth - 1] !== byte - 2) {
            return this.#stay(at, "broken");
          }
          this.#depth -= 1;
          break;
      }
      at += 1;
    }
    const tooLong = this.start !== undefined && at - this.start >= this.#maxBytes;
    return this.#stay(at, tooLong ? "too-long" : "more");
  }

  #stop(bytes: Buffer): number {
    if (this.start === undefined) return bytes.length;
    return Math.min(bytes.length, this.start + this.#maxBytes);
  }

  #stay(at: number, found: Found): Found {
    this.cursor = at;
    return found;
  }

  #opened(at: number): void {
    if (this.#lineOfFirst !== undefined) this.line = this.#lineOfFirst;
    this.#lineOfFirst = undefined;
    this.start = at;
    this.startLine = this.line;
    this.#indent = this.#lineStart > this.begin ? at - this.#lineStart : 0;
  }

  #suspectAt(bytes: Buffer, at: number): void {
    if (this.#suspect !== undefined || at === this.start) return;
    if (at - this.#lineStart !== this.#indent || !isWhite(bytes, this.#lineStart, at)) return;
    this.#suspect = { at: this.#lineStart - 1, line: this.line - 1 };
  }

  /** The element at hand has ended with the separator at the cursor. */
  passSeparator(): void {
    this.#restart(this.cursor + 1, this.line);
  }

  /** Reading goes on before the suspect, as if a separator stood there. */
  restartAtSuspect(): void {
    if (this.#suspect !== undefined) this.#restart(this.#suspect.at, this.#suspect.line);
  }

  #restart(at: number, line: number): void {
    this.cursor = at;
    this.begin = at;
    this.line = line;
    this.start = undefined;
    this.#lineStart = Number.NEGATIVE_INFINITY;
    this.#suspect = undefined;
    this.#depth = 0;
    this.#inString = false;
  }

  /** Gives the element's bytes up and looks on for a line that opens like it, as its suspect. */
  seek(bytes: Buffer): "found" | "more" {
    this.start = undefined;
    for (;;) {
      const lineBreak = bytes.indexOf(LF, this.cursor);
      this.cursor = lineBreak === -1 ? bytes.length : lineBreak;
      const at = lineBreak + 1 + this.#indent;
      if (lineBreak === -1 || at >= bytes.length) return "more";
      if (bytes[at] === OPEN_OBJECT && isWhite(bytes, lineBreak + 1, at)) {
        this.#suspect = { at: lineBreak, line: this.line };
        return "found";
      }
      this.cursor += 1;
      this.line += 1;
    }
  }

  /** @returns whether something else than white space follows */
  skipWhiteSpace(bytes: Buffer): boolean {
    for (; this.cursor < bytes.length; this.cursor += 1) {
      const byte = bytes[this.cursor] ?? 0;
      if (byte > 0x20) return true;
      if (byte === LF) this.line += 1;
    }
    return false;
  }

  /** Looks at nothing of these bytes. */
  skipAll(bytes: Buffer): void {
    this.start = undefined;
    this.cursor = bytes.length;
  }
}

function isWhite(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x09) return false;
  }
  return true;
}
