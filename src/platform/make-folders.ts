import { mkdir, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/**
 * Makes a folder and those above it that are not there, for their owner only.
 *
 * Node's own recursive way tries for ever where a file system makes no folders, as `/proc` does, and takes
 * a processor with it.
 *
 * @returns whether it had to be made
 * @throws {Error} of the system when it can't be made, or is a file
 */
export async function makeFolders(path: string): Promise<boolean> {
  const whole = resolve(path);
  const first = await makeOne(whole);
  if (first !== "no parent") return first === "made";
  const parent = dirname(whole);
  if (parent !== whole) await makeFolders(parent);
  const second = await makeOne(whole);
  if (second !== "no parent") return second === "made";
  throw Object.assign(new Error(`ENOENT: the file system makes no folder, mkdir '${path}'`), {
    code: "ENOENT",
    syscall: "mkdir",
    path,
  });
}

async function makeOne(path: string): Promise<"made" | "there" | "no parent"> {
  try {
    await mkdir(path, { mode: 0o700 });
    return "made";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") return "no parent";
    // A file system that is only read says so of a folder that is there, too.
    if (await isFolder(path)) return "there";
    throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
