import type { ShownFields, SourceRecord, SourceValue } from "../core/index.ts";
import { holdsPasswordMaterial } from "../passwords/formats/index.ts";
import { isSecretName, mayBeSecretName } from "./secret-names.ts";

const RANDOM = /^\s*(?:[0-9a-f]{16,}|[A-Za-z0-9+/_-]{20,}={0,2})\s*$/i;
/** Shorter texts of a secret column, such as `true` or `12`, stand in other columns by chance. */
const MIN_MATERIAL_LENGTH = 8;
const DATE = /^\d{4}-\d\d-\d\d/;
/** What is nested deeper is not shown; it also bounds the recursion. */
const MAX_DEPTH = 16;

/** A value and where it stands. */
interface Place {
  /** Column, and the keys below it, joined by dots. */
  readonly path: string;
  /** The column's or the key's own name; an element of a list has that of the list. */
  readonly name: string;
  readonly depth: number;
}

/**
 * What reports may show of a record: its columns less everything that is, or looks like, password
 * material.
 *
 * Left out are the columns of `secretColumns`, every column and nested key whose name says secret,
 * every value that has the shape of a hash, and every value that repeats one of a secret column.
 * Errs towards leaving out. Never throws.
 *
 * @param secretColumns names of columns, and dotted paths of keys inside them
 */
export function shownFields(record: SourceRecord, secretColumns: ReadonlySet<string>): ShownFields {
  const material: string[] = [];
  for (const [name, value] of record.fields) {
    gatherMaterial({ path: name, name, depth: 0 }, value, secretColumns, material);
  }
  const shown: [string, SourceValue][] = [];
  for (const [name, value] of record.fields) {
    const kept = keep({ path: name, name, depth: 0 }, value, secretColumns, material);
    if (kept !== undefined) shown.push([name, kept]);
  }
  return Object.fromEntries(shown);
}

function isSecret({ path, name }: Place, secretColumns: ReadonlySet<string>): boolean {
  return secretColumns.has(path) || isSecretName(name) || holdsPasswordMaterial(name);
}

/** Adds the texts at secret places to `material`. */
function gatherMaterial(
  place: Place,
  value: SourceValue,
  secretColumns: ReadonlySet<string>,
  material: string[],
): void {
  if (isSecret(place, secretColumns)) gatherTexts(value, material, place.depth);
  else if (isContainer(value) && place.depth < MAX_DEPTH) {
    for (const [inner, below] of innerPlaces(place, value)) {
      gatherMaterial(below, inner, secretColumns, material);
    }
  }
}

function gatherTexts(value: SourceValue, material: string[], depth: number): void {
  if (typeof value === "string") {
    const text = value.trim();
    if (text.length >= MIN_MATERIAL_LENGTH && !DATE.test(text)) material.push(text);
  } else if (isContainer(value) && depth < MAX_DEPTH) {
    for (const inner of Object.values<SourceValue>(value)) gatherTexts(inner, material, depth + 1);
  }
}

/** The value without what is secret in it; undefined when nothing may be shown. */
function keep(
  place: Place,
  value: SourceValue,
  secretColumns: ReadonlySet<string>,
  material: readonly string[],
): SourceValue | undefined {
  if (isSecret(place, secretColumns)) return undefined;
  if (typeof value === "string") {
    return isShowable(place.name, value, material) ? value : undefined;
  }
  if (!isContainer(value)) return value;
  if (place.depth === MAX_DEPTH) return undefined;
  const kept = innerPlaces(place, value)
    .map(([inner, below]) => [below.name, keep(below, inner, secretColumns, material)] as const)
    .filter((entry): entry is readonly [string, SourceValue] => entry[1] !== undefined);
  return Array.isArray(value) ? kept.map(([, inner]) => inner) : Object.fromEntries(kept);
}

function isShowable(name: string, text: string, material: readonly string[]): boolean {
  if (holdsPasswordMaterial(text) || material.some((secret) => text.includes(secret))) return false;
  return !(mayBeSecretName(name) && RANDOM.test(text));
}

function innerPlaces({ path, name, depth }: Place, value: object): [SourceValue, Place][] {
  const isList = Array.isArray(value);
  return Object.entries<SourceValue>(value as Record<string, SourceValue>).map(([key, inner]) => [
    inner,
    isList
      ? { path, name, depth: depth + 1 }
      : { path: `${path}.${key}`, name: key, depth: depth + 1 },
  ]);
}

function isContainer(
  value: SourceValue,
): value is Exclude<SourceValue, string | number | boolean | null> {
  return typeof value === "object" && value !== null;
}
