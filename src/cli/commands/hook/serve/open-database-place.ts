import {
  ConfigError,
  type Secret,
  type SourceRecord,
  type SourceValue,
} from "../../../../core/index.ts";
import { type HashLookup, type HashStore, hashesByQuery } from "../../../../hook/index.ts";
import {
  type ConfiguredStore,
  type Mapping,
  type MigrationConfig,
  parseMigrationConfig,
  planMapping,
} from "../../../../mapping/index.ts";
import { readStoredHash, type StoredHash } from "../../../../passwords/formats/index.ts";
import { systemClock } from "../../../../platform/index.ts";
import { type LookupRow, openLookup } from "../../../../sources/index.ts";
import { builtInSchema } from "../../../../validation/index.ts";
import type { Environment } from "../../../environment.ts";
import { readHashSecrets } from "../../../run/read-hash-secrets.ts";
import { formatAmbiguous } from "../../../run/settle-format.ts";
import { withPassword } from "../../../run/source-access.ts";

/** What the old database is opened with. */
export interface DatabaseTools {
  readonly environment: Environment;
  /** Says how the hashes were made. */
  readonly config: MigrationConfig | undefined;
  /** Chooses decoys. */
  readonly decoyKey: Secret<Uint8Array>;
}

/** Of nobody's password: it takes the time that most stored hashes take. */
const FIRST_DECOY = "$2b$10$yobOT8CyiI3Ls6BM/.MNWu.O6UcaOinlpRnEkPJttZn2dQZ5uZC42";

/**
 * Opens the old database as a store of hashes: its rows are read as `password` in the config says, as
 * those of a source are.
 *
 * @throws {ConfigError} OPTION_INVALID, CONFIG_INVALID, PASSWORD_MATERIAL_MISSING, PASSWORD_SECRET_MISSING,
 *   PASSWORD_FORMAT_AMBIGUOUS
 * @throws {SourceError} SOURCE_REFUSED, SOURCE_QUERY, SOURCE_LOST, SOURCE_UNREADABLE, DRIVER_MISSING
 */
export async function openDatabasePlace(
  { url, query }: Extract<ConfiguredStore, { kind: "database" }>,
  { environment, config, decoyKey }: DatabaseTools,
): Promise<{ readonly store: HashStore; readonly close: () => void }> {
  const { password } = await withPassword({ location: url }, environment);
  const lookup = await openLookup({ location: url, password, query });
  try {
    const mapping = await planHash(lookup.columns, config ?? NO_CONFIG, environment);
    const store = hashesByQuery({
      ask: async (asked, signal) => hashIn(await lookup.find(asked, signal), mapping),
      firstDecoy: firstDecoy(),
      key: decoyKey,
      clock: systemClock,
    });
    return { store, close: () => lookup.close() };
  } catch (error) {
    lookup.close();
    throw error;
  }
}

/** Of a mapping only the password counts here; a login it must have. */
async function planHash(
  columns: readonly string[],
  config: MigrationConfig,
  environment: Environment,
): Promise<Mapping> {
  const mapping = planMapping({
    head: { columns, samples: new Map(), description: "" },
    config: { ...config, preset: undefined, profile: LOGIN },
    schema: builtInSchema(),
    secrets: await readHashSecrets(environment),
  });
  if (mapping.openQuestion !== undefined) throw formatAmbiguous(mapping.openQuestion);
  if (mapping.carriesPasswords) return mapping;
  throw new ConfigError({
    code: "PASSWORD_MATERIAL_MISSING",
    at: "hook.stores",
    message: `None of the columns of the query is known to hold password hashes: ${columns.join(", ")}.`,
    hint: "Name the column in migration.yaml under password: hash, or in the query: select … as password_hash.",
  });
}

const NO_CONFIG = parseMigrationConfig("", { fileName: "migration.yaml" });
const LOGIN: MigrationConfig["profile"] = [
  {
    attribute: "login",
    line: undefined,
    value: { kind: "constant", constant: "of the one who signs in" },
    fallback: undefined,
  },
];

function hashIn(rows: readonly LookupRow[], mapping: Mapping): HashLookup {
  const [row, another] = rows;
  if (row === undefined) return { kind: "unknown" };
  if (another !== undefined) return { kind: "untold", because: "ambiguous" };
  const record = recordOf(row);
  const reading = record === undefined ? undefined : mapping.readPassword(record);
  if (reading?.kind === "absent") return { kind: "unknown" };
  return reading?.kind === "stored"
    ? { kind: "found", hash: reading.stored }
    : { kind: "untold", because: "damaged" };
}

/** Undefined where a value of the row can't be read. */
function recordOf(row: LookupRow): SourceRecord | undefined {
  const fields = new Map<string, SourceValue>();
  for (const [column, value] of row) {
    if (value === undefined) return undefined;
    fields.set(column, value);
  }
  return { seq: 1, line: 1, fields };
}

function firstDecoy(): StoredHash {
  const reading = readStoredHash(FIRST_DECOY, "bcrypt");
  if (reading.kind !== "stored") throw new Error("the first decoy is a bcrypt hash");
  return reading.stored;
}
