import type { DirectorySchema, Scenario, SourceHead } from "../../core/index.ts";
import type { MigrationConfig } from "../config/migration-config.ts";
import type { DraftedSource } from "./write-source.ts";
import type { HashSecrets } from "../password/hash-secrets.ts";
import type { OpenQuestion, PasswordAnswer } from "../password/open-question.ts";
import type { AttributeProposal } from "./attribute-proposal.ts";
import type { Certainty } from "./guess.ts";
import type { SourceFacts } from "./looking/source-look.ts";

/** What a draft is made from. */
export interface DraftingInput {
  readonly source: DraftedSource;
  readonly head: SourceHead;
  readonly facts: SourceFacts;
  readonly schema: DirectorySchema;
  /** What the environment holds of the making of hashes. @default none */
  readonly secrets?: HashSecrets;
  readonly answers: DraftingAnswers;
  /** What a preset says, which the draft adds to. @default no preset */
  readonly preset?: MigrationConfig | undefined;
  /** Year and month of the draft, such as `2026-11`. */
  readonly month: string;
}

/** What only the operator knows; what is left out is guessed. */
export interface DraftingAnswers {
  /** Path of the column that holds the login. */
  readonly login?: string;
  readonly scenario?: Scenario;
  readonly format?: PasswordAnswer;
  /** Country of telephone numbers that name none, two capitals. */
  readonly phoneCountry?: string;
  /** By the expression of a condition: whether those are left out whom it is not true for. */
  readonly leftOut?: Readonly<Record<string, boolean>>;
}

/** A line of `profile`. */
export interface DraftedLine {
  readonly attribute: string;
  /** The rule, as YAML on one line. */
  readonly rule: string;
  /** Path of the column that it reads. */
  readonly column: string;
  readonly certainty: Certainty;
  /** Why, and what the column looks like; safe to print. */
  readonly reasons: readonly string[];
  readonly warnings: readonly string[];
  /** Whether it stands in force, and not as a comment that a person is to settle. */
  readonly isInForce: boolean;
  /** Whether the preset gives it, so that the file only tells of it. */
  readonly byPreset: boolean;
}

/** A column that no attribute of the org takes, as a line that waits for one. */
export interface ProposedLine {
  readonly proposal: AttributeProposal;
  readonly rule: string;
  readonly column: string;
  readonly looks: readonly string[];
}

/** A column that is not used. */
export interface UnusedColumn {
  readonly column: string;
  readonly why: string;
  readonly looks: readonly string[];
}

/** Where passwords are read from, as lines of `password`. */
export interface DraftedPassword {
  readonly column: string;
  readonly certainty: Certainty;
  readonly reasons: readonly string[];
  /** Keys of `password` with their values as YAML. */
  readonly settings: readonly (readonly [string, string])[];
  /** Paths of all columns that it reads. */
  readonly columns: readonly string[];
  /** Whether the preset says where it is, so that the settings only add to that. */
  readonly byPreset: boolean;
}

/** What the values of an attribute seem to need before Okta takes them, or to be alike. */
export interface CleaningSuggestion {
  /** `*`: all of them. */
  readonly attribute: string;
  /** The rules, as YAML on one line. */
  readonly rules: string;
  readonly certainty: Certainty;
  /** Safe to print. */
  readonly why: string;
  /** Whether it stands in force, and not as a comment that a person is to settle. */
  readonly isInForce: boolean;
}

/** A condition that leaves out who is gone. */
export interface WhereSuggestion {
  /** Path of the column that it asks for. */
  readonly column: string;
  /** True for the records that are migrated. */
  readonly expression: string;
  readonly certainty: Certainty;
  /** Safe to print. */
  readonly why: string;
  /** Whether it stands in force, and not as a comment that a person is to settle. */
  readonly isInForce: boolean;
}

/** A question whose answer the columns do not give. */
export type DraftingQuestion =
  | { readonly kind: "login"; readonly choices: readonly LoginOption[] }
  /** There is no password material: how are people to get in? */
  | { readonly kind: "scenario" }
  | ({ readonly kind: "format" } & OpenQuestion)
  | { readonly kind: "phone-country"; readonly guess: string | undefined }
  /** Are they to be left out whom it is not true for? */
  | ({ readonly kind: "where" } & Pick<WhereSuggestion, "column" | "expression" | "why">);

/** A column that may be the login. */
export interface LoginOption {
  readonly column: string;
  readonly looks: readonly string[];
}

/** A sampled record as it would be mapped, masked. */
export interface MaskedRecord {
  readonly line: number;
  /** Attribute to a masked value. */
  readonly profile: Readonly<Record<string, string>>;
  /** The format of its password, such as `bcrypt 10`; undefined where it has none. */
  readonly password: string | undefined;
  /** How many things are wrong with it. */
  readonly issues: number;
}

/** A drafted `migration.yaml`. */
export interface DraftedMapping {
  /** The file. */
  readonly text: string;
  readonly scenario: Scenario;
  readonly lines: readonly DraftedLine[];
  readonly proposed: readonly ProposedLine[];
  readonly unused: readonly UnusedColumn[];
  readonly password: DraftedPassword | undefined;
  /** What is to be looked after in the hashes; safe to print. */
  readonly passwordWarnings: readonly string[];
  readonly cleaning: readonly CleaningSuggestion[];
  readonly where: readonly WhereSuggestion[];
  /** Required attributes that nothing gives. */
  readonly missing: readonly string[];
  /** Those that are open after the answers that were given. */
  readonly questions: readonly DraftingQuestion[];
  readonly sample: readonly MaskedRecord[];
}
