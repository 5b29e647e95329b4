import { resolve } from "node:path";
import { sqlitePath } from "./databases/open-database.ts";

/**
 * A location that means the same wherever a process works: paths in it begin at the root.
 *
 * @param base folder that a relative path goes by
 */
export function absoluteLocation(location: string, base = "."): string {
  if (/^sqlite3?:/i.test(location)) return `sqlite:${resolve(base, sqlitePath(location) ?? "")}`;
  return location === "-" || location.includes("://") ? location : resolve(base, location);
}
