import { stat } from "node:fs/promises";

import { unreadableSource } from "./bytes/raw-bytes.ts";
import { isDatabaseAddress } from "./databases/database-address.ts";
import { sqlitePath } from "./databases/open-database.ts";
import { isDirectoryAddress } from "./directories/directory-address.ts";

const GROUP_OR_OTHERS_READ = 0o044;

/**
 * Whether other users of this machine may read a file, by its mode bits. Where there are none
 * (Windows), and where the location is no file, it counts as private.
 *
 * @throws {SourceError} SOURCE_UNREADABLE when the file can't be looked at
 */
export async function fileExposure(location: string): Promise<"private" | "readable-by-others"> {
  if (process.platform === "win32") return "private";
  const isOnServer = isDatabaseAddress(location) || isDirectoryAddress(location);
  const path = sqlitePath(location) ?? (isOnServer ? undefined : location);
  if (path === undefined) return "private";
  const { mode } = await stat(path).catch((error: unknown) => {
    throw unreadableSource(path, error);
  });
  return (mode & GROUP_OR_OTHERS_READ) === 0 ? "private" : "readable-by-others";
}
