import type { SourceValue } from "../../../core/index.ts";
import { recogniseFormat } from "../../../passwords/formats/index.ts";
import { isSecretName } from "../../secret-names.ts";
import { type Distinctness, DistinctSketch } from "./distinct-sketch.ts";
import { shapesOf, type ValueShape } from "./value-shape.ts";

/** Of a column's values so many are looked at one by one, then one in ten. */
const ALL_UNTIL = 2_000;
const THEN_EVERY = 10;
/** More different values are no choice of a few. */
const MAX_CHOICES = 12;
const MAX_CHOICE_LENGTH = 30;
/** Hashes cost more to recognise than anything else. */
const MAX_HASHES = 500;

/** What systems write where there is nothing, in small letters. */
const MARKERS: ReadonlySet<string> = new Set(
  "- -- --- n/a na n.a. #n/a null (null) <null> \\n none nil undefined k.a. keine s/d nvt n.v.t.".split(
    " ",
  ),
);

/** What a column, or a key inside the objects of one, holds. */
export interface ColumnFacts {
  /** The column's name, and the keys below it joined by dots. */
  readonly path: string;
  readonly column: string;
  readonly keys: readonly string[];
  /** Records that were looked at. */
  readonly records: number;
  /** Records in which it has a value. */
  readonly filled: number;
  readonly shortest: number;
  readonly longest: number;
  readonly distinct: Distinctness;
  /** Part of the values that have a shape, from 0 to 1. */
  readonly shapes: ReadonlyMap<ValueShape, number>;
  /** Part of the values that are lists of texts, or objects and lists of such. */
  readonly listPart: number;
  readonly objectPart: number;
  /** Part of the texts that begin or end in white space. */
  readonly paddedPart: number;
  /** Part of the texts that say that there is no value, such as `N/A`. */
  readonly markerPart: number;
  /** Part of the texts that begin with `+`, as international telephone numbers do. */
  readonly plusPart: number;
  /** Formats of hashes by their titles, with the part of the values that have them. */
  readonly hashFormats: ReadonlyMap<string, number>;
  /** Its values with their counts, where they are few, short and no secrets by their name; the most frequent first. */
  readonly choices: readonly (readonly [string, number])[] | undefined;
}

/** Looks at the values of one column, one after the other, in constant memory. */
export class ColumnLook {
  readonly column: string;
  readonly keys: readonly string[];
  #filled = 0;
  #looked = 0;
  #lists = 0;
  #objects = 0;
  #padded = 0;
  #markers = 0;
  #pluses = 0;
  #shortest = Infinity;
  #longest = 0;
  readonly #distinct = new DistinctSketch();
  readonly #shapes = new Map<ValueShape, number>();
  readonly #hashes = new Map<string, number>();
  #hashesLooked = 0;
  #choices: Map<string, number> | undefined = new Map();

  constructor(column: string, keys: readonly string[]) {
    this.column = column;
    this.keys = keys;
    // What may be a password is kept nowhere.
    if ([column, ...keys].some((name) => isSecretName(name))) this.#choices = undefined;
  }

  /** @param value one that is not absent */
  add(value: SourceValue): void {
    this.#filled += 1;
    // Of several values the first one is looked at.
    const text = textOf(value) ?? firstTextOf(value);
    if (typeof value === "object") {
      if (isPlainList(value)) this.#lists += 1;
      else this.#objects += 1;
      this.#choices = undefined;
      this.#lookForHash(value);
    }
    if (text === undefined) return;
    if (text.length < this.#shortest) this.#shortest = text.length;
    if (text.length > this.#longest) this.#longest = text.length;
    this.#distinct.add(text);
    this.#count(text);
    if (this.#filled > ALL_UNTIL && this.#filled % THEN_EVERY !== 0) return;
    this.#looked += 1;
    if (text !== value && typeof value === "string") this.#padded += 1;
    if (MARKERS.has(text.toLowerCase())) this.#markers += 1;
    if (text.startsWith("+")) this.#pluses += 1;
    for (const shape of shapesOf(text)) {
      this.#shapes.set(shape, (this.#shapes.get(shape) ?? 0) + 1);
    }
    if (typeof value !== "object") this.#lookForHash(text);
  }

  /** @param records how many were looked at */
  facts(records: number): ColumnFacts {
    const { column, keys } = this;
    const looked = Math.max(1, this.#looked);
    return {
      path: [column, ...keys].join("."),
      column,
      keys,
      records,
      filled: this.#filled,
      shortest: this.#longest === 0 ? 0 : this.#shortest,
      longest: this.#longest,
      distinct: this.#distinct.measure(),
      shapes: partsOf(this.#shapes, this.#looked),
      listPart: this.#lists / Math.max(1, this.#filled),
      objectPart: this.#objects / Math.max(1, this.#filled),
      paddedPart: this.#padded / looked,
      markerPart: this.#markers / looked,
      plusPart: this.#pluses / looked,
      hashFormats: partsOf(this.#hashes, this.#hashesLooked),
      choices:
        this.#choices === undefined
          ? undefined
          : [...this.#choices].toSorted((left, right) => right[1] - left[1]),
    };
  }

  #count(text: string): void {
    if (this.#choices === undefined) return;
    const count = this.#choices.get(text);
    const isOneMore = count === undefined && this.#choices.size === MAX_CHOICES;
    if (isOneMore || text.length > MAX_CHOICE_LENGTH) this.#choices = undefined;
    else this.#choices.set(text, (count ?? 0) + 1);
  }

  #lookForHash(value: SourceValue): void {
    if (this.#hashesLooked === MAX_HASHES) return;
    this.#hashesLooked += 1;
    const format = recogniseFormat(value);
    if (format !== undefined) this.#hashes.set(format, (this.#hashes.get(format) ?? 0) + 1);
  }
}

function firstTextOf(value: SourceValue): string | undefined {
  if (!Array.isArray(value)) return undefined;
  const first = value[0] as SourceValue | undefined;
  return first === undefined || first === null ? undefined : textOf(first);
}

/** Whether a value is a list that an attribute can hold: without objects and lists in it. */
function isPlainList(value: SourceValue): boolean {
  return Array.isArray(value) && value.every((item) => item === null || typeof item !== "object");
}

function textOf(value: SourceValue): string | undefined {
  if (typeof value === "string") return value.trim();
  if (typeof value === "object") return undefined;
  return String(value);
}

function partsOf<Name>(
  counts: ReadonlyMap<Name, number>,
  whole: number,
): ReadonlyMap<Name, number> {
  return new Map(
    [...counts]
      .map(([name, count]) => [name, count / Math.max(1, whole)] as const)
      .toSorted((left, right) => right[1] - left[1]),
  );
}
