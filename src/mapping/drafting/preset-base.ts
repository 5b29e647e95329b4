import type { MigrationConfig, ProfileRule } from "../config/migration-config.ts";
import type { Mapping } from "../mapping.ts";
import { planMapping } from "../plan-mapping.ts";
import { type PresetName, presetOf } from "../presets/presets.ts";
import { findColumnPath } from "../values/column-path.ts";
import type { DraftedLine, DraftedPassword, DraftingInput } from "./drafted-mapping.ts";
import type { AttributeGuess } from "./guess.ts";
import type { ColumnFacts } from "./looking/column-look.ts";
import { yamlScalar } from "./yaml-text.ts";

/** What a preset gives, to which a draft only adds. */
export interface PresetBase {
  readonly name: PresetName;
  /** Its rules, each as a line. */
  readonly lines: readonly DraftedLine[];
  /** Those of them that are a column as it stands. */
  readonly guesses: readonly AttributeGuess[];
  /** Where it finds passwords; undefined where it knows of none, or the source has none. */
  readonly password: DraftedPassword | undefined;
  /** What its passwords lack, which only the operator has; safe to print. */
  readonly passwordWarning: string | undefined;
  /** In words, such as ``a stored hash in `pw` ``. */
  readonly passwordKind: string | undefined;
  /** Its condition for the records that are migrated. */
  readonly where: string | undefined;
  /** A condition that is false for those who are blocked there, which it leaves to the operator. */
  readonly unblocked: string | undefined;
  /** Whether one of its rules reads a column. */
  readonly uses: (column: ColumnFacts) => boolean;
  /** Why a column that no rule reads is left alone. */
  readonly whyUnused: (column: ColumnFacts) => string | undefined;
}

/** What the config of a preset gives for a source; undefined without a preset. */
export function presetBase({
  preset: config,
  head,
  schema,
  secrets = {},
  facts,
}: DraftingInput): PresetBase | undefined {
  if (config?.preset === undefined) return undefined;
  const { name } = config.preset;
  const mapping = planMapping({ head, config, schema, secrets, needsSecrets: false });
  const rules = config.profile ?? [];
  const reason = `by the preset ${name}`;
  const password = passwordOf(mapping, config, reason);
  const paths = [...pathsOf(mapping, config), ...(password?.columns ?? [])];
  const { unblocked } = presetOf(name);
  return {
    name,
    lines: rules.flatMap((rule) => lineOf(rule, reason)),
    guesses: rules.flatMap((rule) => guessOf(rule, facts.columns, reason)),
    password,
    passwordWarning:
      config.password?.paramsFile === undefined || secrets.params !== undefined
        ? undefined
        : "the hashes are not looked at without their parameters, whose file OKTA_MIGRATE_HASH_PARAMS_FILE names.",
    passwordKind: mapping.passwordKind,
    where: config.where?.expression,
    unblocked,
    uses: ({ path }) => paths.some((used) => isWithin(used, path) || isWithin(path, used)),
    whyUnused: (column) => {
      if (config.joins.some(({ as }) => as === column.column)) return "comes with the joined file";
      const isNamed = [config.where?.expression, unblocked].some((text) =>
        text?.includes(JSON.stringify(column.column)),
      );
      return isNamed ? "says how an account stands" : undefined;
    },
  };
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`);
}

/** The paths that rules name; of an expression the whole columns that it reads. */
function pathsOf(mapping: Mapping, { profile }: MigrationConfig): readonly string[] {
  if (profile === undefined) return [];
  return mapping.fields.flatMap(({ kind, from, columns }) =>
    kind === "column" ? [from] : columns,
  );
}

function lineOf({ attribute, value }: ProfileRule, reason: string): DraftedLine[] {
  if (value.kind === "none") return [];
  const text = value.kind === "constant" ? JSON.stringify(value.constant) : value.text;
  return [
    {
      attribute,
      rule: yamlScalar(text),
      column: text,
      certainty: "certain",
      reasons: [reason],
      warnings: [],
      isInForce: true,
      byPreset: true,
    },
  ];
}

function guessOf(
  { attribute, value }: ProfileRule,
  columns: readonly ColumnFacts[],
  reason: string,
): AttributeGuess[] {
  if (value.kind !== "text") return [];
  const named = findColumnPath(value.text, new Set(columns.map(({ column }) => column)));
  const column = columns.find(({ path }) => path === named?.path);
  if (column === undefined) return [];
  const source = { kind: "column", column } as const;
  return [{ attribute, source, certainty: "certain", reasons: [reason], warnings: [] }];
}

function passwordOf(
  mapping: Mapping,
  { password }: MigrationConfig,
  reason: string,
): DraftedPassword | undefined {
  const [column] = mapping.passwordColumns;
  if (password?.hash === undefined || column === undefined) return undefined;
  return {
    column: password.hash.column,
    certainty: "certain",
    reasons: [reason],
    settings: [],
    columns: mapping.passwordColumns,
    byPreset: true,
  };
}
