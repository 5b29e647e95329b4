import { type FileHandle, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { JournalError } from "../core/index.ts";
import { journalErrorOf } from "./journal-errors.ts";
import { makeFile, makeFolder } from "./run-files.ts";
import { RunLock } from "./run-lock.ts";

/** A throw-away user that may exist in the org. */
interface NotedLogin {
  readonly login: string;
  /** When it was noted, by this machine's clock, in milliseconds since 1970. */
  readonly notedAtMs: number;
}

/**
 * The throw-away users of one org that may exist, in a file of one JSON object a line: `noted` when
 * one is about to be created, `gone` when it is known not to be there. Nothing else of them is in it.
 *
 * A line is on disk before its method resolves. One that was cut off by the end of the process or
 * the machine counts for nothing: its create was not sent, or its user is looked for once more.
 */
export class CanaryLedgerFile {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #lock: RunLock;
  readonly #noted: Map<string, NotedLogin>;
  /** Whether the last line may have been cut off, so that the next one begins with a line feed. */
  #isTorn: boolean;

  private constructor(parts: {
    readonly path: string;
    readonly file: FileHandle;
    readonly lock: RunLock;
    readonly noted: Map<string, NotedLogin>;
    readonly isTorn: boolean;
  }) {
    this.#path = parts.path;
    this.#file = parts.file;
    this.#lock = parts.lock;
    this.#noted = parts.noted;
    this.#isTorn = parts.isTorn;
  }

  /**
   * Opens the ledger in a folder, an empty one where there is none; the folder and its files are
   * their owner's alone.
   *
   * @throws {JournalError} JOURNAL_LOCKED when another process has it; JOURNAL_CORRUPT,
   *   JOURNAL_UNREADABLE, JOURNAL_UNWRITABLE
   */
  static async open(folder: string): Promise<CanaryLedgerFile> {
    const path = join(folder, "canaries.ndjson");
    const lockPath = join(folder, "lock");
    await makeFolder(folder);
    await makeFile(lockPath);
    const lock = RunLock.take(lockPath);
    try {
      await makeFile(path);
      const text = await readFile(path, "utf8");
      const noted = readLines(text, path);
      const file = await open(path, "a");
      return new CanaryLedgerFile({ path, file, lock, noted, isTorn: !/(?:^|\n)$/.test(text) });
    } catch (error) {
      lock.release();
      throw journalErrorOf(error, "read", path);
    }
  }

  /** Those that may exist, oldest first. */
  noted(): readonly NotedLogin[] {
    return [...this.#noted.values()];
  }

  /** @throws {JournalError} JOURNAL_UNWRITABLE, and then nothing may be created */
  async note({ login, notedAtMs }: NotedLogin): Promise<void> {
    await this.#append({ noted: login, atMs: notedAtMs });
    this.#noted.set(login, { login, notedAtMs });
  }

  /** @throws {JournalError} JOURNAL_UNWRITABLE */
  async strike(login: string): Promise<void> {
    if (!this.#noted.has(login)) return;
    await this.#append({ gone: login });
    this.#noted.delete(login);
  }

  /** Gives the folder up; a ledger with nobody in it is emptied. */
  async close(): Promise<void> {
    try {
      if (this.#noted.size === 0) await this.#file.truncate(0);
    } finally {
      await this.#file.close();
      this.#lock.release();
    }
  }

  async #append(line: object): Promise<void> {
    const before = this.#isTorn ? "\n" : "";
    this.#isTorn = true;
    try {
      await this.#file.appendFile(`${before}${JSON.stringify(line)}\n`);
      await this.#file.datasync();
      this.#isTorn = false;
    } catch (error) {
      throw journalErrorOf(error, "write", this.#path);
    }
  }
}

const OPENINGS = ['{"noted":"', '{"gone":"'];

function readLines(text: string, path: string): Map<string, NotedLogin> {
  const noted = new Map<string, NotedLogin>();
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const read = readLine(line);
    if (read === undefined) {
      if (!isCutOff(line)) throw corruptLedger(path);
    } else if ("gone" in read) {
      noted.delete(read.gone);
    } else {
      noted.set(read.login, read);
    }
  }
  return noted;
}

function readLine(line: string): NotedLogin | { readonly gone: string } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  if ("gone" in value && typeof value.gone === "string") return { gone: value.gone };
  if (!("noted" in value) || typeof value.noted !== "string") return undefined;
  if (!("atMs" in value) || typeof value.atMs !== "number") return undefined;
  return { login: value.noted, notedAtMs: value.atMs };
}

/** Whether a line is the beginning of one of ours, as a killed process leaves it. */
function isCutOff(line: string): boolean {
  return (
    OPENINGS.some((opening) => opening.startsWith(line) || line.startsWith(opening)) &&
    !line.endsWith("}")
  );
}

function corruptLedger(path: string): JournalError {
  return new JournalError({
    code: "JOURNAL_CORRUPT",
    message: `The note of throw-away users, ${path}, can't be trusted: a line of it is none of ours.`,
    hint: "Look in the Admin Console for users whose first name is okta-migrate, delete them there, then delete the file.",
  });
}
