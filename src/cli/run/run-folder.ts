import { join } from "node:path";
import { JournalError, type Summary } from "../../core/index.ts";
import type { SqliteJournal } from "../../journal/index.ts";
import { makePrivateFolder, openPrivateFile, replacePrivateFile } from "../../platform/index.ts";
import {
  createdHeader,
  createdRow,
  csvLine,
  failuresHeader,
  failuresRow,
} from "../../reports/index.ts";

/** Where runs go unless `--run` says otherwise. */
export const RUNS_FOLDER = "okta-migrate-runs";

/** A file of the run, with what it holds, for people. */
export interface WrittenFile {
  readonly path: string;
  readonly holds: string;
}

/** The folder of a run: `okta-migrate-runs/<source name>-<org host>`. */
export function defaultRunFolder(sourceName: string, orgHost: string | undefined): string {
  const name = orgHost === undefined ? sourceName : `${sourceName}-${orgHost}`;
  return join(RUNS_FOLDER, name.replace(/[^\p{L}\p{N}._-]+/gu, "-"));
}

/**
 * Makes the run's folder, for its owner only; the mode of a folder that holds other things, such as
 * a home, is left alone.
 *
 * @throws {JournalError} JOURNAL_UNWRITABLE when it can't be made
 */
export async function openRunFolder(path: string): Promise<void> {
  await makePrivateFolder(path, isRunFolder).catch((error: unknown) => {
    throw unwritable(path, error);
  });
}

function isRunFolder(names: readonly string[]): boolean {
  return names.length === 0 || names.includes("journal") || names.includes("failures.csv");
}

/** Writes `failures.csv`: every rejected or failed record, without password material. */
export async function writeFailures(folder: string, journal: SqliteJournal): Promise<WrittenFile> {
  const path = join(folder, "failures.csv");
  const columns = await journal.columnsSeen();
  await writeRows(path, failuresHeader(columns), async function* rows() {
    for await (const record of journal.failures()) yield failuresRow(columns, record);
  });
  return { path, holds: "what must be mended; give it back with import --run" };
}

/** Writes `created.csv`: every user that the run made. */
export async function writeCreated(folder: string, journal: SqliteJournal): Promise<WrittenFile> {
  const path = join(folder, "created.csv");
  await writeRows(path, createdHeader(), async function* rows() {
    for await (const record of journal.createdUsers()) yield createdRow(record);
  });
  return { path, holds: "line, login and Okta id of every user that was created" };
}

/** Writes `summary.json`. */
export async function writeSummary(folder: string, summary: Summary): Promise<void> {
  await writeRunPage(join(folder, "summary.json"), `${JSON.stringify(summary)}\n`);
}

/** Writes a table of a few rows. @throws {JournalError} JOURNAL_UNWRITABLE */
export async function writeRunTable(
  path: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<void> {
  await writeRunPage(path, [header, ...rows].map((row) => csvLine(row)).join(""));
}

/** Writes a file as a whole. @throws {JournalError} JOURNAL_UNWRITABLE */
export async function writeRunPage(path: string, text: string): Promise<void> {
  await replacePrivateFile(path, text).catch((error: unknown) => {
    throw unwritable(path, error);
  });
}

async function writeRows(
  path: string,
  header: readonly string[],
  rows: () => AsyncIterable<readonly string[]>,
): Promise<void> {
  try {
    const file = await openPrivateFile(path);
    try {
      await file.write(csvLine(header));
      for await (const row of rows()) await file.write(csvLine(row));
      await file.commit();
    } catch (error) {
      await file.discard();
      throw error;
    }
  } catch (error) {
    throw error instanceof JournalError ? error : unwritable(path, error);
  }
}

function unwritable(path: string, cause: unknown): JournalError {
  const code = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
  return new JournalError({
    code: "JOURNAL_UNWRITABLE",
    message: `${path} can't be written${code}.`,
    hint: "Make room, or name a folder in --run that you may write to; the same command then goes on.",
    cause,
  });
}
