import { stat } from "node:fs/promises";

import { unreadableSource } from "./bytes/raw-bytes.ts";

const GROUP_OR_OTHERS_READ = 0o044;

/**
 * Whether other users of this machine may read a file, by its mode bits. Where there are none
 * (Windows) it counts as private.
 *
 * @throws {SourceError} SOURCE_UNREADABLE when the file can't be looked at
 */
export async function fileExposure(path: string): Promise<"private" | "readable-by-others"> {
  if (process.platform === "win32") return "private";
  const { mode } = await stat(path).catch((error: unknown) => {
    throw unreadableSource(path, error);
  });
  return (mode & GROUP_OR_OTHERS_READ) === 0 ? "private" : "readable-by-others";
}
