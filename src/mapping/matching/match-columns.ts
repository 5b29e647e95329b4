import type { DirectorySchema, SourceHead, SourceValue } from "../../core/index.ts";
import { isAbsent } from "../../passwords/formats/index.ts";
import { plainName } from "../did-you-mean.ts";
import { showName } from "../show-name.ts";
import { isSecretName } from "../secret-names.ts";
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
  for (const { name } of writable) if (free.includes(name)) found.set(name, name);
  const taken = new Set(found.values());
  for (const { name } of writable) {
    const fitting = columnsFor(name, head, free).filter((column) => !taken.has(column));
    const first = found.get(name) ?? fitting.shift();
    if (first === undefined) continue;
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

function columnsFor(attribute: string, head: SourceHead, free: readonly string[]): string[] {
  const synonyms = Object.hasOwn(SYNONYMS, attribute) ? SYNONYMS[attribute] : undefined;
  if (synonyms === undefined) return [];
  return [plainName(attribute), ...synonyms].flatMap((name) =>
    free.filter((column) => plainName(column) === name && fits(attribute, name, head, column)),
  );
}

/** A column `country` often holds names of countries, which Okta's code can't hold. */
function fits(attribute: string, name: string, head: SourceHead, column: string): boolean {
  if (attribute !== "countryCode" || name !== "country") return true;
  return samplesOf(head, column).every(
    (value) => isAbsent(value) || (typeof value === "string" && /^[A-Za-z]{2}$/.test(value)),
  );
}

function holdsObjects(head: SourceHead, column: string): boolean {
  return samplesOf(head, column).some(
    (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  );
}

function samplesOf(head: SourceHead, column: string): readonly SourceValue[] {
  return head.samples.get(column) ?? [];
}
