import type { DirectorySchema } from "../../core/index.ts";
import { isSecretName } from "../secret-names.ts";
import type { AttributeGuess } from "./guess.ts";
import { isSomebodyElses } from "./guess-attributes.ts";
import type { ColumnFacts } from "./looking/column-look.ts";

/** Which column is the login, and which others could be where that is not clear. */
export interface LoginChoice {
  readonly guess: AttributeGuess | undefined;
  /** Empty where it is clear. */
  readonly choices: readonly ColumnFacts[];
}

/** What the login is chosen from. */
export interface LoginInput {
  readonly guesses: readonly AttributeGuess[];
  readonly columns: readonly ColumnFacts[];
  readonly schema: DirectorySchema;
  /** Path of the column that was named as the login. */
  readonly answer: string | undefined;
}

const MOST = 0.9;
const MAX_CHOICES = 6;

/**
 * Chooses the login: the column that is called so, where the org takes what it holds; else the
 * e-mail address; else the column that is likest to tell people apart.
 *
 * @see docs/okta/create-user.md#login
 */
export function chooseLogin({ guesses, columns, schema, answer }: LoginInput): LoginChoice {
  const answered = columns.find(({ path }) => path === answer);
  if (answered !== undefined) {
    return { guess: loginFrom(answered, "certain", ["as it was answered"]), choices: [] };
  }
  const named = guesses.find(({ attribute }) => attribute === "login");
  const email = guesses.find(({ attribute }) => attribute === "email")?.source.column;
  const wantsMail = schema.loginPattern === null;
  if (named !== undefined) {
    const column = named.source.column;
    const isMail = (column.shapes.get("mail") ?? 0) >= MOST;
    if (!wantsMail || isMail || column.filled === 0) return { guess: named, choices: [] };
    const choices = choicesFrom([email, column], columns);
    if (email === undefined) return { guess: withMailWarning(named), choices };
    const why = `the e-mail address, since logins are such unless the org takes others, and those of ${JSON.stringify(column.path)} are not`;
    return { guess: loginFrom(email, "likely", [why]), choices };
  }
  if (email !== undefined) {
    const isUnique = email.distinct.repeatedPart === 0;
    const reasons = ["the e-mail address, since no column is called as a login"];
    return {
      guess: loginFrom(email, isUnique ? "likely" : "guess", reasons),
      choices: isUnique ? [] : choicesFrom([email], columns),
    };
  }
  const [likest, ...others] = choicesFrom([], columns);
  if (likest === undefined) return { guess: undefined, choices: [] };
  const reasons = ["no column looks like a login; this one tells people apart best"];
  return { guess: loginFrom(likest, "guess", reasons), choices: [likest, ...others] };
}

function loginFrom(
  column: ColumnFacts,
  certainty: AttributeGuess["certainty"],
  reasons: readonly string[],
): AttributeGuess {
  const { repeatedPart } = column.distinct;
  const warnings = [
    ...(repeatedPart > 0 ? ["some stand more than once, and a login is one person's alone"] : []),
    ...(column.filled < column.records ? ["records without one are rejected"] : []),
  ];
  return { attribute: "login", source: { kind: "column", column }, certainty, reasons, warnings };
}

function withMailWarning(guess: AttributeGuess): AttributeGuess {
  const warning = "logins are e-mail addresses unless the org takes others, and these are not";
  return { ...guess, certainty: "likely", warnings: [...guess.warnings, warning] };
}

/** Columns that could tell people apart, those given first. */
function choicesFrom(
  first: readonly (ColumnFacts | undefined)[],
  columns: readonly ColumnFacts[],
): readonly ColumnFacts[] {
  const given = first.filter((column) => column !== undefined);
  const others = columns
    .filter((column) => !given.includes(column) && tellsApart(column))
    .toSorted((left, right) => likeness(right) - likeness(left));
  return [...given, ...others].slice(0, MAX_CHOICES);
}

function tellsApart(facts: ColumnFacts): boolean {
  const { column, keys, distinct, filled, records, longest, objectPart, listPart } = facts;
  if ([column, ...keys].some((name) => isSecretName(name)) || isSomebodyElses(facts)) return false;
  if (objectPart > 0 || listPart > 0 || longest > 100) return false;
  return distinct.values > 0 && distinct.repeatedPart <= 0.1 && filled >= records / 2;
}

function likeness({ shapes, distinct, filled, records }: ColumnFacts): number {
  const shape =
    (shapes.get("mail") ?? 0) * 4 - (shapes.get("phone") ?? 0) - (shapes.get("date") ?? 0);
  return shape + filled / Math.max(1, records) - distinct.repeatedPart;
}
