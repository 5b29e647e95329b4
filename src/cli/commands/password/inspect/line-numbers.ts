/** How many places are named before the rest is only counted. */
const MOST_NAMED = 5;

/** The lines of a stream at which the same thing is found, in order. */
export class LineNumbers {
  readonly #named: number[];
  #count = 1;

  constructor(first: number) {
    this.#named = [first];
  }

  /** Adds a line. */
  add(line: number): void {
    this.#count += 1;
    if (this.#named.length < MOST_NAMED) this.#named.push(line);
  }

  /** For people: `lines 3, 5 and 4 more`. */
  toString(): string {
    const more = this.#count - this.#named.length;
    const end = more === 0 ? "" : ` and ${more} more`;
    return `line${this.#count === 1 ? "" : "s"} ${this.#named.join(", ")}${end}`;
  }
}
