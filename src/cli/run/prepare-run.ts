import {
  ConfigError,
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
import type { OrgConnection } from "../../okta/index.ts";
import { fileExposure, type SourceOptions } from "../../sources/index.ts";
import { builtInSchema, createValidator } from "../../validation/index.ts";
import { openRunSource } from "./open-run-source.ts";
import { readHashSecrets } from "./read-hash-secrets.ts";
import type { Session } from "./session.ts";
import { settleFormat } from "./settle-format.ts";

/** All that is known before the first record is read. */
export interface PreparedRun {
  readonly source: UserSource;
  readonly head: SourceHead;
  readonly scenario: Scenario;
  readonly mapping: Mapping;
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
 *   PASSWORD_SECRET_MISSING, CONFIG_INVALID, OPTION_INVALID
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
  const schema = (await org?.readSchema()) ?? builtInSchema();
  const secrets = await readHashSecrets(environment);
  const plan = (by: MigrationConfig | undefined): Mapping =>
    planMapping({ head, config: by, schema, secrets, needsSecrets: scenario === "passwords" });
  const mapping =
    scenario === "passwords" ? await settleFormat(plan, config, session) : plan(config);
  if (scenario === "passwords" && !mapping.carriesPasswords) throw passwordsMissing(head, config);
  const validate = createValidator(schema);
  if (mapping.carriesPasswords) {
    if (source.replayable) await warnIfExposed(source.location, events);
    for (const { source: joined } of joins) await warnIfExposed(joined.location, events);
  }
  if (scenario === "hook") await warnWithoutHook(org, events);
  const otherwise = config?.otherwise ?? "reject";
  // What is joined is no column of the source's own, which a mended file could give back.
  const hidden = new Set([...mapping.secretColumns, ...joins.map(({ as }) => as)]);
  return {
    source,
    head,
    scenario,
    mapping,
    rulesFingerprint: `${mapping.fingerprint}-${otherwise}`,
    groups: config?.groups ?? [],
    notes: [...(head.notes ?? []), ...mapping.notes, ...validate.notes],
    rules: (groupIds) => ({
      scenario,
      otherwise,
      groupIds,
      map: (record) => mapping.map(record),
      validate,
      show: (record) => shownFields(record, hidden),
    }),
  };
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

async function warnIfExposed(location: string | undefined, events: EventSink): Promise<void> {
  if (location === undefined || location.includes("://")) return;
  if ((await fileExposure(location)) !== "readable-by-others") return;
  events.emit({
    event: "warning",
    message: `${location} holds password hashes, and others on this machine can read it.`,
    hint: `Make it yours alone: chmod 600 ${location}`,
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
