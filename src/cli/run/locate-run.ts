import { dirname } from "node:path";
import { ConfigError } from "../../core/index.ts";
import { journalExists, openJournal, type RunIdentity } from "../../journal/index.ts";
import type { MigrationConfig } from "../../mapping/index.ts";
import { isFailuresHeader } from "../../reports/index.ts";
import { absoluteLocation, openSource, type SourceOptions } from "../../sources/index.ts";
import type { Environment } from "../environment.ts";
import { defaultRunFolder } from "./run-folder.ts";
import type { RunOptions } from "./run-options.ts";
import { withPassword } from "./source-access.ts";

/** Where a run is, what it reads, and what the operator mended of it. */
export interface LocatedRun {
  readonly folder: string;
  readonly source: SourceOptions;
  /** A mended `failures.csv` that is given back. */
  readonly mended: SourceOptions | undefined;
}

/** What a run is looked for with, beside what the operator says. */
export interface RunSurroundings {
  /** Part of the folder's name; undefined where no org is named. */
  readonly orgHost: string | undefined;
  /** Where the password of a source comes from. */
  readonly environment: Environment;
}

/** The flags that name a source and how it is read. */
export type SourceFlags = Pick<
  RunOptions,
  "source" | "format" | "encoding" | "delimiter" | "records" | "sheet" | "preset" | "hashes"
>;

/** The columns of ours that tell a `failures.csv` from any other table. */
const OUR_COLUMNS = ["line", "outcome", "code", "reason", "hint"];

/**
 * Finds the run's folder and its source: as named, as the config says, or, for a run that began
 * before, as its journal knows.
 *
 * @throws {ConfigError} SOURCE_MISSING, RUN_NOT_FOUND, OPTION_INVALID
 */
export async function locateRun(
  options: RunOptions,
  config: MigrationConfig | undefined,
  surroundings: RunSurroundings,
): Promise<LocatedRun> {
  const located = await findRun(options, config, surroundings.orgHost);
  return { ...located, source: await withPassword(located.source, surroundings.environment) };
}

async function findRun(
  options: RunOptions,
  config: MigrationConfig | undefined,
  orgHost: string | undefined,
): Promise<LocatedRun> {
  const given = sourceOptions(options, config);
  const mendedFolder = given === undefined ? undefined : await folderToMend(given, options);
  if (given !== undefined && mendedFolder !== undefined) {
    const source = await knownSource(mendedFolder, readingOptions(options, config));
    return { folder: mendedFolder, source, mended: given };
  }
  if (given !== undefined) {
    const source = withInput({ ...given, location: absoluteLocation(given.location) });
    const folder = options.run ?? defaultRunFolder(openSource(source).name, orgHost);
    return { folder, source, mended: undefined };
  }
  if (options.run !== undefined && (await journalExists(options.run))) {
    const source = await knownSource(options.run, readingOptions(options, config));
    return { folder: options.run, source, mended: undefined };
  }
  throw new ConfigError({
    code: "SOURCE_MISSING",
    at: "[source]",
    message: "No source is named, neither on the command line nor in migration.yaml.",
    hint: "Name one, as in: okta-migrate import users.csv",
  });
}

/** What an earlier process noted of the run in a folder. */
export async function knownRun(folder: string): Promise<RunIdentity> {
  const journal = await openJournal({ dir: folder, readOnly: true });
  try {
    return journal.identity();
  } finally {
    await journal.close();
  }
}

/** The source that a run began with, to be read once more. */
async function knownSource(
  folder: string,
  reading: Omit<SourceOptions, "location">,
): Promise<SourceOptions> {
  const { location } = (await knownRun(folder)).source;
  if (location !== "-") return { ...reading, location };
  throw new ConfigError({
    code: "SOURCE_MISSING",
    at: "[source]",
    message: `The run in ${folder} read standard input, which can't be read again.`,
    hint: "Pipe the same stream again with - as the source, or save it to a file and import that with --source-changed.",
  });
}

/** The same source, with this process's own standard input where it is `-`. */
export function withInput(source: SourceOptions): SourceOptions {
  return source.location === "-" ? { ...source, stdin: process.stdin } : source;
}

/** Which source is meant, and how it is to be read: as flags say, else as the config does. */
export function sourceOptions(
  options: SourceFlags,
  config: MigrationConfig | undefined,
): SourceOptions | undefined {
  const location = options.source ?? config?.source?.location;
  return location === undefined ? undefined : { ...readingOptions(options, config), location };
}

/** How the source is to be read; flags go before the config. */
function readingOptions(
  options: SourceFlags,
  config: MigrationConfig | undefined,
): Omit<SourceOptions, "location"> {
  const { location: _, ...configured } = config?.source ?? { location: undefined };
  const { format, encoding, delimiter, records, sheet } = options;
  return {
    ...configured,
    ...(format === undefined ? {} : { format }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(records === undefined ? {} : { records }),
    ...(sheet === undefined ? {} : { sheet }),
  };
}

/** The folder of the run whose mended `failures.csv` this source is; undefined when it is none. */
export async function folderToMend(
  given: Pick<SourceOptions, "location">,
  options: Pick<RunOptions, "run">,
): Promise<string | undefined> {
  if (given.location === "-" || !/\.csv$/i.test(given.location)) return undefined;
  const { columns } = await openSource({ location: given.location }).head();
  const isOurs = OUR_COLUMNS.every((column) => columns.includes(column));
  if (options.run === undefined && !isOurs) return undefined;
  if (!isFailuresHeader(columns)) return undefined;
  const folder = options.run ?? dirname(given.location);
  if (await journalExists(folder)) {
    const known = await knownRun(folder);
    return known.source.location === absoluteLocation(given.location) ? undefined : folder;
  }
  if (!isOurs) return undefined;
  throw new ConfigError({
    code: "RUN_NOT_FOUND",
    at: "--run",
    message: `${given.location} is the failures.csv of a run, and ${folder} holds no run.`,
    hint: "Name the run's folder, as in: okta-migrate import failures.csv --run DIR",
  });
}
