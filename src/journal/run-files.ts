import { chmod, open, stat } from "node:fs/promises";
import { makeFolders } from "../platform/index.ts";
import { journalErrorOf } from "./journal-errors.ts";

const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** Whether there is something at a path. */
export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isCode(error, "ENOENT") || isCode(error, "ENOTDIR")) return false;
    throw journalErrorOf(error, "read", path);
  }
}

/** Makes a folder that only its owner can enter; one that is there is left as it is. */
export async function makeFolder(path: string): Promise<void> {
  try {
    if (await makeFolders(path)) await chmod(path, FOLDER_MODE);
  } catch (error) {
    throw journalErrorOf(error, "write", path);
  }
}

/**
 * Makes sure of a file that only its owner can read, whatever the umask; what SQLite puts beside it
 * gets the same mode.
 *
 * A file that is there is never opened: closing it would take this process's own locks away.
 */
export async function makeFile(path: string): Promise<void> {
  try {
    const file = await open(path, "wx", FILE_MODE);
    await file.chmod(FILE_MODE);
    await file.close();
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw journalErrorOf(error, "write", path);
    await protect(path);
  }
}

async function protect(path: string): Promise<void> {
  try {
    await chmod(path, FILE_MODE);
  } catch {
    // Not every file system knows modes; whether the file can be used shows when it is.
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
