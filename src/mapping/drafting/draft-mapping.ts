import type { Reading } from "../../passwords/formats/index.ts";
import { parseMigrationConfig } from "../config/parse-migration-config.ts";
import type { Mapping } from "../mapping.ts";
import type { OpenQuestion } from "../password/open-question.ts";
import { planMapping } from "../plan-mapping.ts";
import { passwordRule } from "./column-rule.ts";
import { describeColumn } from "./describe-column.ts";
import type {
  DraftedMapping,
  DraftingAnswers,
  DraftedPassword,
  DraftingInput,
  DraftingQuestion,
  MaskedRecord,
} from "./drafted-mapping.ts";
import { decideScenario, type ScenarioDecision } from "./decide-scenario.ts";
import { guessPassword, type PasswordGuess } from "./guess-password.ts";
import { maskValue } from "./mask-value.ts";
import { planLines, type PlannedLines } from "./plan-lines.ts";
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
  const { facts, head, schema, answers } = input;
  const guess = guessPassword(facts.columns, head);
  const password = guess === undefined ? undefined : draftPassword(guess, input);
  const planned = planLines({
    columns: facts.columns.filter(({ path }) => password?.columns.includes(path) !== true),
    head,
    schema,
    hidden: password?.columns ?? [],
    login: answers.login,
  });
  const given = new Set(planned.lines.map(({ attribute }) => attribute));
  const missing = [...schema.attributes.values()]
    .filter(({ name, required, readOnly }) => required && readOnly !== true && !given.has(name))
    .map(({ name }) => name);
  const country = likelyCountry(planned.guesses);
  const cleaning = suggestCleaning({
    guesses: planned.guesses,
    firstRecords: facts.firstRecords,
    phoneCountry: answers.phoneCountry ?? country.code,
  });
  const base = { ...planned, cleaning, ...input, password, missing, where: suggestions(input) };
  const decide = (readings: readonly Reading[]): ScenarioDecision =>
    decideScenario({ answers, guess: password === undefined ? undefined : guess, readings });
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
    missing,
    questions: questionsOf(planned, parts, answers, openQuestion),
    sample: mapping === undefined ? [] : sampleOf(mapping, input),
  };
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
  for (const [key, value] of Object.entries<unknown>({ ...answers.format?.settings })) {
    if (typeof value === "string") settings.push([key, yamlScalar(value)]);
    if (typeof value === "number") settings.push([key, String(value)]);
  }
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
  return planMapping({ head, config, schema, secrets });
}

function suggestions({ facts }: DraftingInput): readonly string[] {
  return facts.columns.flatMap((column) => suggestWhere(column) ?? []);
}

function questionsOf(
  { loginChoices, guesses }: PlannedLines,
  { password }: DraftParts,
  answers: DraftingAnswers,
  openQuestion: OpenQuestion | undefined,
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
