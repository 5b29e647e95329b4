import { BARE_NAMES } from "./drafted-synonyms.ts";
import { foldWord } from "./fold-word.ts";
import type { AttributeGuess } from "./guess.ts";
import type { ColumnFacts } from "./looking/column-look.ts";

const BARE: ReadonlySet<string> = new Set(BARE_NAMES.split(" "));
const HONORIFICS =
  /^(?:dr|prof|mag|ing|dipl|mr|mrs|ms|miss|sir|herr|frau|hr|fr|m|mme|mlle|monsieur|madame|sr|sra|srta|don|dona|sig|sigra|signor|signora|dott|dottssa|dhr|mevr|mw|de heer)(?:$|[\s.])/i;

/**
 * Settles what the word for "name" means: with a column for one half of the name beside it, it is
 * the other half; alone it is the whole name, which first and last name are then cut from.
 *
 * @param free columns that no guess uses yet
 */
export function settleNames(
  guesses: readonly AttributeGuess[],
  free: readonly ColumnFacts[],
): readonly AttributeGuess[] {
  const settled = new Map(guesses.map((guess) => [guess.attribute, guess]));
  settleTitle(settled);
  const display = settled.get("displayName");
  const bare =
    display !== undefined && isBare(display.source.column)
      ? display.source.column
      : free.find((column) => isBare(column) && column.filled > 0);
  if (bare !== undefined) settleBareName(bare, settled);
  return [...settled.values()];
}

function settleBareName(column: ColumnFacts, settled: Map<string, AttributeGuess>): void {
  const missing = ["firstName", "lastName"].filter((attribute) => !settled.has(attribute));
  const [only, other] = missing;
  if (only !== undefined && other === undefined) {
    settled.delete("displayName");
    settled.set(only, {
      attribute: only,
      source: { kind: "column", column },
      certainty: "likely",
      reasons: ["the word for a name, and the other half of it has a column of its own"],
      warnings: [],
    });
  } else if (!settled.has("displayName")) {
    settled.set("displayName", {
      attribute: "displayName",
      source: { kind: "column", column },
      certainty: "likely",
      reasons: ["the word for a name"],
      warnings: [],
    });
  }
}

/** First and last name cut from the whole one, where no column has them. */
export function cutNames(guesses: readonly AttributeGuess[]): readonly AttributeGuess[] {
  const has = (attribute: string): boolean =>
    guesses.some((guess) => guess.attribute === attribute);
  const whole = guesses.find(({ attribute }) => attribute === "displayName");
  if (whole === undefined || has("firstName") || has("lastName")) return guesses;
  const { column } = whole.source;
  if (column.filled === 0) return guesses;
  const name = `${readByExpression(column)}.trim()`;
  const cut = (attribute: string, text: string, what: string): AttributeGuess => ({
    attribute,
    source: { kind: "expression", column, text },
    certainty: "guess",
    reasons: [what],
    warnings: ["names of several words may be cut wrongly"],
  });
  return [
    ...guesses,
    cut("firstName", `${name}.split(" ")[0]`, "the first word of the whole name"),
    cut(
      "lastName",
      `${name}.substring(${name}.indexOf(" ") + 1)`,
      "what follows the first word of the whole name",
    ),
  ];
}

/** A column as an expression reads it; of a missing one the text is empty. */
export function readByExpression({ column, keys }: ColumnFacts): string {
  return [`row[${JSON.stringify(column)}]`, ...keys.map((key) => `[${JSON.stringify(key)}]`)].join(
    "",
  );
}

/** `Titel` is a degree in German and a job elsewhere: the values tell. */
function settleTitle(settled: Map<string, AttributeGuess>): void {
  const title = settled.get("title");
  if (title === undefined || settled.has("honorificPrefix")) return;
  const { choices } = title.source.column;
  if (choices === undefined || choices.length === 0) return;
  if (!choices.every(([value]) => HONORIFICS.test(value.trim()))) return;
  settled.delete("title");
  settled.set("honorificPrefix", {
    ...title,
    attribute: "honorificPrefix",
    reasons: ["its values are forms of address"],
  });
}

function isBare({ column, keys }: ColumnFacts): boolean {
  return BARE.has(foldWord(keys.at(-1) ?? column));
}
