import { CEL_WORDS } from "../expressions/cel-environment.ts";
import { toldChoices } from "./describe-column.ts";
import { isStatusName } from "./fit-values.ts";
import { foldWord } from "./fold-word.ts";
import type { ColumnFacts } from "./looking/column-look.ts";
import { readByExpression } from "./settle-names.ts";

const GOOD: ReadonlySet<string> = new Set(
  "active activated enabled aktiv actif active activo attivo ativo actief ok".split(" "),
);
const YES: ReadonlySet<string> = new Set("true yes y 1 ja j oui o si s sim on waar".split(" "));
/** Beginnings of names that say that somebody is gone. */
const GONE =
  /^(?:is)?(?:disabled|blocked|locked|deleted|suspended|archived|inactive|banned|gesperrt|geloscht|deaktiviert|bloque|supprime|desactive|bloqueado|eliminado|borrado|inactivo|bloccato|cancellato|disattivato|excluido|inativo|geblokkeerd|verwijderd)/;

/** An expression that leaves out whom a column says to be gone; undefined where it says no such thing. */
export function suggestWhere(facts: ColumnFacts): string | undefined {
  if (!isStatusName(facts) || facts.filled === 0) return undefined;
  const read = readShort(facts);
  const isGone = GONE.test(foldWord(facts.keys.at(-1) ?? facts.column));
  const choices = toldChoices(facts);
  if (choices === undefined) return isGone ? `${read} == ""` : undefined;
  // Where all are alike there is nobody to leave out.
  if (choices.length === 1 && facts.filled === facts.records) return undefined;
  const yes = choices.find(([value]) => YES.has(foldWord(value)));
  if (yes !== undefined) return `string(${read}) ${isGone ? "!=" : "=="} ${JSON.stringify(yes[0])}`;
  const good = choices.find(([value]) => GOOD.has(foldWord(value)));
  if (good !== undefined) return `${read} == ${JSON.stringify(good[0])}`;
  return isGone ? `${read} == ""` : undefined;
}

function readShort(facts: ColumnFacts): string {
  const { column, keys } = facts;
  const isShort = keys.length === 0 && /^[A-Za-z_]\w*$/.test(column) && !CEL_WORDS.has(column);
  return isShort ? column : readByExpression(facts);
}
