import type { Reading } from "../../passwords/formats/index.ts";
import { parseMigrationConfig } from "../config/parse-migration-config.ts";
import type { Mapping } from "../mapping.ts";
import { planMapping } from "../plan-mapping.ts";
import { withPreset } from "../presets/with-preset.ts";
import { passwordRule } from "./column-rule.ts";
import { describeColumn } from "./describe-column.ts";
import type {
  DraftedMapping,
  DraftingAnswers,
  DraftedPassword,
  DraftingInput,
  DraftingQuestion,
  MaskedRecord,
  WhereSuggestion,
} from "./drafted-mapping.ts";
import { decideScenario, type FoundPasswords, type ScenarioDecision } from "./decide-scenario.ts";
import { guessPassword, type PasswordGuess } from "./guess-password.ts";
import { maskValue } from "./mask-value.ts";
import { planLines, type PlannedLines } from "./plan-lines.ts";
import { type PresetBase, presetBase } from "./preset-base.ts";
import { lackCountry, likelyCountry, suggestCleaning } from "./suggest-clean.ts";
import { suggestWhere } from "./suggest-where.ts";
import { type DraftParts, writeDraft } from "./write-draft.ts";
import { yamlScalar } from "./yaml-text.ts";

const SHOWN_RECORDS = 3;
const FILE_NAME = "migration.yaml";

/**
 * Drafts `migration.yaml` for a source that was looked at: what is known is written, what is thought
 * is written with its reason, and what can't be known is asked or left as a comment. The draft reads
 * as {@link parseMigrationConfig} wants it, and tells of every column once.
 */
export function draftMapping(input: DraftingInput): DraftedMapping {
  const { facts, head, schema, answers, source } = input;
  const preset = presetBase(input);
  const guess = preset?.password === undefined ? guessPassword(facts.columns, head) : undefined;
  const password = guess === undefined ? withFormat(preset, answers) : draftPassword(guess, input);
  const planned = planLines({
    columns: facts.columns.filter(({ path }) => password?.columns.includes(path) !== true),
    head,
    schema,
    hidden: password?.columns ?? [],
    login: answers.login,
    firstRecords: facts.firstRecords,
    preset,
  });
  const given = new Set(planned.lines.map(({ attribute }) => attribute));
  const missing = [...schema.attributes.values()]
    .filter(({ name, required, readOnly }) => required && readOnly !== true && !given.has(name))
    .map(({ name }) => name);
  const inForce = planned.lines.filter(({ isInForce }) => isInForce);
  const cleaning = suggestCleaning({
    guesses: planned.guesses,
    firstRecords: facts.firstRecords,
    mapped: new Set(inForce.map(({ attribute }) => attribute)),
    phoneCountry: answers.phoneCountry,
    isReadOnce: source.location === "-",
  });
  const where = conditions(input, preset);
  const base = {
    ...planned,
    ...input,
    cleaning,
    password,
    missing,
    where,
    preset,
    configured: input.preset,
  };
  const found = foundPasswords(password, facts);
  const decide = (readings: readonly Reading[]): ScenarioDecision => {
    const warning = preset?.passwordWarning;
    if (warning === undefined) return decideScenario({ answers, password: found, readings });
    const decision = decideScenario({ answers, password: found, readings: [] });
    return { ...decision, passwordWarnings: [warning] };
  };
  const first = { ...base, ...decide([]), openQuestion: undefined };
  const mapping = planDraft(writeDraft(first), input, planned);
  const openQuestion = mapping?.openQuestion;
  const readings = facts.firstRecords.flatMap((record) =>
    mapping === undefined ? [] : [mapping.readPassword(record)],
  );
  const parts: DraftParts = { ...base, ...decide(readings), openQuestion };
  return {
    text: writeDraft(parts),
    scenario: parts.scenario,
    lines: planned.lines,
    proposed: planned.proposed,
    unused: planned.unused,
    password,
    passwordWarnings: parts.passwordWarnings,
    cleaning,
    where,
    missing,
    questions: questionsOf(planned, parts, answers),
    sample: mapping === undefined ? [] : sampleOf(mapping, input),
  };
}

/** Where a preset finds passwords, with the format that was answered. */
function withFormat(
  preset: PresetBase | undefined,
  answers: DraftingAnswers,
): DraftedPassword | undefined {
  const password = preset?.password;
  return password && { ...password, settings: [...password.settings, ...formatSettings(answers)] };
}

function formatSettings({ format }: DraftingAnswers): readonly (readonly [string, string])[] {
  return Object.entries<unknown>({ ...format?.settings }).flatMap(([key, value]) => {
    if (typeof value === "string") return [[key, yamlScalar(value)] as const];
    return typeof value === "number" ? [[key, String(value)] as const] : [];
  });
}

/** How many records have a password, as far as its column tells. */
function foundPasswords(
  password: DraftedPassword | undefined,
  { columns, records }: DraftingInput["facts"],
): FoundPasswords | undefined {
  if (password === undefined) return undefined;
  const { certainty, column } = password;
  const filled = columns.find(({ path }) => path === column)?.filled ?? records;
  return { certainty, filled, records };
}

/** Conditions by the columns, and that of a preset for who is blocked. */
function conditions(
  { facts, head, answers }: DraftingInput,
  preset: PresetBase | undefined,
): readonly WhereSuggestion[] {
  const columns = facts.columns.filter((column) => preset?.whyUnused(column) === undefined);
  // What a preset says of the deleted stays in force: one more condition would go in its place.
  const found = suggestWhere(columns, head, answers).map((one) =>
    preset === undefined || answers.leftOut?.[one.expression] === true
      ? one
      : { ...one, isInForce: false },
  );
  const expression = preset?.unblocked;
  if (preset === undefined || expression === undefined) return found;
  // Nobody is asked about a column that the export does not have.
  if (!facts.columns.some(({ column }) => expression.includes(JSON.stringify(column))))
    return found;
  const answer = answers.leftOut?.[expression];
  if (answer === false) return found;
  const isInForce = answer === true;
  const certainty = isInForce ? ("certain" as const) : ("guess" as const);
  const why = isInForce ? "as answered" : `who is blocked, as the preset ${preset.name} knows it`;
  return [{ column: preset.name, expression, certainty, why, isInForce }, ...found];
}

function draftPassword(
  { hash, salt, workFactor, certainty, reasons }: PasswordGuess,
  { head, answers }: DraftingInput,
): DraftedPassword | undefined {
  const hashRule = passwordRule(hash, head);
  if (hashRule === undefined) return undefined;
  const saltRule = salt === undefined ? undefined : passwordRule(salt, head);
  const factorRule =
    workFactor === undefined || saltRule === undefined ? undefined : passwordRule(workFactor, head);
  const settings: (readonly [string, string])[] = [
    [saltRule === undefined ? "hash" : "value", hashRule],
  ];
  if (saltRule !== undefined) settings.push(["salt", saltRule]);
  if (factorRule !== undefined) settings.push(["workFactor", factorRule]);
  settings.push(...formatSettings(answers));
  return {
    column: hash.path,
    certainty,
    reasons: [reasons.join(", "), ...describeColumn(hash).slice(0, 1)],
    settings,
    columns: [
      hash.path,
      ...(salt === undefined || saltRule === undefined ? [] : [salt.path]),
      ...(workFactor === undefined || factorRule === undefined ? [] : [workFactor.path]),
    ],
    byPreset: false,
  };
}

/** The draft as a mapping; undefined where nothing can be a login. */
function planDraft(
  text: string,
  { head, schema, secrets = {} }: DraftingInput,
  { lines }: PlannedLines,
): Mapping | undefined {
  const config = parseMigrationConfig(text, { fileName: FILE_NAME });
  if (!lines.some(({ attribute }) => attribute === "login")) return undefined;
  const whole = withPreset(config, { name: undefined, hashes: undefined });
  return planMapping({ head, config: whole, schema, secrets, needsSecrets: false });
}

function questionsOf(
  { loginChoices, guesses }: PlannedLines,
  { password, where, openQuestion }: DraftParts,
  answers: DraftingAnswers,
): readonly DraftingQuestion[] {
  const questions: DraftingQuestion[] = [];
  if (loginChoices.length > 1 && answers.login === undefined) {
    const choices = loginChoices.map((column) => ({
      column: column.path,
      looks: describeColumn(column),
    }));
    questions.push({ kind: "login", choices });
  }
  if (password === undefined && answers.scenario === undefined)
    questions.push({ kind: "scenario" });
  if (lackCountry(guesses) && answers.phoneCountry === undefined) {
    const { code, isSure } = likelyCountry(guesses);
    if (!isSure) questions.push({ kind: "phone-country", guess: code });
  }
  for (const { column, expression, why, isInForce } of where) {
    if (!isInForce) questions.push({ kind: "where", column, expression, why });
  }
  if (openQuestion !== undefined) questions.push({ kind: "format", ...openQuestion });
  return questions;
}

function sampleOf(mapping: Mapping, { facts }: DraftingInput): readonly MaskedRecord[] {
  return facts.firstRecords.slice(0, SHOWN_RECORDS).map((record) => {
    const { draft, issues } = mapping.map(record);
    const { password } = draft;
    return {
      line: record.line,
      profile: Object.fromEntries(
        Object.entries(draft.profile).map(([name, value]) => [name, maskValue(value)]),
      ),
      password: password.kind === "none" ? undefined : password.label,
      issues: issues.length,
    };
  });
}
