import type { SourceValue } from "../../core/index.ts";
import type { PseudoRandom } from "../pseudo-random.ts";
import { cellText } from "../formats/cell.ts";
import { hintsOf, type NameHints, shapeOfValue, type ValueShape } from "./value-shape.ts";

/** Shapes that are kept of a column: a fair draw of all. */
const RESERVOIR = 400;
/** Values that are counted one by one, and their longest. */
const COUNTED = 300;
const LONGEST_COUNTED = 100;
/** Most values of a column of categories. */
const CATEGORIES = 50;

/** A value of a column of categories: how it looks, and how often it is there. */
export interface Category {
  readonly text: string;
  readonly value: SourceValue;
  count: number;
}

/** What is learnt of a column, in memory that does not grow with the source. */
export class ColumnProfile {
  readonly name: string;
  /** Records with a value in it. */
  filled = 0;
  readonly #hints: NameHints;
  readonly #random: PseudoRandom;
  readonly #shapes: ValueShape[] = [];
  readonly #counts = new Map<string, Category>();
  #isCounted = true;
  #isUnique = true;
  #greatest = 0;
  #digits = 0;
  #years = { from: Infinity, until: -Infinity };

  constructor(name: string, random: PseudoRandom) {
    this.name = name;
    this.#hints = hintsOf(name);
    this.#random = random;
  }

  add(value: SourceValue): void {
    this.filled += 1;
    const text = cellText(value);
    this.#count(text, value);
    if (/^\d{1,15}$/.test(text)) {
      this.#digits += 1;
      this.#greatest = Math.max(this.#greatest, Number(text));
    }
    // Past the first ones only those are looked at that are kept.
    const place = this.filled <= RESERVOIR ? this.filled - 1 : this.#random.below(this.filled);
    if (place >= RESERVOIR) return;
    const shape = shapeOfValue(value, this.#hints);
    this.#shapes[place] = shape;
    if (shape.kind === "date") {
      const { from, until } = this.#years;
      this.#years = {
        from: Math.min(from, shape.date.year),
        until: Math.max(until, shape.date.year),
      };
    }
  }

  get shapes(): readonly ValueShape[] {
    return this.#shapes;
  }

  /** The years of the dates that were kept. */
  get years(): { readonly from: number; readonly until: number } {
    return Number.isFinite(this.#years.from) ? this.#years : { from: 1990, until: 2025 };
  }

  /** Whether the first values all differ, as keys do. */
  get isUnique(): boolean {
    return this.#isUnique && this.filled > 0;
  }

  /** The greatest value, where all are whole numbers; undefined elsewhere. */
  get greatest(): number | undefined {
    return this.filled > 0 && this.#digits === this.filled ? this.#greatest : undefined;
  }

  /** All values, where they are few and repeat; undefined elsewhere. */
  get categories(): readonly Category[] | undefined {
    const few = this.#counts.size <= CATEGORIES && this.filled >= 2 * this.#counts.size;
    return this.#isCounted && few ? [...this.#counts.values()] : undefined;
  }

  /** All values, where there are not too many of them; undefined elsewhere. */
  get counted(): readonly Category[] | undefined {
    return this.#isCounted ? [...this.#counts.values()] : undefined;
  }

  #count(text: string, value: SourceValue): void {
    if (!this.#isCounted) return;
    const found = this.#counts.get(text);
    if (found !== undefined) {
      found.count += 1;
      this.#isUnique = false;
    } else if (this.#counts.size < COUNTED && text.length <= LONGEST_COUNTED) {
      this.#counts.set(text, { text, value, count: 1 });
    } else {
      this.#isCounted = false;
      this.#counts.clear();
    }
  }
}
