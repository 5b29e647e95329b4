import { dirname, resolve } from "node:path";
import { journalExists, openJournal, type SqliteJournal } from "../../journal/index.ts";
import { folderToMend } from "./locate-run.ts";
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
/** Those of them that name a file. */
const PATHS: ReadonlySet<string> = new Set(["config", "hashes"]);

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
  const known = await keptFlags(folder);
  const recalled = Object.entries(known).filter(([name]) => options[name as Kept] === undefined);
  if (recalled.length === 0) return options;
  const told = recalled.map(([name, value]) => `--${name} ${value}`).join(" ");
  view.say(`As the run began: ${told}`);
  const before = readRunOptions(undefined, Object.fromEntries(recalled));
  const parts = Object.fromEntries(recalled.map(([name]) => [name, before[name as Kept]]));
  return { ...options, ...parts };
}

/** Notes the flags in the run's journal, for {@link recallFlags}. */
export async function keepFlags(journal: SqliteJournal, options: RunOptions): Promise<void> {
  const entries = KEPT.flatMap((name) => {
    const value = options[name];
    if (value === undefined) return [];
    return [[name, PATHS.has(name) ? resolve(value) : value] as const];
  });
  await journal.keepFlags(Object.fromEntries(entries));
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

async function keptFlags(folder: string): Promise<Readonly<Partial<Record<Kept, string>>>> {
  const journal = await openJournal({ dir: folder, readOnly: true });
  try {
    const kept = await journal.keptFlags();
    return Object.fromEntries(KEPT.flatMap((name) => (kept[name] ? [[name, kept[name]]] : [])));
  } finally {
    await journal.close();
  }
}
