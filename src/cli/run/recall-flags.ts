import { dirname } from "node:path";
import { journalExists, openJournal, type SqliteJournal } from "../../journal/index.ts";
import { absoluteLocation } from "../../sources/index.ts";
import { folderToMend } from "./locate-run.ts";
import { configFile } from "./read-config.ts";
import { readRunOptions, type RunOptions } from "./run-options.ts";
import type { Session } from "./session.ts";

/** Flags that say what the source is and how it is read: the same for all processes of a run. */
const KEPT = [
  "config",
  "preset",
  "hashes",
  "format",
  "encoding",
  "delimiter",
  "records",
  "sheet",
] as const;
/** Beside the flags: where the process worked, which relative paths in the config go by. */
const FOLDER = "workedIn";

/**
 * The flags with those that a run began with, where the run is named and not its source, as in
 * `retry --run DIR`. What is given goes before what was.
 *
 * @throws {ConfigError} RUN_NOT_FOUND for a `failures.csv` whose run is not there
 */
export async function recallFlags<Options extends RunOptions>(
  options: Options,
  { view }: Pick<Session, "view">,
): Promise<Options> {
  const folder = await folderOf(options);
  if (folder === undefined) return options;
  const { flags, workedIn } = await keptFlags(folder);
  const recalled = Object.entries(flags).filter(([name]) => options[name as Kept] === undefined);
  if (recalled.length === 0) return options;
  const found = await configFile({ config: undefined });
  const told = recalled.filter(([, value]) => value !== found);
  if (told.length > 0) {
    view.say(`As the run began: ${told.map(([name, value]) => `--${name} ${value}`).join(" ")}`);
  }
  const before = readRunOptions(undefined, Object.fromEntries(recalled));
  const parts = Object.fromEntries(recalled.map(([name]) => [name, before[name as Kept]]));
  const isElsewhere = "config" in parts && workedIn !== undefined && workedIn !== process.cwd();
  return { ...options, ...parts, ...(isElsewhere ? { configBase: workedIn } : {}) };
}

/**
 * Notes the flags in the run's journal, for {@link recallFlags}: paths made absolute, and the config
 * also where it was found in the working directory, since the run may be taken up from another one.
 */
export async function keepFlags(journal: SqliteJournal, options: RunOptions): Promise<void> {
  const { hashes } = options;
  const paths: Readonly<Record<string, string | undefined>> = {
    config: await configFile(options),
    hashes: hashes === undefined ? undefined : absoluteLocation(hashes),
  };
  const entries = KEPT.flatMap((name) => {
    const value = paths[name] ?? options[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const workedIn = options.configBase ?? process.cwd();
  await journal.keepFlags({ ...Object.fromEntries(entries), [FOLDER]: workedIn });
}

type Kept = (typeof KEPT)[number];

/** The folder of the run that is named without its source; undefined where none is. */
async function folderOf(options: RunOptions): Promise<string | undefined> {
  const { source, run } = options;
  if (source === "-") return undefined;
  const folder = run ?? (source === undefined ? undefined : dirname(source));
  if (folder === undefined || !(await journalExists(folder))) return undefined;
  return source === undefined ? folder : folderToMend({ location: source }, options);
}

interface KeptFlags {
  readonly flags: Readonly<Partial<Record<Kept, string>>>;
  /** Folder that relative paths in the config meant; undefined for a run of an earlier version. */
  readonly workedIn: string | undefined;
}

async function keptFlags(folder: string): Promise<KeptFlags> {
  const journal = await openJournal({ dir: folder, readOnly: true });
  try {
    const kept = await journal.keptFlags();
    const flags = KEPT.flatMap((name) => (kept[name] ? [[name, kept[name]]] : []));
    return { flags: Object.fromEntries(flags) as KeptFlags["flags"], workedIn: kept[FOLDER] };
  } finally {
    await journal.close();
  }
}
