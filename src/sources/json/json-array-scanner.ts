import type { Issue, SourceEntry } from "../../core/index.ts";
import { ByteWindow } from "../bytes/byte-window.ts";
import type { Charset } from "../bytes/charset.ts";
import { type EntryScanner, positionOf, type ScanStart } from "../entry-scanner.ts";
import { unreadable } from "../unreadable.ts";
import { ElementBounds } from "./element-bounds.ts";
import { MAX_JSON_ELEMENT_BYTES, parseElement } from "./json-element.ts";
import { RecordsLocator } from "./records-locator.ts";

/**
 * Reads the elements of a JSON array one by one; the bytes begin behind its `[` or at an element.
 *
 * - `elements`: an element, a comma or the `]` comes next, or an element is being read. What stands
 *   between two commas is one element.
 * - `seeking`: an element was broken so that its end can't be known; the next line that opens like
 *   it did is looked for.
 * - `closed`: the `]` was read; only white space may follow, or, where the list stands in an object,
 *   the rest of that object, and further ones with a list at the same path.
 * - `done`: nothing more is read.
 *
 * Each way to the end without the `]` leaves an unreadable entry, so that a file that was cut short
 * never looks complete.
 */
export class JsonArrayScanner implements EntryScanner {
  readonly #charset: Charset;
  readonly #window = new ByteWindow();
  readonly #bounds: ElementBounds;
  readonly #firstSeq: number;
  #state: "elements" | "seeking" | "closed" | "done" = "elements";
  #seq: number;
  /** Byte of the file that is the first of the window; undefined when there are no offsets. */
  #base: number | undefined;
  /** Whether a comma was the last thing read, so that an element must follow. */
  #afterComma = false;
  /** What is wrong with the element that is sought to be left. */
  #issue: Issue = unreadable.json();
  #ended = false;
  /** Path of the list in its object; undefined where the array is the whole file. */
  readonly #path: string | undefined;
  #locator: RecordsLocator | undefined;

  /**
   * @param options `resumed`: whether `start.line` is the line of the next element, not of the first
   *   byte; `path`: of the list in its object
   */
  constructor(
    charset: Charset,
    start: ScanStart,
    { resumed, path }: { readonly resumed: boolean; readonly path?: string },
  ) {
    this.#charset = charset;
    this.#path = path;
    const lineOfFirst = resumed ? start.line : undefined;
    this.#bounds = new ElementBounds(start.line, lineOfFirst, MAX_JSON_ELEMENT_BYTES);
    this.#firstSeq = start.firstSeq;
    this.#seq = start.seq;
    this.#base = start.offset;
  }

  /** Bytes looked at so far, those looked at again included. @internal */
  get scannedBytes(): number {
    return this.#bounds.scannedBytes;
  }

  push(chunk: Buffer): void {
    const dropped = this.#bounds.release();
    this.#window.append(chunk, dropped);
    if (this.#base !== undefined) this.#base += dropped;
  }

  end(): void {
    this.#ended = true;
  }

  take(max: number): SourceEntry[] {
    const entries: SourceEntry[] = [];
    while (entries.length < max && this.#step(entries));
    return entries;
  }

  /** @returns false when more bytes are needed, or none are left */
  #step(entries: SourceEntry[]): boolean {
    switch (this.#state) {
      case "elements":
        return this.#readElement(entries);
      case "seeking":
        return this.#seek(entries);
      case "closed":
        return this.#readTail(entries);
      case "done":
        this.#bounds.skipAll(this.#window.bytes);
        return false;
    }
  }

  #readElement(entries: SourceEntry[]): boolean {
    const bounds = this.#bounds;
    const found = bounds.scan(this.#window.bytes);
    switch (found) {
      case "more":
        if (!this.#ended) return false;
        this.#readEnd(entries);
        return true;
      case "broken":
      case "too-long":
        this.#breakOff(
          found === "broken" ? unreadable.json() : unreadable.lineTooLong(MAX_JSON_ELEMENT_BYTES),
          entries,
        );
        return true;
      case "comma":
      case "close":
        if (bounds.start === undefined) {
          if (found === "comma" || this.#afterComma) {
            this.#emitStructural(unreadable.jsonElementMissing(), entries);
          }
        } else if (!this.#endElement(entries)) {
          return true;
        }
        this.#afterComma = found === "comma";
        bounds.passSeparator();
        if (found === "close") this.#state = "closed";
        return true;
    }
  }

  /** The bytes end within the array. */
  #readEnd(entries: SourceEntry[]): void {
    if (this.#bounds.isInside()) {
      this.#breakOff(unreadable.json(), entries);
      return;
    }
    if (this.#bounds.start !== undefined && !this.#endElement(entries)) return;
    this.#emitStructural(unreadable.jsonArrayOpen(), entries);
    this.#state = "done";
  }

  /**
   * Reads the element between its start and the cursor.
   *
   * @returns false when it is broken and reading goes on inside it
   */
  #endElement(entries: SourceEntry[]): boolean {
    const { start = 0, cursor, hasSuspect } = this.#bounds;
    if (this.#seq < this.#firstSeq && !hasSuspect) {
      this.#seq += 1;
      return true;
    }
    const parsed = parseElement(this.#window.bytes, start, cursor, this.#charset);
    if (!("code" in parsed)) {
      this.#emit({ ...this.#position(), fields: parsed }, entries);
    } else if (parsed.code === "UNREADABLE_JSON" && hasSuspect) {
      this.#breakOff(parsed, entries);
      return false;
    } else {
      this.#emit({ ...this.#position(), issue: parsed }, entries);
    }
    return true;
  }

  /** The end of the element at hand is not known. */
  #breakOff(issue: Issue, entries: SourceEntry[]): void {
    this.#issue = issue;
    if (this.#bounds.hasSuspect) this.#leaveBroken(entries);
    else this.#state = "seeking";
  }

  #leaveBroken(entries: SourceEntry[]): void {
    this.#emit({ ...this.#position(), issue: this.#issue }, entries);
    this.#bounds.restartAtSuspect();
    this.#afterComma = false;
    this.#state = "elements";
  }

  #seek(entries: SourceEntry[]): boolean {
    if (this.#bounds.seek(this.#window.bytes) === "found") {
      this.#leaveBroken(entries);
      return true;
    }
    if (!this.#ended) return false;
    this.#emit({ ...this.#position(), issue: unreadable.jsonRestLost() }, entries);
    this.#state = "done";
    return true;
  }

  #readTail(entries: SourceEntry[]): boolean {
    if (this.#path !== undefined) return this.#readRest(this.#path, entries);
    if (!this.#bounds.skipWhiteSpace(this.#window.bytes)) return false;
    this.#emitStructural(unreadable.jsonTrailing(), entries);
    this.#state = "done";
    return true;
  }

  /** Reads on in the object that holds the list, and looks for the list of the next one. */
  #readRest(path: string, entries: SourceEntry[]): boolean {
    const bounds = this.#bounds;
    const { cursor, line } = bounds;
    this.#locator ??= new RecordsLocator(path, "behind-list", line);
    const locator = this.#locator;
    locator.moveTo(cursor, line);
    const found = locator.find(this.#window.bytes);
    bounds.cursor = locator.cursor;
    bounds.line = locator.line;
    switch (found) {
      case "closed":
        return true;
      case "list":
        bounds.passSeparator();
        this.#afterComma = false;
        this.#state = "elements";
        return true;
      case "broken":
        this.#emitStructural(unreadable.jsonTrailing(), entries);
        this.#state = "done";
        return true;
      case "more":
        if (!this.#ended) return false;
        if (locator.isInside) this.#emitStructural(unreadable.jsonObjectOpen(), entries);
        this.#state = "done";
        return locator.isInside;
    }
  }

  #position(): { seq: number; line: number; offset?: number } {
    const { begin, startLine } = this.#bounds;
    const offset = this.#base === undefined ? undefined : this.#base + begin;
    return positionOf(this.#seq, startLine, offset);
  }

  /** Something is wrong between elements; reading can't start again there. */
  #emitStructural(issue: Issue, entries: SourceEntry[]): void {
    this.#emit({ ...positionOf(this.#seq, this.#bounds.line, undefined), issue }, entries);
  }

  #emit(entry: SourceEntry, entries: SourceEntry[]): void {
    if (this.#seq >= this.#firstSeq) entries.push(entry);
    this.#seq += 1;
  }
}
