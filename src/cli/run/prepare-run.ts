import {
  ConfigError,
  type DirectorySchema,
  type EventSink,
  type Scenario,
  type SourceHead,
  type UserSource,
} from "../../core/index.ts";
import {
  type Mapping,
  type MigrationConfig,
  planMapping,
  shownFields,
} from "../../mapping/index.ts";
import type { RecordRules } from "../../migration/index.ts";
import type { NamedRealm, NamedUserType, OrgConnection } from "../../okta/index.ts";
import { CleaningExamples } from "../../reports/index.ts";
import { fileExposure, filePathOf, type SourceOptions } from "../../sources/index.ts";
import {
  builtInSchema,
  createGroupJudge,
  createValidator,
  type GroupJudge,
} from "../../validation/index.ts";
import { lossNotAccepted } from "./confirm-loss.ts";
import { openRunSource } from "./open-run-source.ts";
import { readHashSecrets } from "./read-hash-secrets.ts";
import type { Session } from "./session.ts";
import { settleFormat } from "./settle-format.ts";

/** All that is known before the first record is read. */
export interface PreparedRun {
  readonly source: UserSource;
  readonly head: SourceHead;
  readonly scenario: Scenario;
  /** The org's, or Okta's documented one. */
  readonly schema: DirectorySchema;
  readonly mapping: Mapping;
  /** Names of the user type and the realm of everyone that the run creates. */
  readonly places: { readonly type: string | undefined; readonly realm: string | undefined };
  /** Takes examples of what cleaning rules do, as records are planned. */
  readonly examples: CleaningExamples;
  /** Whether cleaning may lose something without anybody being asked. */
  readonly lossAccepted: boolean;
  /** Tells one way of judging records from another: when it changes, they are planned again. */
  readonly rulesFingerprint: string;
  /** Names of the groups of everyone that the run creates. */
  readonly groups: readonly string[];
  /** What should be known of mapping, schema and source. */
  readonly notes: readonly string[];
  /** The rules for records, once the groups' ids are known. */
  rules(groupIds: readonly string[]): RecordRules;
}

/** What a run is prepared from. */
export interface Preparation {
  readonly source: SourceOptions;
  readonly config: MigrationConfig | undefined;
  /** By flag; else the config's, else with passwords. */
  readonly scenario: Scenario | undefined;
  /** Undefined: without an org. */
  readonly org: OrgConnection | undefined;
  readonly session: Pick<Session, "environment" | "events" | "canAsk" | "view">;
}

/**
 * Opens the source, reads the org's schema, and plans the mapping between them.
 *
 * @throws {ConfigError} MAPPING_INCOMPLETE, PASSWORD_MATERIAL_MISSING, PASSWORD_FORMAT_AMBIGUOUS,
 *   PASSWORD_SECRET_MISSING, CONFIG_INVALID, OPTION_INVALID, USER_TYPE_UNKNOWN, REALM_UNKNOWN
 * @throws {SourceError} when the source can't be read
 * @throws {OktaError} when the org can't be reached or refuses
 */
export async function prepareRun(preparation: Preparation): Promise<PreparedRun> {
  const { config, org, session } = preparation;
  const { environment, events } = session;
  const joins = config?.joins ?? [];
  const scenario = preparation.scenario ?? config?.scenario ?? "passwords";
  const source = await openRunSource(preparation.source, config, {
    environment,
    events,
    signal: preparation.source.signal,
  });
  const head = await source.head();
  const { type, realm } = await findPlaces(config, org);
  const schema = (await org?.readSchema(type?.schemaId)) ?? builtInSchema();
  const secrets = await readHashSecrets(environment);
  const plan = (by: MigrationConfig | undefined): Mapping =>
    planMapping({ head, config: by, schema, secrets, needsSecrets: scenario === "passwords" });
  const mapping =
    scenario === "passwords" ? await settleFormat(plan, config, session) : plan(config);
  if (scenario === "passwords" && !mapping.carriesPasswords) throw passwordsMissing(head, config);
  if (!source.replayable) assertReadableOnce(mapping, config);
  const validate = createValidator(schema);
  const groupJudge = await openGroupJudge(config, org, preparation.source.signal);
  for (const location of filesOfPasswords(mapping, source, joins)) {
    await warnIfExposed(location, events);
  }
  if (scenario === "hook") await warnWithoutHook(org, events);
  const otherwise = config?.otherwise ?? "reject";
  // What is joined is no column of the source's own, which a mended file could give back.
  const hidden = new Set([...mapping.secretColumns, ...joins.map(({ as }) => as)]);
  return {
    source,
    head,
    scenario,
    schema,
    mapping,
    examples: new CleaningExamples(),
    lossAccepted: config?.lossy === "accept",
    rulesFingerprint: [mapping.fingerprint, otherwise, ...placeMarks({ type, realm })].join("-"),
    places: { type: type?.name ?? config?.type, realm: realm?.name ?? config?.realm },
    groups: config?.groups ?? [],
    notes: [...(head.notes ?? []), ...mapping.notes, ...validate.notes],
    rules: (groupIds) => ({
      scenario,
      otherwise,
      groupIds,
      typeId: type?.id,
      realmId: realm?.id,
      accepts: mapping.accepts,
      duplicates: config?.duplicates ?? { kind: "reject" },
      map: (record) => mapping.map(record),
      groupIdsOf: groupJudge && ((draft) => groupJudge.idsOf(draft)),
      validate:
        groupJudge === undefined
          ? validate
          : (draft) => [...validate(draft), ...groupJudge.issuesOf(draft)],
      show: (record) => shownFields(record, hidden),
    }),
  };
}

/** What is to be known of the groups that records name; undefined where they name none. */
async function openGroupJudge(
  config: MigrationConfig | undefined,
  org: OrgConnection | undefined,
  signal = new AbortController().signal,
): Promise<GroupJudge | undefined> {
  if (config?.groupsFrom === undefined) return undefined;
  return createGroupJudge(await org?.listGroups(signal), config.groups);
}

interface Places {
  readonly type: NamedUserType | undefined;
  readonly realm: NamedRealm | undefined;
}

/** What the config names, found in the org; nothing without one. */
async function findPlaces(
  config: MigrationConfig | undefined,
  org: OrgConnection | undefined,
): Promise<Places> {
  const { type, realm } = config ?? {};
  return {
    type: type === undefined ? undefined : await org?.findUserType(type),
    realm: realm === undefined ? undefined : await org?.findRealm(realm),
  };
}

/** What tells one place from another; nothing for the org's defaults. */
function placeMarks({ type, realm }: Places): readonly string[] {
  return type === undefined && realm === undefined ? [] : [type?.id ?? "", realm?.id ?? ""];
}

/**
 * What is read only once is sent before it is known as a whole.
 *
 * @throws {ConfigError} OPTION_INVALID, CONFIRMATION_NEEDED
 */
function assertReadableOnce(mapping: Mapping, config: MigrationConfig | undefined): void {
  if (config?.duplicates.kind === "latest") {
    throw new ConfigError({
      code: "OPTION_INVALID",
      at: "duplicates",
      message:
        "Standard input is sent as it is read: which of several records is the latest is not known in time.",
      hint: "Save it to a file and import that, or keep the first ones.",
    });
  }
  if (config?.lossy !== "accept" && mapping.lossyRules.length > 0) {
    throw lossNotAccepted(mapping.lossyRules.join(", "));
  }
}

function passwordsMissing(head: SourceHead, config: MigrationConfig | undefined): ConfigError {
  const hint =
    config?.preset === undefined ? "" : " A file of hashes apart is named with --hashes.";
  return new ConfigError({
    code: "PASSWORD_MATERIAL_MISSING",
    at: "scenario",
    message: `The source has no password hashes: none of its columns is known to hold them (${head.columns.join(", ")}).`,
    hint: `Is --staged or --hook meant?${hint} Else name the column in migration.yaml under password: hash.`,
  });
}

/** Where the columns of password material come from: the main source, joined ones, or both. */
function filesOfPasswords(
  { passwordColumns }: Mapping,
  source: UserSource,
  joins: MigrationConfig["joins"],
): readonly string[] {
  const joined = joins.filter(({ as }) => passwordColumns.includes(as));
  const isMain = passwordColumns.some((column) => !joins.some(({ as }) => as === column));
  return [
    ...(isMain && source.replayable ? [source.location] : []),
    ...joined.flatMap(({ source: { location } }) => location ?? []),
  ];
}

async function warnIfExposed(location: string, events: EventSink): Promise<void> {
  if (location.includes("://")) return;
  if ((await fileExposure(location)) !== "readable-by-others") return;
  events.emit({
    event: "warning",
    message: `${location} holds password hashes, and others on this machine can read it.`,
    hint: `Make it yours alone: chmod 600 ${filePathOf(location)}`,
  });
}

async function warnWithoutHook(org: OrgConnection | undefined, events: EventSink): Promise<void> {
  if ((await org?.hasActivePasswordHook()) !== false) return;
  events.emit({
    event: "warning",
    message:
      "The org has no active password import hook: nobody that is created now can sign in until it has one.",
    hint: "Register the hook before people are told to sign in.",
  });
}
