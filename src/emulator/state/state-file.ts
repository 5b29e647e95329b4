import { constants, createReadStream } from "node:fs";
import { access } from "node:fs/promises";
import { dirname } from "node:path";
import { type HeldLock, holdLockFile, openPrivateFile } from "../../platform/index.ts";
import type { Org, OrgIdentity } from "../org/org.ts";
import { readIdentity, StateReader } from "./read-state.ts";
import { StateFileError, StateFileHeldError } from "./state-file-error.ts";
import { stateChunks } from "./write-state.ts";

/** No line that we write is nearly as long: a file of one endless line is not ours. */
const LONGEST_LINE = 64 * 1024 * 1024;

/** The file in which an org is kept from one emulator to the next. Its form is in docs/emulator.md. */
export class StateFile {
  /** What the org in it must be made with; undefined where there is none in it yet. */
  readonly identity: OrgIdentity | undefined;
  readonly #path: string;
  readonly #lock: Extract<HeldLock, { readonly kind: "held" }>;
  /** Whether what stands in the file is of this org. */
  #isOurs: boolean;

  private constructor(
    path: string,
    identity: OrgIdentity | undefined,
    lock: Extract<HeldLock, { readonly kind: "held" }>,
  ) {
    this.#path = path;
    this.#lock = lock;
    this.identity = identity;
    this.#isOurs = identity !== undefined;
  }

  /**
   * Takes a state file, from now until {@link StateFile.release}, and looks at it; one that is not
   * there, or empty, is begun.
   *
   * @throws {StateFileError} when it is a file of something else
   * @throws {StateFileHeldError} when another emulator has it
   * @throws {Error} of the system when it can't be read, or nothing can be written beside it
   */
  static async open(path: string): Promise<StateFile> {
    await access(dirname(path), constants.W_OK);
    const lockPath = `${path}.lock`;
    const lock = await holdLockFile(lockPath);
    if (lock.kind === "taken") throw new StateFileHeldError(lock.by, lockPath);
    try {
      const first = await firstLineOf(path);
      return new StateFile(path, first === undefined ? undefined : readIdentity(first), lock);
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /** Others may take the file from now on. */
  release(): Promise<void> {
    return this.#lock.release();
  }

  /** Fills a fresh org that was made with the file's identity. @throws {StateFileError} when it is broken */
  async load(org: Org): Promise<void> {
    if (this.identity === undefined) return;
    const reader = new StateReader(org);
    for await (const line of linesOf(this.#path)) reader.take(line);
    reader.finish();
  }

  /**
   * Writes the org, which must not change meanwhile. Whoever reads the file sees the old state or the
   * new one; only its owner can.
   *
   * @throws {StateFileError} when the file was begun by somebody else since it was looked at
   * @throws {Error} of the system when it can't be written
   */
  async save(org: Org): Promise<void> {
    if (!this.#isOurs && (await firstLineOf(this.#path)) !== undefined) {
      throw new StateFileError(1, "was written by somebody else meanwhile");
    }
    const file = await openPrivateFile(this.#path);
    try {
      for (const chunk of stateChunks(org)) await file.write(chunk);
      await file.commit();
      this.#isOurs = true;
    } catch (error) {
      await file.discard();
      throw error;
    }
  }
}

/** Undefined where there is no such file, or nothing in it. */
async function firstLineOf(path: string): Promise<string | undefined> {
  const lines = linesOf(path);
  try {
    const first = await lines.next();
    return first.done === true ? undefined : first.value;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  } finally {
    await lines.return(undefined);
  }
}

/** Lines as they come; an empty last one is none. */
async function* linesOf(path: string): AsyncGenerator<string, void, void> {
  let rest = "";
  let count = 0;
  const stream = createReadStream(path, { encoding: "utf8", highWaterMark: 256 * 1024 });
  for await (const chunk of stream) {
    const lines = (rest + String(chunk)).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > LONGEST_LINE)
      throw new StateFileError(count + lines.length + 1, "is too long");
    for (const line of lines) {
      count += 1;
      yield line;
    }
  }
  if (rest !== "") yield rest;
}
