import type { SourceHead } from "../../core/index.ts";
import { matchPassword } from "../matching/match-password.ts";
import { HASH_COLUMNS, PASSWORD_COLUMNS } from "../matching/synonyms.ts";
import { DRAFTED_PASSWORD_COLUMNS, DRAFTED_SALT_COLUMNS } from "./drafted-synonyms.ts";
import { foldedForms } from "./fold-word.ts";
import type { Certainty } from "./guess.ts";
import type { ColumnFacts } from "./looking/column-look.ts";

/** Where password material is thought to stand. */
export interface PasswordGuess {
  readonly hash: ColumnFacts;
  readonly salt: ColumnFacts | undefined;
  readonly workFactor: ColumnFacts | undefined;
  readonly certainty: Certainty;
  readonly reasons: readonly string[];
}

const NAMES: ReadonlySet<string> = new Set([
  ...HASH_COLUMNS,
  ...PASSWORD_COLUMNS,
  ...DRAFTED_PASSWORD_COLUMNS.split(" ").flatMap(foldedForms),
]);
const SALT_NAMES: ReadonlySet<string> = new Set(
  DRAFTED_SALT_COLUMNS.split(" ").flatMap(foldedForms),
);
const MOST = 0.9;
const MANY = 0.5;

/**
 * Guesses where the password material stands: first as without a config, then by the names of other
 * languages where the values are hashes, then by values that are marked hashes, whatever they are
 * called.
 */
export function guessPassword(
  columns: readonly ColumnFacts[],
  head: SourceHead,
): PasswordGuess | undefined {
  const match = matchPassword(head);
  const find = (name: string | undefined): ColumnFacts | undefined =>
    name === undefined
      ? undefined
      : columns.find(({ column, keys }) => column === name && keys.length === 0);
  const salt = find(match.salt) ?? columns.find((column) => isCalled(column, SALT_NAMES));
  const workFactor = salt === undefined ? undefined : find(match.workFactor);
  const usual = find(match.hash);
  if (usual !== undefined && usual.filled > 0) {
    const isHash = hashPart(usual) >= MANY || salt !== undefined;
    return {
      hash: usual,
      salt,
      workFactor,
      certainty: isHash ? "certain" : "guess",
      reasons: ["a usual name", ...looksOf(usual)],
    };
  }
  const others = columns.filter((column) => column !== salt);
  const named = others.find((column) => isCalled(column, NAMES) && hashPart(column) >= MANY);
  if (named !== undefined) {
    const reasons = ["a name for it", ...looksOf(named)];
    return { hash: named, salt, workFactor, certainty: "likely", reasons };
  }
  const marked = others.find((column) => (column.shapes.get("hash") ?? 0) >= MOST);
  if (marked === undefined) return undefined;
  return { hash: marked, salt, workFactor, certainty: "guess", reasons: looksOf(marked) };
}

/** The formats of a column of hashes with their parts, such as `bcrypt (100 %)`. */
function looksOf({ hashFormats }: ColumnFacts): readonly string[] {
  const formats = [...hashFormats].slice(0, 3).map(([title, part]) => `${title} ${percent(part)}`);
  return formats.length === 0
    ? ["its values tell no format"]
    : [`looks like ${formats.join(", ")}`];
}

function percent(part: number): string {
  return `${Math.round(part * 100)} %`;
}

function hashPart({ hashFormats }: ColumnFacts): number {
  return [...hashFormats.values()].reduce((sum, part) => sum + part, 0);
}

function isCalled({ column, keys }: ColumnFacts, names: ReadonlySet<string>): boolean {
  return foldedForms(keys.at(-1) ?? column).some((form) => names.has(form));
}
