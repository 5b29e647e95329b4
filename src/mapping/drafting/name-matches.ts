import { plainName } from "../did-you-mean.ts";
import { SYNONYMS } from "../matching/synonyms.ts";
import { DRAFTED_SYNONYMS } from "./drafted-synonyms.ts";
import { foldedForms, foldWord } from "./fold-word.ts";
import type { ColumnFacts } from "./looking/column-look.ts";

/** How a column's name points to an attribute; the surest first. */
export type NameMatch = "attribute" | "usual" | "drafted" | "part";

/** An attribute that a column's name points to. */
export interface NamedAttribute {
  readonly attribute: string;
  readonly match: NameMatch;
  /** Place in the list of its names, from 0. */
  readonly rank: number;
}

/** Words before a name that say only whose it is: the user's own. */
const OWNERS = new Set(
  (
    "user usr account acct contact customer cust client person people member profile employee emp " +
    "primary main current default default my the attributes attribute traits metadata data props " +
    "properties name names address addresses adresse personal personaldata identity usermetadata " +
    "userprofile contactinfo benutzer nutzer kunde kunden mitarbeiter utilisateur usuario cliente " +
    "utente gebruiker klant pers fld tbl col str txt"
  ).split(" "),
);
/** What may stand before the words of these attributes: `home phone`, `office city`. */
const WORD = /[\p{Lu}]?[\p{Ll}]+|[\p{Lu}]+(?![\p{Ll}])|[\p{L}]+|\d+/gu;

type Known = Omit<NamedAttribute, "match"> & { readonly match: Exclude<NameMatch, "part"> };

const KNOWN: ReadonlyMap<string, readonly Known[]> = listNames();

function listNames(): ReadonlyMap<string, readonly Known[]> {
  const known = new Map<string, Known[]>();
  const add = (name: string, entry: Known): void => {
    const entries = known.get(name) ?? [];
    if (entries.some(({ attribute }) => attribute === entry.attribute)) return;
    known.set(name, [...entries, entry]);
  };
  for (const [attribute, usual] of Object.entries(SYNONYMS)) {
    add(plainName(attribute), { attribute, match: "attribute", rank: 0 });
    usual.forEach((name, rank) => add(name, { attribute, match: "usual", rank }));
  }
  for (const [attribute, words] of Object.entries(DRAFTED_SYNONYMS)) {
    words.split(" ").forEach((word, rank) => {
      for (const form of foldedForms(word)) add(form, { attribute, match: "drafted", rank });
    });
  }
  return known;
}

/** The attributes that a column's name may stand for, the surest first. */
export function attributesNamedBy(facts: ColumnFacts): readonly NamedAttribute[] {
  const [name, isWhole] = ownName(facts);
  if (name === undefined) return [];
  const whole = lookUp(name);
  if (whole.length > 0) return isWhole ? whole : whole.map(asLessSure);
  return partsOfName(name).flatMap((part) =>
    lookUp(part).map((found) => ({ ...found, match: "part" as const })),
  );
}

function lookUp(name: string): readonly NamedAttribute[] {
  return foldedForms(name).flatMap((form) => KNOWN.get(form) ?? []);
}

/** A key says as much as a column where the objects around it are the user's own. */
function ownName({ column, keys }: ColumnFacts): readonly [string | undefined, boolean] {
  const last = keys.at(-1);
  if (last === undefined) return [column, true];
  const around = [column, ...keys.slice(0, -1)];
  return [around.every((name) => OWNERS.has(foldWord(name))) ? last : undefined, false];
}

function asLessSure(found: NamedAttribute): NamedAttribute {
  return found.match === "attribute" ? { ...found, match: "usual" } : found;
}

/** The name without the words that say whose it is, and without a `1` behind it. */
function partsOfName(name: string): readonly string[] {
  const words = wordsOf(name);
  const start = words.findIndex((word) => !OWNERS.has(foldWord(word)));
  const rest = start === -1 ? words.slice(-1) : words.slice(start);
  const last = rest.at(-1);
  const kept = last === "1" || last === "01" ? rest.slice(0, -1) : rest;
  // `name` behind an owner is a name after all: `user_name` is known as a whole before it comes here.
  return kept.length === 0 ? [] : [kept.join("")];
}

/** The words of a name, however they are divided. */
export function wordsOf(name: string): readonly string[] {
  return name.normalize("NFC").match(WORD) ?? [];
}
