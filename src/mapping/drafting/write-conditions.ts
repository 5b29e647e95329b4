import type { CleaningSuggestion, WhereSuggestion } from "./drafted-mapping.ts";
import type { PresetBase } from "./preset-base.ts";
import { showName } from "../show-name.ts";
import { yamlComment, yamlScalar } from "./yaml-text.ts";

/** `clean`, with the rules that are in force; the others as comments in it. */
export function writeCleaning(cleaning: readonly CleaningSuggestion[]): string[] {
  if (cleaning.length === 0) return [];
  return [
    ...yamlComment("What values need, for Okta to take them or to be alike:"),
    // Without a rule in it, the part itself would be a mistake.
    cleaning.some(({ isInForce }) => isInForce) ? "clean:" : "# clean:",
    ...cleaning.flatMap(({ attribute, rules, certainty, why, isInForce }) => [
      ...yamlComment(`${certainty}: ${why}`, "  "),
      `  ${isInForce ? "" : "# "}${attribute === "*" ? '"*"' : yamlScalar(attribute)}: ${rules}`,
    ]),
  ];
}

/**
 * `where`, with all conditions that are in force as one; each of the others as a comment that could
 * stand in its place.
 */
export function writeWhere(
  where: readonly WhereSuggestion[],
  preset: PresetBase | undefined,
): string[] {
  const inForce = where.filter(({ isInForce }) => isInForce);
  const base = [
    ...(preset?.where === undefined ? [] : [preset.where]),
    ...inForce.map(({ expression }) => expression),
  ];
  return [
    ...(preset?.where === undefined
      ? []
      : [
          ...yamlComment(
            `certain: the preset ${preset.name} leaves out who was deleted there. A \`where\` of ` +
              'yours goes in its place; "true" takes all.',
          ),
          ...(inForce.length === 0 ? [`#   where: ${yamlScalar(preset.where)}`] : []),
        ]),
    ...inForce.flatMap((one) => yamlComment(told(one))),
    ...(inForce.length === 0 ? [] : [`where: ${joined(base)}`]),
    ...where
      .filter(({ isInForce }) => !isInForce)
      .flatMap((one) => [
        ...yamlComment(
          base.length === 0
            ? `${told(one)}. To leave them out:`
            : `${told(one)}. To leave them out as well, in the place of the line above:`,
        ),
        `# where: ${joined([...base, one.expression])}`,
      ]),
  ];
}

function told({ certainty, column, why }: WhereSuggestion): string {
  return `${certainty}: ${showName(column)}: ${why}`;
}

function joined(expressions: readonly string[]): string {
  const [only, other] = expressions;
  if (only !== undefined && other === undefined) return yamlScalar(only);
  return yamlScalar(expressions.map((one) => `(${one})`).join(" && "));
}
