import { ConfigError, type DirectorySchema, type UserSource } from "../../../../core/index.ts";
import { type Mapping, type MigrationConfig, planMapping } from "../../../../mapping/index.ts";
import { fileExposure, filePathOf } from "../../../../sources/index.ts";
import { builtInSchema } from "../../../../validation/index.ts";
import { sourceOptions, withInput } from "../../../run/locate-run.ts";
import { openRunSource } from "../../../run/open-run-source.ts";
import { readHashSecrets } from "../../../run/read-hash-secrets.ts";
import type { RunOptions } from "../../../run/run-options.ts";
import type { Session } from "../../../run/session.ts";
import { settleFormat } from "../../../run/settle-format.ts";

/** A source, and how its passwords are read. */
export interface PreparedSealing {
  readonly source: UserSource;
  /** For people. */
  readonly description: string;
  readonly mapping: Mapping;
}

/**
 * Opens the source and plans its mapping, as an import does.
 *
 * @throws {ConfigError} SOURCE_MISSING, MAPPING_INCOMPLETE, PASSWORD_MATERIAL_MISSING,
 *   PASSWORD_FORMAT_AMBIGUOUS, PASSWORD_SECRET_MISSING, CONFIG_INVALID, OPTION_INVALID
 * @throws {SourceError} when the source can't be read
 */
export async function prepareSealing(
  options: RunOptions,
  config: MigrationConfig | undefined,
  { session, signal }: { readonly session: Session; readonly signal: AbortSignal },
): Promise<PreparedSealing> {
  const given = sourceOptions(options, config);
  if (given === undefined) throw sourceMissing();
  const source = await openRunSource(withInput(given), config, { ...session, signal });
  const head = await source.head();
  const schema = withoutDuties(builtInSchema());
  const secrets = await readHashSecrets(session.environment);
  const plan = (by: MigrationConfig | undefined): Mapping =>
    planMapping({ head, config: by, schema, secrets });
  const mapping = await settleFormat(plan, config, session);
  if (!mapping.carriesPasswords) throw passwordsMissing(head.columns);
  await warnIfExposed(source, session);
  return { source, description: head.description, mapping };
}

/** What a user must have is no matter here: its login and its hash are all that is read. */
function withoutDuties(schema: DirectorySchema): DirectorySchema {
  const attributes = [...schema.attributes].map(
    ([name, attribute]) => [name, { ...attribute, required: false }] as const,
  );
  return { ...schema, attributes: new Map(attributes) };
}

async function warnIfExposed(source: UserSource, { events }: Session): Promise<void> {
  if (!source.replayable || (await fileExposure(source.location)) !== "readable-by-others") return;
  events.emit({
    event: "warning",
    message: `${source.location} holds password hashes, and others on this machine can read it.`,
    hint: `Make it yours alone: chmod 600 ${filePathOf(source.location)}`,
  });
}

function sourceMissing(): ConfigError {
  return new ConfigError({
    code: "SOURCE_MISSING",
    at: "[source]",
    message: "No source is named, neither on the command line nor in migration.yaml.",
    hint: "Name one, as in: okta-migrate hook seal users.csv --store passwords.sealed",
  });
}

function passwordsMissing(columns: readonly string[]): ConfigError {
  return new ConfigError({
    code: "PASSWORD_MATERIAL_MISSING",
    at: "password",
    message: `The source has no password hashes to seal: none of its columns is known to hold them (${columns.join(", ")}).`,
    hint: "Name the column in migration.yaml under password: hash.",
  });
}
