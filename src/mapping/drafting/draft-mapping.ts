import type { Scenario } from "../../core/index.ts";
import type { Reading } from "../../passwords/formats/index.ts";
import { parseMigrationConfig } from "../config/parse-migration-config.ts";
import type { Mapping } from "../mapping.ts";
import type { OpenQuestion } from "../password/open-question.ts";
import { planMapping } from "../plan-mapping.ts";
import { passwordRule } from "./column-rule.ts";
import { describeColumn, percentOf } from "./describe-column.ts";
import type {
  Draft,
  DraftAnswers,
  DraftedPassword,
  DraftInput,
  DraftQuestion,
  MaskedRecord,
} from "./draft.ts";
import { guessPassword, type PasswordGuess } from "./guess-password.ts";
import { maskValue } from "./mask-value.ts";
import { planLines, type PlannedLines } from "./plan-lines.ts";
import { suggestWhere } from "./suggest-where.ts";
import { type DraftParts, writeDraft } from "./write-draft.ts";
import { yamlScalar } from "./yaml-text.ts";

const SHOWN_RECORDS = 3;
const FILE_NAME = "migration.yaml";

/**
 * Drafts `migration.yaml` for a source that was looked at: what is known is written, what is thought
 * is written with its reason, and what can't be known is asked or left as a comment. The draft reads
 * as {@link parseMigrationConfig} wants it, and tells of every column once.
 *
 * @throws {ConfigError} PASSWORD_SECRET_MISSING never of a draft without answers
 */
export function draftMapping(input: DraftInput): Draft {
  const { facts, head, schema, answers } = input;
  const guess = guessPassword(facts.columns, head);
  const password = guess === undefined ? undefined : draftPassword(guess, input);
  const planned = planLines({
    columns: facts.columns.filter(({ path }) => password?.columns.includes(path) !== true),
    head,
    schema,
    login: answers.login,
  });
  const given = new Set(planned.lines.map(({ attribute }) => attribute));
  const missing = [...schema.attributes.values()]
    .filter(({ name, required, readOnly }) => required && readOnly !== true && !given.has(name))
    .map(({ name }) => name);
  const base = { ...planned, ...input, password, missing, where: suggestions(input) };
  const first = { ...base, ...undecided(answers, password), openQuestion: undefined };
  const mapping = planDraft(writeDraft(first), input, planned);
  const openQuestion = mapping?.openQuestion;
  const readings = facts.firstRecords.flatMap((record) =>
    mapping === undefined ? [] : [mapping.readPassword(record)],
  );
  const parts: DraftParts = {
    ...base,
    ...decideScenario({ answers, password, readings, guess }),
    openQuestion,
  };
  return {
    ...parts,
    text: writeDraft(parts),
    questions: questionsOf(planned, parts, answers, openQuestion),
    sample: mapping === undefined ? [] : sampleOf(mapping, input),
  };
}

function draftPassword(
  { hash, salt, workFactor, certainty, reasons }: PasswordGuess,
  { head, answers }: DraftInput,
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
  for (const [key, value] of Object.entries(answers.format?.settings ?? {})) {
    settings.push([key, typeof value === "number" ? String(value) : yamlScalar(value)]);
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
  { head, schema, secrets = {} }: DraftInput,
  { lines }: PlannedLines,
): Mapping | undefined {
  const config = parseMigrationConfig(text, { fileName: FILE_NAME });
  if (!lines.some(({ attribute }) => attribute === "login")) return undefined;
  return planMapping({ head, config, schema, secrets });
}

interface Decision extends Pick<DraftParts, "scenario" | "scenarioReason" | "otherwiseReasons"> {}

function undecided(answers: DraftAnswers, password: DraftedPassword | undefined): Decision {
  const scenario: Scenario = password === undefined ? "staged" : "passwords";
  return { scenario: answers.scenario ?? scenario, scenarioReason: "", otherwiseReasons: [] };
}

function decideScenario({
  answers,
  password,
  readings,
  guess,
}: {
  readonly answers: DraftAnswers;
  readonly password: DraftedPassword | undefined;
  readonly readings: readonly Reading[];
  readonly guess: PasswordGuess | undefined;
}): Decision {
  const otherwiseReasons = [
    "What becomes of a record whose password can't be carried: reject, hook or staged.",
  ];
  if (password === undefined || guess === undefined) {
    const scenario = answers.scenario ?? "staged";
    const reason =
      answers.scenario === undefined
        ? "guess: no column holds password hashes. staged: users without credentials, not active; " +
          "hook: active, the password checked by an import hook at the first sign-in."
        : "as it was answered";
    return { scenario, scenarioReason: reason, otherwiseReasons };
  }
  const stored = readings.flatMap((reading) => (reading.kind === "stored" ? [reading.stored] : []));
  const forHook = stored.filter(({ okta }) => okta.kind === "hook");
  const labels = [...new Set(forHook.map(({ label }) => label))].slice(0, 5).join(", ");
  const { filled, records } = guess.hash;
  if (filled < records) {
    otherwiseReasons.push(
      `${percentOf(1 - filled / records)} of the records have no password hash.`,
    );
  }
  const isHookOnly =
    forHook.length > 0 &&
    forHook.length === readings.filter(({ kind }) => kind !== "absent").length;
  if (forHook.length > 0 && !isHookOnly) {
    otherwiseReasons.push(`Some hashes are ones that Okta can't take: ${labels}.`);
  }
  if (answers.scenario !== undefined) {
    return { scenario: answers.scenario, scenarioReason: "as it was answered", otherwiseReasons };
  }
  return isHookOnly
    ? {
        scenario: "hook",
        scenarioReason: `likely: the hashes are ${labels}, which Okta can't take; an import hook can check them.`,
        otherwiseReasons,
      }
    : {
        scenario: "passwords",
        scenarioReason: `${guess.certainty}: passwords are carried over as stored hashes.`,
        otherwiseReasons,
      };
}

function suggestions({ facts }: DraftInput): readonly string[] {
  return facts.columns.flatMap((column) => suggestWhere(column) ?? []);
}

function questionsOf(
  { loginChoices }: PlannedLines,
  { password }: DraftParts,
  answers: DraftAnswers,
  openQuestion: OpenQuestion | undefined,
): readonly DraftQuestion[] {
  const questions: DraftQuestion[] = [];
  if (loginChoices.length > 1 && answers.login === undefined) {
    const choices = loginChoices.map((column) => ({
      column: column.path,
      looks: describeColumn(column),
    }));
    questions.push({ kind: "login", choices });
  }
  if (password === undefined && answers.scenario === undefined)
    questions.push({ kind: "scenario" });
  if (openQuestion !== undefined) questions.push({ kind: "format", ...openQuestion });
  return questions;
}

function sampleOf(mapping: Mapping, { facts }: DraftInput): readonly MaskedRecord[] {
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
