import type {
  AttributeSchema,
  DirectorySchema,
  SourceHead,
  SourceValue,
} from "../../core/index.ts";
import { isAbsent } from "../../passwords/formats/index.ts";
import { plainName } from "../did-you-mean.ts";
import { showName } from "../show-name.ts";
import { isSecretName } from "../secret-names.ts";
import { isList } from "../values/is-list.ts";
import { SYNONYMS } from "./synonyms.ts";

/** Attributes and the columns that were found for them by name. */
export interface ColumnMatches {
  /** Attribute to column, in the order of the schema. */
  readonly columns: ReadonlyMap<string, string>;
  readonly notes: readonly string[];
}

/**
 * Matches columns to attributes by name.
 *
 * A column called exactly as an attribute of the schema is taken first; then the usual names in
 * their order, and of equal ones the first column. `login` falls back to the column of `email`.
 * Columns whose name says secret are never matched.
 */
export function matchColumns(head: SourceHead, schema: DirectorySchema): ColumnMatches {
  const free = head.columns.filter(
    (column) => !isSecretName(column) && !holdsObjects(head, column),
  );
  const writable = [...schema.attributes.values()].filter(({ readOnly }) => readOnly !== true);
  const found = new Map<string, string>();
  const notes: string[] = [];
  for (const attribute of writable) {
    const { name } = attribute;
    if (free.includes(name) && fits(attribute, head, name)) found.set(name, name);
  }
  const taken = new Set(found.values());
  for (const attribute of writable) {
    const { name } = attribute;
    const named = columnsFor(name, free).filter((column) => !taken.has(column));
    const fitting = named.filter((column) => fits(attribute, head, column));
    const first = found.get(name) ?? fitting.shift();
    if (first === undefined) {
      notes.push(...noteLists(name, named, head));
      continue;
    }
    found.set(name, first);
    taken.add(first);
    const others = fitting.map(showName).join(", ");
    if (others !== "") notes.push(`${showName(first)} is taken for ${name}, and not ${others}.`);
  }
  const email = found.get("email");
  if (!found.has("login") && email !== undefined && schema.attributes.has("login")) {
    found.set("login", email);
    notes.push(`No column is called login: ${showName(email)} is taken for it.`);
  }
  const columns = writable.flatMap(({ name }): [string, string][] => {
    const column = found.get(name);
    return column === undefined ? [] : [[name, column]];
  });
  return { columns: new Map(columns), notes };
}

/** Columns of an attribute's usual names, the likeliest first. */
function columnsFor(attribute: string, free: readonly string[]): string[] {
  const synonyms = Object.hasOwn(SYNONYMS, attribute) ? SYNONYMS[attribute] : undefined;
  if (synonyms === undefined) return [];
  return [plainName(attribute), ...synonyms].flatMap((name) =>
    free.filter((column) => plainName(column) === name),
  );
}

/** Whether the first values of a column can be those of an attribute. */
function fits(attribute: AttributeSchema, head: SourceHead, column: string): boolean {
  const { name, type, required } = attribute;
  if (name === "countryCode") return holdsCountryCodes(head, column);
  // A record without a title is better than none; who has several addresses is to be asked.
  return required || type === "array" || !holdsLists(head, column);
}

/**
 * A column `country` often holds names of countries, and `countryCode` of Active Directory numbers:
 * Okta's code is two letters.
 */
function holdsCountryCodes(head: SourceHead, column: string): boolean {
  const samples = samplesOf(head, column).filter((value) => !isAbsent(value));
  if (plainName(column) === "countrycode") {
    return samples.length === 0 || samples.some((value) => !isDigits(value));
  }
  return samples.every((value) => typeof value === "string" && /^[A-Za-z]{2}$/.test(value));
}

function isDigits(value: SourceValue): boolean {
  return typeof value === "number" || (typeof value === "string" && /^\d+$/.test(value));
}

/** Says which columns were not taken for an attribute of one value, since they have several. */
function noteLists(attribute: string, named: readonly string[], head: SourceHead): string[] {
  const column = named.find((one) => holdsLists(head, one));
  if (column === undefined) return [];
  const shown = showName(column);
  return [
    `${shown} has several values in some records, and is not taken for ${attribute}: an expression such as first(…) takes one.`,
  ];
}

/** Whether some record has several values there, as directories have them. */
function holdsLists(head: SourceHead, column: string): boolean {
  return samplesOf(head, column).some((value) => isList(value) && value.length > 1);
}

function holdsObjects(head: SourceHead, column: string): boolean {
  return samplesOf(head, column).some(
    (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  );
}

function samplesOf(head: SourceHead, column: string): readonly SourceValue[] {
  return head.samples.get(column) ?? [];
}
