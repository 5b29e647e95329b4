const QUOTE = '"';

/**
 * The values of one record that holds quotes, read line by line.
 *
 * It is `open` while a quoted value runs on into the next line. A quote in the middle of a value
 * that did not begin with one is part of the value.
 */
export class QuotedRecord {
  readonly values: string[] = [];
  /** Physical lines read so far. */
  lines = 0;
  readonly #delimiter: string;
  readonly #maxValues: number;
  /** What earlier lines hold of the quoted value that is open; undefined when none is. */
  #openValue: string | undefined;

  /** @param maxValues a record of several lines is given up when it has more values than this */
  constructor(delimiter: string, maxValues: number) {
    this.#delimiter = delimiter;
    this.#maxValues = maxValues;
  }

  /** Reads the next line, given without its line break. */
  readLine(line: string, lineBreak: string): "complete" | "open" | "text-after-quote" | "too-many" {
    this.lines += 1;
    let at = 0;
    for (;;) {
      const quoted = this.#openValue !== undefined || line.startsWith(QUOTE, at);
      if (quoted) {
        const from = this.#openValue === undefined ? at + 1 : at;
        const close = closingQuote(line, from);
        const text = line.slice(from, close).replaceAll('""', QUOTE);
        const value = (this.#openValue ?? "") + text;
        if (close === line.length) {
          this.#openValue = value + lineBreak;
          return "open";
        }
        this.#openValue = undefined;
        this.values.push(value);
        at = close + 1;
        if (at === line.length) return "complete";
        if (!line.startsWith(this.#delimiter, at)) return "text-after-quote";
      } else {
        const end = line.indexOf(this.#delimiter, at);
        this.values.push(line.slice(at, end === -1 ? line.length : end));
        if (end === -1) return "complete";
        at = end;
      }
      if (this.lines > 1 && this.values.length > this.#maxValues) return "too-many";
      at += 1;
    }
  }
}

/** Where the quote stands that closes a value; the length of the line when none does. */
function closingQuote(line: string, from: number): number {
  let at = line.indexOf(QUOTE, from);
  while (at !== -1 && line.startsWith(QUOTE, at + 1)) at = line.indexOf(QUOTE, at + 2);
  return at === -1 ? line.length : at;
}
