import { chmod, type FileHandle, lstat, open, readdir, rename, rm } from "node:fs/promises";
import { Secret } from "../core/index.ts";
import { makeFolders } from "./make-folders.ts";

/** A file that only its owner can read, being written. */
export interface PrivateFile {
  write(text: string): Promise<void>;
  /** Makes what was written the file's content. */
  commit(): Promise<void>;
  /** Leaves the file as it was before. */
  discard(): Promise<void>;
}

const CHUNK_CHARACTERS = 64 * 1024;

/**
 * Makes a folder, and those above it, that only its owner can enter.
 *
 * @param isOurs whether one that is there, holding these names, may be closed to others; a folder
 *   that is used for something else is left as it is
 */
export async function makePrivateFolder(
  path: string,
  isOurs: (names: readonly string[]) => boolean,
): Promise<void> {
  const wasMade = await makeFolders(path);
  if (wasMade || isOurs(await readdir(path))) await chmod(path, 0o700);
}

/**
 * Starts to write a file beside its final place, mode 0600. A reader sees the old content or the
 * new one, never a part.
 */
export async function openPrivateFile(path: string): Promise<PrivateFile> {
  const beside = `${path}.part`;
  const file = await open(beside, "w", 0o600);
  let gathered = "";
  let closed = false;
  const flush = async (): Promise<void> => {
    const text = gathered;
    gathered = "";
    if (text !== "") await file.writeFile(text);
  };
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await file.close();
  };
  return {
    write: async (text) => {
      gathered += text;
      if (gathered.length >= CHUNK_CHARACTERS) await flush();
    },
    commit: async () => {
      await flush();
      await file.chmod(0o600);
      await file.sync();
      await close();
      await rename(beside, path);
    },
    discard: async () => {
      await close();
      await rm(beside, { force: true });
    },
  };
}

/** What is found in the place of a private file. */
export type PrivateText =
  | { readonly kind: "text"; readonly text: Secret }
  | { readonly kind: "absent" }
  /** Others on this machine can read or change it. */
  | { readonly kind: "exposed"; readonly text: Secret };

/** Whether an error of Node says that there is no such file, be it for want of its folder. */
export function isAbsence(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOENT" || code === "ENOTDIR";
}

const GROUP_OR_OTHERS = 0o077;

/**
 * Reads a small private file, and whether others can read it too. Where modes mean nothing (Windows) it
 * counts as private.
 *
 * @throws {Error} of Node, when it is there and can't be read
 */
export async function readPrivateFile(path: string): Promise<PrivateText> {
  let file: FileHandle;
  try {
    file = await open(path, "r");
  } catch (error) {
    if (isAbsence(error)) return { kind: "absent" };
    throw error;
  }
  try {
    const { mode } = await file.stat();
    const isExposed = process.platform !== "win32" && (mode & GROUP_OR_OTHERS) !== 0;
    const text = new Secret(await file.readFile("utf8"));
    return { kind: isExposed ? "exposed" : "text", text };
  } finally {
    await file.close();
  }
}

/** Writes a small private file as a whole. */
export async function replacePrivateFile(path: string, text: string): Promise<void> {
  const file = await openPrivateFile(path);
  try {
    await file.write(text);
    await file.commit();
  } catch (error) {
    await file.discard();
    throw error;
  }
}

/**
 * Finds out whether a private file of this size could be written in this place. What is there stays as
 * it is.
 *
 * @throws {Error} of Node, when it could not
 */
export async function tryPrivateFile(path: string, bytes: number): Promise<void> {
  const before = await lstat(path).catch((error: unknown) => {
    if (isAbsence(error)) return undefined;
    throw error;
  });
  // Nothing is renamed over it.
  if (before?.isDirectory() === true) throw new Error("a folder is in the place of the file");
  const trial = `${path}.${process.pid}`;
  await replacePrivateFile(trial, " ".repeat(bytes));
  await rm(trial, { force: true });
}
