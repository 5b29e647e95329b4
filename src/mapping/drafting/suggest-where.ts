import type { SourceHead } from "../../core/index.ts";
import { CEL_WORDS } from "../expressions/cel-environment.ts";
import { percentOf, toldChoices } from "./describe-column.ts";
import type { DraftingAnswers, WhereSuggestion } from "./drafted-mapping.ts";
import { isStatusName } from "./fit-values.ts";
import { foldWord } from "./fold-word.ts";
import type { ColumnFacts } from "./looking/column-look.ts";
import { readByExpression } from "./settle-names.ts";

const GOOD: ReadonlySet<string> = new Set(
  "active activated enabled aktiv actif active activo attivo ativo actief ok".split(" "),
);
const YES: ReadonlySet<string> = new Set("true t yes y 1 ja j oui o si s sim on waar".split(" "));
/** Beginnings of names that say that somebody is gone. */
const GONE =
  /^(?:is)?(?:disabled|blocked|locked|deleted|suspended|archived|inactive|banned|gesperrt|geloscht|deaktiviert|bloque|supprime|desactive|bloqueado|eliminado|borrado|inactivo|bloccato|cancellato|disattivato|excluido|inativo|geblokkeerd|verwijderd)/;
/** Those of them that say that somebody is gone for good. */
const DELETED =
  /^(?:is)?(?:deleted|geloscht|supprime|eliminado|borrado|cancellato|excluido|verwijderd)/;
/** A mark that most records have means something else. */
const MOST_DELETED = 0.5;

/** What a column says of who is gone: whom it leaves out, and how many. */
interface Condition {
  readonly expression: string;
  /** Part of the records that are left out; undefined where the values do not tell. */
  readonly part: number | undefined;
  /** Whether each value that was seen says one of two things. */
  readonly isClear: boolean;
}

/**
 * Expressions that leave out whom a column says to be gone, one a column. Who was deleted is left out
 * unless somebody says otherwise; whether the blocked are moved, only the operator knows.
 */
export function suggestWhere(
  columns: readonly ColumnFacts[],
  head: SourceHead,
  { leftOut = {} }: DraftingAnswers,
): readonly WhereSuggestion[] {
  return columns.flatMap((column): WhereSuggestion[] => {
    const condition = conditionOf(column, head);
    if (condition === undefined) return [];
    const { expression, part, isClear } = condition;
    const answer = leftOut[expression];
    if (answer === false) return [];
    const told = part === undefined ? "" : ` · ${percentOf(part)} of the records`;
    const base = { column: column.path, expression };
    if (answer === true) {
      return [{ ...base, certainty: "certain", why: `as answered${told}`, isInForce: true }];
    }
    const name = foldWord(column.keys.at(-1) ?? column.column);
    const isDeleted = DELETED.test(name) && part !== undefined && part < MOST_DELETED && isClear;
    if (isDeleted && isSafe(column)) {
      const why = `its name says that they were deleted there${told}`;
      return [{ ...base, certainty: "likely", why, isInForce: true }];
    }
    const unsafe = isSafe(column) ? "" : "; a record without it is rejected by this";
    const why = `it may say who is blocked or gone${told}${unsafe}`;
    return [{ ...base, certainty: "guess", why, isInForce: false }];
  });
}

/** Whether every record has an answer: a key that some objects lack fails where it is asked for. */
function isSafe({ keys, filled, records }: ColumnFacts): boolean {
  return keys.length === 0 || filled === records;
}

function conditionOf(facts: ColumnFacts, head: SourceHead): Condition | undefined {
  if (!isStatusName(facts) || facts.filled === 0) return undefined;
  const read = readShort(facts, head);
  const isGone = GONE.test(foldWord(facts.keys.at(-1) ?? facts.column));
  const choices = toldChoices(facts);
  const byDate = { expression: `${read} == ""`, part: datedPart(facts), isClear: true };
  if (choices === undefined) return isGone ? byDate : undefined;
  // Where all are alike there is nobody to leave out.
  if (choices.length === 1 && facts.filled === facts.records) return undefined;
  // Of several words that are no yes, some may mean one; what is padded is compared as it stands.
  const isClear = choices.length <= 2 && facts.paddedPart === 0;
  const yes = choices.find(([value]) => YES.has(foldWord(value)));
  if (yes !== undefined) {
    const expression = `string(${read}) ${isGone ? "!=" : "=="} ${JSON.stringify(yes[0])}`;
    const part = yes[1] / facts.records;
    return { expression, part: isClear ? (isGone ? part : 1 - part) : undefined, isClear };
  }
  const good = choices.find(([value]) => GOOD.has(foldWord(value)));
  if (good !== undefined) {
    const expression = `${read} == ${JSON.stringify(good[0])}`;
    return { expression, part: 1 - good[1] / facts.records, isClear };
  }
  return isGone ? byDate : undefined;
}

/** A date of the end, and nothing where there was none. */
function datedPart({ shapes, filled, records }: ColumnFacts): number | undefined {
  return (shapes.get("date") ?? 0) === 1 ? filled / Math.max(1, records) : undefined;
}

function readShort(facts: ColumnFacts, head: SourceHead): string {
  const { column, keys } = facts;
  const isShort =
    keys.length === 0 &&
    /^[A-Za-z_]\w*$/.test(column) &&
    !CEL_WORDS.has(column) &&
    head.columns.includes(column);
  return isShort ? column : readByExpression(facts);
}
