import {
  ConfigError,
  type DirectorySchema,
  type SourceHead,
  type SourceValue,
} from "../core/index.ts";
import type { Reading } from "../passwords/formats/index.ts";
import { planCleaning } from "./cleaning/plan-cleaning.ts";
import type { MigrationConfig } from "./config/migration-config.ts";
import { findNearest, suggest } from "./did-you-mean.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { mapRecord } from "./map-record.ts";
import type { Mapping } from "./mapping.ts";
import { matchColumns } from "./matching/match-columns.ts";
import { type Mistake, mistakesError } from "./mistakes.ts";
import {
  assertOfPreset,
  notesOfPreset,
  passwordRule,
  withKnownColumns,
} from "./presets/fit-preset.ts";
import { assertSecrets, type HashSecrets } from "./password/hash-secrets.ts";
import { type PasswordPlan, planPassword } from "./password/plan-password.ts";
import {
  type AttributePlan,
  openContext,
  planColumn,
  planProfile,
  type ProfilePlanning,
} from "./plan-profile.ts";
import { planGroups } from "./plan-groups.ts";
import { planWhere } from "./plan-where.ts";
import { printableText, showColumns, showName } from "./show-name.ts";
import { isSecretName } from "./secret-names.ts";

const ABSENT: Reading = { kind: "absent" };

/** What a mapping is planned from. */
export interface MappingInput {
  readonly head: SourceHead;
  /** Undefined: everything is matched by name. */
  readonly config: MigrationConfig | undefined;
  readonly schema: DirectorySchema;
  /** What the environment holds of the making of hashes. @default none */
  readonly secrets?: HashSecrets;
  /** Whether hashes are to be read, so that their secrets must be there. @default true */
  readonly needsSecrets?: boolean;
}

/**
 * Works out once how the records of a source become drafts.
 *
 * The config's `profile` and `password` hold as they are written; what it leaves out is matched by
 * name. Everything that can be wrong with the rules themselves is told here, before any record.
 *
 * @throws {ConfigError} CONFIG_INVALID for expressions, constants and columns that can't be; all of
 *   them at once, each with its line. MAPPING_INCOMPLETE when nothing gives the login.
 *   PRESET_UNFIT when the source is no export of the preset's system.
 *   PASSWORD_SECRET_MISSING when the config counts on a secret that the environment does not hold
 */
export function planMapping({
  head,
  config,
  schema,
  secrets = {},
  needsSecrets = true,
}: MappingInput): Mapping {
  assertOfPreset(head, config?.preset);
  const known = withKnownColumns(head, config?.preset);
  const password = planPassword(head, passwordRule(head, config), secrets);
  const hidden = new Set(password.plan?.secretPaths ?? []);
  const profile =
    config?.profile === undefined
      ? planByName(head, schema)
      : planProfile(config.profile, { head: known, schema, hidden });
  const where = planWhere(config?.where, openContext(known, hidden));
  const cleaning = planCleaning(config?.clean ?? [], profile.plans);
  const groups = planGroups(config?.groupsFrom, { head: known, hidden });
  const mistakes = [
    ...profile.mistakes,
    ...groups.mistakes,
    ...password.mistakes,
    ...where.mistakes,
    ...(profile.mistakes.length === 0 ? cleaning.mistakes : []),
    ...findUnknownOrder(config, known),
  ];
  const fileName = config?.fileName ?? "migration.yaml";
  if (mistakes.length > 0) throw mistakesError(fileName, mistakes);
  if (needsSecrets) assertSecrets(config?.password, secrets, fileName);
  const plans = profile.plans.map((plan): AttributePlan => {
    const cleaner = cleaning.cleaners.get(plan.attribute);
    return cleaner === undefined ? plan : { ...plan, cleaner };
  });
  if (!plans.some(({ attribute }) => attribute === "login")) throw loginMissing(head, config);
  const parts = { password: password.plan, groups: groups.plan };
  const used = new Set(plans.flatMap(({ columns }) => columns));
  for (const column of [...(password.plan?.columns ?? []), ...where.columns, ...groups.columns])
    used.add(column);
  return {
    lines: plans.map(({ attribute, kind, from }) => ({
      attribute,
      kind,
      from: printableText(from),
    })),
    fields: plans.map(({ attribute, kind, from, columns }) => ({
      attribute,
      kind,
      from: printableText(from),
      columns,
    })),
    passwordColumns: password.plan?.columns ?? [],
    notes: [
      ...notesOfPreset(config),
      ...profile.notes,
      ...where.notes,
      ...groups.notes,
      ...password.notes,
      ...noteMissing(plans, schema),
    ],
    unusedColumns: head.columns.filter((column) => !used.has(column)),
    passwordKind: password.plan?.description,
    carriesPasswords: password.plan !== undefined,
    secretColumns: findSecretColumns(head, hidden),
    cleaning: plans.flatMap(({ attribute, cleaner }) =>
      cleaner === undefined ? [] : [{ attribute, rules: cleaner.rules }],
    ),
    lossyRules: plans.flatMap(({ attribute, cleaner }) =>
      (cleaner?.lossyRules ?? []).map((rule) => `${attribute} ${rule}`),
    ),
    accepts: where.accepts,
    fingerprint: fingerprintOf(describeRules(plans, password.plan, config)),
    openQuestion: password.plan?.openQuestion,
    groupsFrom: config?.groupsFrom?.text,
    groupColumns: groups.columns,
    map: (record) => mapRecord(record, plans, parts),
    readPassword: (record) => password.plan?.read(record) ?? ABSENT,
  };
}

function planByName(head: SourceHead, schema: DirectorySchema): ProfilePlanning {
  const { columns, notes } = matchColumns(head, schema);
  const plans = [...columns].map(([attribute, column]) => planColumn(attribute, column, schema));
  return { plans, notes, mistakes: [] };
}

function loginMissing(head: SourceHead, config: MigrationConfig | undefined): ConfigError {
  if (config?.profile !== undefined) {
    const nearest = findNearest(
      "login",
      config.profile.map(({ attribute }) => attribute),
    );
    const text = `Nothing gives \`login\`.${suggest(nearest)} ${showColumns(head.columns)}`;
    return mistakesError(
      config.fileName,
      [{ line: config.profileLine, path: "profile", text }],
      "MAPPING_INCOMPLETE",
      "Add `login:` with the column that holds the login, or `login: email` for the e-mail address.",
    );
  }
  return new ConfigError({
    code: "MAPPING_INCOMPLETE",
    message: `No column of the source is the login or the e-mail address. ${showColumns(head.columns)}`,
    hint: "Write `profile:` with `login: <column>` and a line for every other attribute into migration.yaml.",
  });
}

function noteMissing(plans: readonly AttributePlan[], schema: DirectorySchema): string[] {
  const mapped = new Set(plans.map(({ attribute }) => attribute));
  return [...schema.attributes.values()]
    .filter(({ name, required, readOnly }) => required && readOnly !== true && !mapped.has(name))
    .map(({ name }) => `${printableText(name)} is required, and nothing gives it.`);
}

function findSecretColumns(head: SourceHead, mapped: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set(mapped);
  for (const column of head.columns) {
    if (isSecretName(column)) found.add(column);
    for (const sample of head.samples.get(column) ?? []) addSecretKeys(column, sample, found, 0);
  }
  return found;
}

const MAX_DEPTH = 8;

function addSecretKeys(path: string, value: SourceValue, found: Set<string>, depth: number): void {
  if (typeof value !== "object" || value === null || depth === MAX_DEPTH) return;
  if (Array.isArray(value)) {
    for (const item of value) addSecretKeys(path, item as SourceValue, found, depth + 1);
    return;
  }
  for (const [key, inner] of Object.entries<SourceValue>(
    value as Readonly<Record<string, SourceValue>>,
  )) {
    const innerPath = `${path}.${key}`;
    if (isSecretName(key)) found.add(innerPath);
    addSecretKeys(innerPath, inner, found, depth + 1);
  }
}

function describeRules(
  plans: readonly AttributePlan[],
  password: PasswordPlan | undefined,
  config: MigrationConfig | undefined,
): string {
  const rules = plans
    .map(({ attribute, kind, from, fallback }) => JSON.stringify([attribute, kind, from, fallback]))
    .toSorted();
  const groups = config?.groupsFrom?.text;
  const described = [rules, password?.rules, ...(groups === undefined ? [] : [{ groups }])];
  // Without these a mapping has the fingerprint that it had before there were any.
  const cleaning = plans.flatMap(({ attribute, cleaner }) =>
    cleaner === undefined ? [] : [JSON.stringify([attribute, cleaner.description])],
  );
  const isPlain = config?.where === undefined && cleaning.length === 0;
  if (isPlain && (config?.duplicates.kind ?? "reject") === "reject") {
    return JSON.stringify(described);
  }
  const { where, duplicates } = config ?? {};
  const order = duplicates?.kind === "latest" ? duplicates.by.column : undefined;
  return JSON.stringify([
    ...described,
    where?.expression,
    cleaning.toSorted(),
    duplicates?.kind,
    order,
  ]);
}

/** The column that tells which duplicate is the latest must be there. */
function findUnknownOrder(
  config: MigrationConfig | undefined,
  { columns }: SourceHead,
): readonly Mistake[] {
  if (config?.duplicates.kind !== "latest") return [];
  const { column, line, path } = config.duplicates.by;
  if (columns.includes(column)) return [];
  const nearest = findNearest(column, columns);
  const told = nearest === undefined ? ` ${showColumns(columns)}` : suggest(printableText(nearest));
  return [{ line, path, text: `The source has no column ${showName(column)}.${told}` }];
}
