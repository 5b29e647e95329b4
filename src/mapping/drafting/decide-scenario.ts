import type { Scenario } from "../../core/index.ts";
import type { Reading } from "../../passwords/formats/index.ts";
import { percentOf } from "./describe-column.ts";
import type { DraftingAnswers } from "./drafted-mapping.ts";
import type { Certainty } from "./guess.ts";

/** How users are to arrive, with what speaks for it. */
export interface ScenarioDecision {
  readonly scenario: Scenario;
  readonly scenarioReason: string;
  /** What should be known of `otherwise`. */
  readonly otherwiseReasons: readonly string[];
  /** What is to be looked after in the hashes. */
  readonly passwordWarnings: readonly string[];
}

/** What the scenario follows from. */
export interface ScenarioInput {
  readonly answers: DraftingAnswers;
  /** How sure it is that there are passwords, and how many records have one; undefined without any. */
  readonly password: FoundPasswords | undefined;
  /** What the first records hold of passwords. */
  readonly readings: readonly Reading[];
}

/** Password material as far as the way of arrival depends on it. */
export interface FoundPasswords {
  readonly certainty: Certainty;
  readonly filled: number;
  readonly records: number;
}

const OTHERWISE =
  "What becomes of a record whose password can't be carried: reject, hook or staged.";
const ANSWERED = "As it was answered.";
const WITHOUT_HASHES =
  "guess: no column holds password hashes. staged: users without credentials, not active; " +
  "hook: active, the password checked by an import hook at the first sign-in.";
const MAX_LABELS = 5;

/** Decides how users arrive: with their hashes where there are some that Okta can take. */
export function decideScenario({ answers, password, readings }: ScenarioInput): ScenarioDecision {
  const { scenario: answer } = answers;
  if (password === undefined) {
    return {
      scenario: answer ?? "staged",
      scenarioReason: answer === undefined ? WITHOUT_HASHES : ANSWERED,
      otherwiseReasons: [OTHERWISE],
      passwordWarnings: [],
    };
  }
  const present = readings.filter(({ kind }) => kind !== "absent");
  const labels = labelsForHook(present);
  const isHookOnly = labels.length > 0 && present.every(isForHook);
  const told = labels.slice(0, MAX_LABELS).join(", ");
  const usual = isHookOnly
    ? {
        scenario: "hook" as const,
        scenarioReason: `likely: the hashes are ${told}, which Okta can't take; an import hook can check them.`,
      }
    : {
        scenario: "passwords" as const,
        scenarioReason: `${password.certainty}: passwords are carried over as stored hashes.`,
      };
  const { filled, records } = password;
  return {
    ...(answer === undefined ? usual : { scenario: answer, scenarioReason: ANSWERED }),
    otherwiseReasons: [
      OTHERWISE,
      ...(filled < records
        ? [`${percentOf(1 - filled / records)} of the records have no password hash.`]
        : []),
      ...(labels.length > 0 && !isHookOnly
        ? [`Some hashes are ones that Okta can't take: ${told}.`]
        : []),
    ],
    passwordWarnings: warnOfUnusable(present),
  };
}

function labelsForHook(readings: readonly Reading[]): readonly string[] {
  return [
    ...new Set(
      readings.flatMap((reading) =>
        reading.kind === "stored" && reading.stored.okta.kind === "hook"
          ? [reading.stored.label]
          : [],
      ),
    ),
  ];
}

function isForHook(reading: Reading): boolean {
  return reading.kind === "stored" && reading.stored.okta.kind === "hook";
}

/** The reason of the first one stands for the others. */
function warnOfUnusable(readings: readonly Reading[]): readonly string[] {
  const unusable = readings.flatMap((reading) =>
    reading.kind === "unusable" ? [reading.issue.reason] : [],
  );
  const [reason] = unusable;
  if (reason === undefined) return [];
  return [`of the first ${readings.length} hashes ${unusable.length} can't be used. ${reason}`];
}
