import { mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { JournalError } from "../../../core/index.ts";
import { makePrivateFolder, replacePrivateFile } from "../../../platform/index.ts";
import { type Rehearsal, renderBoardPage } from "../../../reports/index.ts";

/** Where rehearsals go unless `--out` says otherwise. */
const REHEARSALS_FOLDER = "okta-migrate-rehearsals";
const VERDICT_FILES = ["rehearsal.json", "rehearsal.md", "failures.csv"];
const WORKING = /^rehearsal-(\d+)-\w{6}$/;

/** The folder of a rehearsal: `okta-migrate-rehearsals/<source name>`. */
export function defaultRehearsalFolder(sourceName: string): string {
  return join(REHEARSALS_FOLDER, sourceName.replace(/[^\p{L}\p{N}._-]+/gu, "-"));
}

/**
 * Makes the folder of a rehearsal, takes the verdict of an earlier one away, and makes a folder in it
 * for its runs, which is removed at the end.
 *
 * @returns the folder of the runs
 * @throws {JournalError} JOURNAL_UNWRITABLE when it can't be made
 */
export async function openWorkFolder(folder: string): Promise<string> {
  try {
    await makePrivateFolder(
      folder,
      (names) => names.length === 0 || names.includes("rehearsal.json"),
    );
    for (const name of await readdir(folder)) {
      if (VERDICT_FILES.includes(name) || isLeftOver(name)) {
        await rm(join(folder, name), { recursive: true, force: true });
      }
    }
    return await mkdtemp(join(resolve(folder), `rehearsal-${process.pid}-`));
  } catch (cause) {
    throw unwritable(folder, cause);
  }
}

/** Whether a folder is of a rehearsal whose process is gone. */
function isLeftOver(name: string): boolean {
  const pid = WORKING.exec(name)?.[1];
  if (pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

/** Removes runs of a rehearsal. */
export async function removeWorkFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 3 });
}

/** A file of a rehearsal, with what it holds, for people. */
export interface VerdictFile {
  readonly path: string;
  readonly holds: string;
}

/**
 * Writes the verdict: for programs, and for a change board.
 *
 * @throws {JournalError} JOURNAL_UNWRITABLE when it can't be written
 */
export async function writeVerdict(
  folder: string,
  rehearsal: Rehearsal,
): Promise<readonly VerdictFile[]> {
  const files = [
    {
      path: join(folder, "rehearsal.md"),
      holds: "the verdict, for a change board",
      text: renderBoardPage(rehearsal),
    },
    {
      path: join(folder, "rehearsal.json"),
      holds: "the same, for programs",
      text: `${JSON.stringify(rehearsal, undefined, 2)}\n`,
    },
  ];
  for (const { path, text } of files) {
    await replacePrivateFile(path, text).catch((cause: unknown) => {
      throw unwritable(path, cause);
    });
  }
  return files.map(({ path, holds }) => ({ path, holds }));
}

/**
 * Keeps the list of what must be mended.
 *
 * @throws {JournalError} JOURNAL_UNWRITABLE when it can't be put there
 */
export async function keepFailures(folder: string, checkRun: string): Promise<VerdictFile> {
  const path = join(folder, "failures.csv");
  await rename(join(checkRun, "failures.csv"), path).catch((cause: unknown) => {
    throw unwritable(path, cause);
  });
  return { path, holds: "what must be mended in the source" };
}

/** Something of a rehearsal can't be written. @param cause of the system, with its code */
export function unwritable(path: string, cause: unknown): JournalError {
  const code = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
  return new JournalError({
    code: "JOURNAL_UNWRITABLE",
    message: `${path} can't be written${code}.`,
    hint: "Make room, or name a folder in --out that you may write to.",
    cause,
  });
}
