import type { DirectorySchema, SourceHead, SourceRecord } from "../../core/index.ts";
import { isSecretName } from "../secret-names.ts";
import { proposeAttribute } from "./attribute-proposal.ts";
import { profileRule } from "./column-rule.ts";
import { describeColumn } from "./describe-column.ts";
import type { DraftedLine, ProposedLine, UnusedColumn } from "./drafted-mapping.ts";
import { isStatus, isStatusName } from "./fit-values.ts";
import type { AttributeGuess } from "./guess.ts";
import { guessAttributes } from "./guess-attributes.ts";
import type { ColumnFacts } from "./looking/column-look.ts";
import type { PresetBase } from "./preset-base.ts";
import { chooseLogin, type LoginChoice } from "./settle-login.ts";
import { suggestCountry } from "./suggest-clean.ts";
import { cutNames, readByExpression, settleNames } from "./settle-names.ts";
import { yamlScalar } from "./yaml-text.ts";

/** What lines are planned from. */
export interface LinesInput {
  /** Those that hold no password material. */
  readonly columns: readonly ColumnFacts[];
  readonly head: SourceHead;
  readonly schema: DirectorySchema;
  /** Paths of password material. */
  readonly hidden: readonly string[];
  /** Path of the column that was named as the login. */
  readonly login: string | undefined;
  readonly firstRecords: readonly SourceRecord[];
  /** What a preset maps already; undefined without one. */
  readonly preset: PresetBase | undefined;
}

/** What becomes of the columns of a source, each once. */
export interface PlannedLines {
  readonly lines: readonly DraftedLine[];
  readonly proposed: readonly ProposedLine[];
  readonly unused: readonly UnusedColumn[];
  readonly loginChoices: LoginChoice["choices"];
  readonly guesses: readonly AttributeGuess[];
}

/** Decides for every column whether an attribute takes it, one could, or none should. */
export function planLines(input: LinesInput): PlannedLines {
  const { columns: all, head, schema, hidden, login, preset, firstRecords } = input;
  const free = all.filter((column) => preset?.uses(column) !== true);
  const columns = free.filter((column) => !holdsPassword(column, hidden));
  const open = withoutAttributes(schema, preset);
  const first = guessAttributes(columns, open);
  const named = cutNames(settleNames(first, columnsBut(first, columns))).filter(({ attribute }) =>
    open.attributes.has(attribute),
  );
  const choice: LoginChoice = open.attributes.has("login")
    ? chooseLogin({ guesses: named, columns, schema, answer: login })
    : { guess: undefined, choices: [] };
  const guesses = withLogin(named, choice.guess, schema);
  const own = guesses.flatMap((guess) => lineOf(guess, { head, schema, firstRecords }));
  const kept = guesses.filter(({ attribute }) => own.some((line) => line.attribute === attribute));
  const lines = [...(preset?.lines ?? []), ...own];
  const proposed: ProposedLine[] = [];
  const unused: UnusedColumn[] = [];
  const taken = new Set(lines.map(({ attribute }) => attribute));
  for (const column of columnsBut(kept, free)) {
    const why = holdsPassword(column, hidden)
      ? HOLDS_PASSWORD
      : (preset?.whyUnused(column) ?? whyUnused(column));
    const rule = profileRule(column, head);
    if (why !== undefined || rule === undefined) {
      const looks = isSecret(column) || column.filled === 0 ? [] : describeColumn(column);
      unused.push({ column: column.path, why: why ?? CANT_BE_NAMED, looks });
      continue;
    }
    const proposal = proposeAttribute(column, schema, taken);
    taken.add(proposal.name);
    proposed.push({ proposal, rule, column: column.path, looks: describeColumn(column) });
  }
  return {
    lines,
    proposed,
    unused,
    loginChoices: choice.choices,
    guesses: [...(preset?.guesses ?? []), ...guesses],
  };
}

/** The schema without what the preset gives. */
function withoutAttributes(
  schema: DirectorySchema,
  preset: PresetBase | undefined,
): DirectorySchema {
  if (preset === undefined) return schema;
  const given = new Set(preset.lines.map(({ attribute }) => attribute));
  const attributes = [...schema.attributes].filter(([name]) => !given.has(name));
  return { ...schema, attributes: new Map(attributes) };
}

const CANT_BE_NAMED = "can't be named here";
const HOLDS_PASSWORD = "holds password material in some records, which no attribute may have";

/** Whether password material stands in a column, around it or inside it. */
function holdsPassword({ column, path }: ColumnFacts, hidden: readonly string[]): boolean {
  return hidden.some((secret) => secret === column || secret.startsWith(`${path}.`));
}

function columnsBut(
  guesses: readonly AttributeGuess[],
  columns: readonly ColumnFacts[],
): readonly ColumnFacts[] {
  const used = new Set(guesses.map(({ source }) => source.column));
  return columns.filter((column) => !used.has(column));
}

/** The guesses with the login chosen, first; its column is the e-mail address where none is known. */
function withLogin(
  guesses: readonly AttributeGuess[],
  login: AttributeGuess | undefined,
  schema: DirectorySchema,
): readonly AttributeGuess[] {
  const rest = guesses.filter(({ attribute }) => attribute !== "login");
  if (login === undefined) return rest;
  const { column } = login.source;
  const isMail = (column.shapes.get("mail") ?? 0) >= 0.9;
  const others =
    isMail && !rest.some(({ attribute }) => attribute === "email")
      ? [emailFrom(login), ...rest]
      : rest;
  const order = ["login", ...schema.attributes.keys()];
  return [login, ...others].toSorted(
    (left, right) => order.indexOf(left.attribute) - order.indexOf(right.attribute),
  );
}

function emailFrom(login: AttributeGuess): AttributeGuess {
  return {
    ...login,
    attribute: "email",
    certainty: "likely",
    reasons: ["logins are e-mail addresses, and no column is called as one"],
    warnings: [],
  };
}

function lineOf(
  guess: AttributeGuess,
  { head, schema, firstRecords }: Pick<LinesInput, "head" | "schema" | "firstRecords">,
): DraftedLine[] {
  const { attribute, source, certainty, reasons, warnings } = guess;
  const takesFirst = hasSeveral(guess, schema);
  const rule = takesFirst
    ? firstRule(source.column, head)
    : source.kind === "column"
      ? profileRule(source.column, head)
      : yamlScalar(source.text);
  if (rule === undefined) return [];
  const looks = source.kind === "column" ? describeColumn(source.column, attribute) : [];
  const hasNames = needsCodes(guess);
  const isInForce = !hasNames || suggestCountry(source.column, firstRecords)?.isInForce === true;
  return [
    {
      attribute,
      rule,
      column: source.column.path,
      certainty,
      reasons: [reasons.join(", "), ...looks],
      warnings: [
        ...(hasNames ? [] : warnings),
        ...(takesFirst ? ["some records have several values, of which the first is taken"] : []),
      ],
      isInForce,
      byPreset: false,
    },
  ];
}

/** Whether an attribute of one value is to come from a column of several. */
function hasSeveral({ attribute, source }: AttributeGuess, schema: DirectorySchema): boolean {
  const { listPart } = source.column;
  const isOne = schema.attributes.get(attribute)?.type !== "array";
  return source.kind === "column" && source.column.keys.length === 0 && isOne && listPart > 0;
}

/** The first value of a column; undefined where it can't be named. */
function firstRule(column: ColumnFacts, head: SourceHead): string | undefined {
  if (profileRule(column, head) === undefined || /[\p{C}\p{Zl}\p{Zp}]/u.test(column.column)) {
    return undefined;
  }
  return yamlScalar(`first(${readByExpression(column)})`);
}

/** Okta's country is a code of two letters: names in its place need a rule that makes them such. */
function needsCodes({ attribute, source: { column } }: AttributeGuess): boolean {
  return (
    attribute === "countryCode" &&
    column.filled > 0 &&
    (column.shapes.get("country-code") ?? 0) < 0.9
  );
}

function isSecret({ column, keys }: ColumnFacts): boolean {
  return [column, ...keys].some((name) => isSecretName(name));
}

function whyUnused(column: ColumnFacts): string | undefined {
  if (isSecret(column)) return "holds a secret by its name, and is never sent";
  if (column.filled === 0 && column.records > 0) return "is empty";
  if ((column.shapes.get("hash") ?? 0) > 0)
    return "holds stored hashes, which no attribute may have";
  if (column.objectPart > 0) return "holds objects, which no attribute can have";
  if (isStatusName(column) || isStatus(column)) return "may say how an account stands";
  return undefined;
}
