import type { DirectorySchema } from "../../core/index.ts";
import { isSecretName } from "../secret-names.ts";
import { type Fit, fitValues, isStatusName, typeWarning } from "./fit-values.ts";
import { foldWord } from "./fold-word.ts";
import type { AttributeGuess, Certainty } from "./guess.ts";
import { lessCertain } from "./guess.ts";
import type { ColumnFacts } from "./looking/column-look.ts";
import { attributesNamedBy, type NameMatch, wordsOf } from "./name-matches.ts";

/** One way of filling an attribute, with what speaks for it. */
interface Candidate {
  readonly attribute: string;
  readonly column: ColumnFacts;
  readonly match: NameMatch | "org" | "values";
  readonly fit: Fit;
  readonly score: number;
}

const SCORES: Readonly<Record<Candidate["match"], number>> = {
  attribute: 500,
  org: 450,
  usual: 400,
  drafted: 300,
  part: 200,
  values: 100,
};

/** Words of names that tell of somebody else than the user. */
const OTHERS = new Set(
  (
    "manager supervisor boss parent sponsor emergency spouse partner assistant creator created " +
    "updated modified approver owner referrer vorgesetzter notfall erstellt geandert responsable " +
    "jefe chef responsabile gestor"
  ).split(" "),
);

/**
 * Guesses for the attributes of a schema which columns hold them: each attribute once, each column
 * once. Names count first, then how the values look.
 *
 * @param columns those that hold no password material
 */
export function guessAttributes(
  columns: readonly ColumnFacts[],
  schema: DirectorySchema,
): readonly AttributeGuess[] {
  const free = columns.filter(
    ({ column, keys }) => ![column, ...keys].some((name) => isSecretName(name)),
  );
  const candidates = free
    .flatMap((column) => candidatesOf(column, schema))
    .filter(({ fit }) => fit !== "misfits")
    .toSorted((left, right) => right.score - left.score);
  const found = new Map<string, Candidate>();
  const taken = new Set<ColumnFacts>();
  for (const candidate of candidates) {
    const { attribute, column } = candidate;
    if (found.has(attribute) || taken.has(column)) continue;
    found.set(attribute, candidate);
    taken.add(column);
  }
  const order = [...schema.attributes.keys()];
  return [...found.values()]
    .toSorted((left, right) => order.indexOf(left.attribute) - order.indexOf(right.attribute))
    .map((candidate) => describe(candidate, candidates, schema));
}

function candidatesOf(column: ColumnFacts, schema: DirectorySchema): Candidate[] {
  const writable = (attribute: string): boolean => {
    const known = schema.attributes.get(attribute);
    return known !== undefined && known.readOnly !== true;
  };
  const named = attributesNamedBy(column)
    .filter(({ attribute }) => writable(attribute))
    .map(({ attribute, match, rank }) => candidate(attribute, column, match, rank));
  const own = [...schema.attributes.values()]
    .filter(({ name, custom, readOnly }) => custom && readOnly !== true && isCalled(column, name))
    .map(({ name }) => candidate(name, column, "org", 0));
  const found = [...own, ...named];
  if (found.length > 0 || isSomebodyElses(column)) return found;
  return (column.shapes.get("mail") ?? 0) >= 0.9 && writable("email")
    ? [candidate("email", column, "values", 0)]
    : [];
}

function candidate(
  attribute: string,
  column: ColumnFacts,
  match: Candidate["match"],
  rank: number,
): Candidate {
  const fit = match === "org" ? "open" : fitValues(attribute, column);
  const fill = column.records === 0 ? 0 : column.filled / column.records;
  const unique =
    attribute === "login" || attribute === "email" ? 1 - column.distinct.repeatedPart : 0;
  const score = SCORES[match] + (fit === "fits" ? 60 : 0) + 30 * fill + 20 * unique - rank / 4;
  return { attribute, column, match, fit, score };
}

/** Whether a column, or a key with what is around it, is called as an attribute of the org's own. */
function isCalled({ column, keys, path }: ColumnFacts, attribute: string): boolean {
  const wanted = foldWord(attribute);
  return [path, keys.at(-1) ?? column].some((name) => foldWord(name) === wanted);
}

/** Whether a column's name tells of somebody else than the user. */
export function isSomebodyElses({ path }: ColumnFacts): boolean {
  return wordsOf(path).some((word) => OTHERS.has(foldWord(word)));
}

function describe(
  { attribute, column, match, fit }: Candidate,
  all: readonly Candidate[],
  schema: DirectorySchema,
): AttributeGuess {
  const warning = typeWarning(schema.attributes.get(attribute), column);
  const rivals = all.filter(
    (other) => other.attribute === attribute && other.column !== column && other.match === match,
  );
  const certainty = certaintyOf(match, fit, column);
  return {
    attribute,
    source: { kind: "column", column },
    certainty: rivals.length > 0 ? lessCertain(certainty) : certainty,
    reasons: [REASONS[match], ...(fit === "fits" ? ["its values look so"] : [])],
    warnings: [
      ...(warning === undefined ? [] : [warning]),
      ...(isStatusName(column) ? ["it may say how an account stands"] : []),
    ],
  };
}

function certaintyOf(match: Candidate["match"], fit: Fit, column: ColumnFacts): Certainty {
  if (match === "values") return "guess";
  if (column.filled === 0) return match === "attribute" ? "likely" : "guess";
  if (match === "attribute" || match === "usual" || match === "org") return "certain";
  if (match === "drafted") return fit === "fits" ? "certain" : "likely";
  return fit === "fits" ? "likely" : "guess";
}

const REASONS: Readonly<Record<Candidate["match"], string>> = {
  attribute: "called as the attribute",
  org: "called as the org's own attribute",
  usual: "a usual name",
  drafted: "a name for it",
  part: "a part of its name is one for it",
  values: "its values look so, and no column is called so",
};
