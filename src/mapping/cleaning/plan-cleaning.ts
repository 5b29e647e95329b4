import { RULES_FOR_ALL } from "../config/clean-schema.ts";
import type { AttributeCleaning } from "../config/migration-config.ts";
import { findNearest, suggest } from "../did-you-mean.ts";
import type { Mistake } from "../mistakes.ts";
import { isSecretName } from "../secret-names.ts";
import { showName } from "../show-name.ts";
import { buildCleaner, type Cleaner, nameOf } from "./build-cleaner.ts";
import type { CleanRule } from "./clean-rule.ts";

/** For all attributes. */
const ALL = "*";
/** Rules that go with each other and with one of the rest. */
const BESIDE_OTHERS: readonly CleanRule["kind"][] = ["nfc", "whitespace", "trim", "empty"];

/** An attribute that is mapped, as far as cleaning needs to know it. */
export interface CleanedAttribute {
  readonly attribute: string;
  readonly kind: "column" | "expression" | "constant";
  readonly columns: readonly string[];
}

/** Cleaners by attribute, and what is wrong with the rules. */
export interface CleaningPlan {
  readonly cleaners: ReadonlyMap<string, Cleaner>;
  readonly mistakes: readonly Mistake[];
}

/** Gives every mapped attribute its cleaner; a constant is as the operator wrote it and has none. */
export function planCleaning(
  cleaning: readonly AttributeCleaning[],
  attributes: readonly CleanedAttribute[],
): CleaningPlan {
  const mapped = new Map(attributes.map((attribute) => [attribute.attribute, attribute]));
  const forAll = cleaning.find(({ attribute }) => attribute === ALL)?.rules ?? [];
  const mistakes = cleaning.flatMap((one) => findMistakes(one, mapped));
  const cleaners = new Map<string, Cleaner>();
  for (const { attribute, kind, columns } of attributes) {
    if (kind === "constant") continue;
    const own = cleaning.find((one) => one.attribute === attribute)?.rules ?? [];
    const rules = withoutRepeats([...own, ...forAll]);
    if (rules.length === 0) continue;
    const isShowable = !columns.some((column) => isSecretName(column));
    cleaners.set(attribute, buildCleaner(attribute, rules, isShowable));
  }
  return { cleaners, mistakes };
}

/** An attribute's own rule goes before that of all, such as markers of its own. */
function withoutRepeats(rules: readonly CleanRule[]): readonly CleanRule[] {
  const kinds = new Set<string>();
  return rules.filter(({ kind }) => {
    if (kinds.has(kind) || (kind === "trim" && kinds.has("whitespace"))) return false;
    kinds.add(kind);
    return true;
  });
}

function isCase(kind: CleanRule["kind"]): boolean {
  return kind === "lower" || kind === "upper" || kind === "title";
}

function findMistakes(
  { attribute, line, rules }: AttributeCleaning,
  mapped: ReadonlyMap<string, CleanedAttribute>,
): readonly Mistake[] {
  const at = (text: string): Mistake => ({ line, path: `clean.${attribute}`, text });
  if (attribute === ALL) {
    return rules
      .filter(({ kind }) => !RULES_FOR_ALL.includes(kind))
      .map((rule) =>
        at(
          `\`${nameOf(rule)}\` needs to name its attribute; for all there are ${RULES_FOR_ALL.join(", ")}.`,
        ),
      );
  }
  if (!mapped.has(attribute)) {
    const nearest = suggest(findNearest(attribute, mapped.keys()));
    return [at(`Nothing is mapped to ${showName(attribute)}.${nearest}`)];
  }
  const kinds = rules.map(({ kind }) => kind);
  const twice = kinds.find((kind, index) => kinds.indexOf(kind) !== index);
  if (twice !== undefined) return [at(`\`${twice}\` stands twice.`)];
  const exclusive = kinds.filter((kind) => !BESIDE_OTHERS.includes(kind));
  const [one, other] = exclusive;
  // A text may be cut whatever its case; what was read as something may not.
  const isText = exclusive.length === 2 && kinds.includes("cut") && exclusive.some(isCase);
  if (one === undefined || other === undefined || isText) return [];
  return [at(`\`${one}\` and \`${other}\` exclude each other.`)];
}
