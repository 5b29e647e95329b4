const LF = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Longer keys are none that a path names. */
const MAX_KEY_BYTES = 1_000;
const MAX_LISTS = 10;

/**
 * Where a search stands: at the `[` of the list; where more bytes are needed; behind an object that
 * has no such list, or none any more; at what is no JSON.
 */
export type Located = "list" | "more" | "closed" | "broken";

/**
 * Finds the lists at a path of keys, such as `users`, in JSON objects that stand one after the other;
 * bytes come in pieces of any size, and what is in the list itself is read by someone else.
 */
export class RecordsLocator {
  /** Next byte to be looked at; on the `[` when a list was found. */
  cursor = 0;
  /** Line of the cursor. */
  line: number;
  readonly #path: string;
  /** Keys of the objects that are open and in no list; the last one may be of a value to come. */
  #keys: (string | undefined)[] = [];
  #lists = 0;
  #key: number[] | undefined;
  #inString = false;
  #escaped = false;
  #expectsKey = false;
  #maybeList: string | undefined;
  readonly #seen = new Set<string>();

  /**
   * @param path keys joined by dots
   * @param place before any object, or behind a list at the path
   */
  constructor(path: string, place: "before" | "behind-list", line: number) {
    this.#path = path;
    this.line = line;
    if (place === "behind-list") this.#keys = path.split(".");
  }

  /** Paths of the lists of objects that were passed. */
  get passedLists(): readonly string[] {
    return [...this.#seen];
  }

  /** Whether an object is open. */
  get isInside(): boolean {
    return this.#keys.length > 0;
  }

  /** Looks on from the cursor. */
  find(bytes: Buffer): Located {
    for (; this.cursor < bytes.length; this.cursor += 1) {
      const byte = bytes[this.cursor] ?? 0;
      if (byte === LF) this.line += 1;
      if (this.#inString) this.#inText(byte);
      else if (byte > 0x20) {
        const found = this.#step(byte);
        if (found === "closed") this.cursor += 1;
        if (found !== undefined) return found;
      }
    }
    return "more";
  }

  #inText(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) {
      this.#inString = false;
      return;
    }
    if (this.#key !== undefined && this.#key.length < MAX_KEY_BYTES) this.#key.push(byte);
  }

  #step(byte: number): Located | undefined {
    if (this.#maybeList !== undefined) {
      if (byte === OPEN_OBJECT && this.#seen.size < MAX_LISTS) this.#seen.add(this.#maybeList);
      this.#maybeList = undefined;
    }
    if (this.#keys.length === 0 && byte !== OPEN_OBJECT) return "broken";
    switch (byte) {
      case QUOTE:
        this.#inString = true;
        this.#key = this.#expectsKey && this.#lists === 0 ? [] : undefined;
        break;
      case COLON:
        if (this.#lists === 0) {
          this.#keys[this.#keys.length - 1] = textOf(this.#key);
          this.#expectsKey = false;
        }
        break;
      case COMMA:
        this.#expectsKey = true;
        break;
      case OPEN_OBJECT:
        if (this.#lists > 0) this.#lists += 1;
        else this.#keys.push(undefined);
        this.#expectsKey = true;
        break;
      case OPEN_ARRAY:
        if (this.#lists === 0) {
          const path = this.#keys.join(".");
          if (path === this.#path) return "list";
          this.#maybeList = path;
        }
        this.#lists += 1;
        break;
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        if (this.#lists > 0) this.#lists -= 1;
        else if (byte === CLOSE_ARRAY) return "broken";
        else {
          this.#keys.pop();
          if (this.#keys.length === 0) return "closed";
        }
        break;
    }
    return undefined;
  }

  /** Looks on from another place of the bytes: behind a list that was read, or since some were dropped. */
  moveTo(cursor: number, line: number): void {
    this.cursor = cursor;
    this.line = line;
  }
}

function textOf(bytes: readonly number[] | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  const text = Buffer.from(bytes).toString("utf8");
  if (!text.includes("\\")) return text;
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return undefined;
  }
}
