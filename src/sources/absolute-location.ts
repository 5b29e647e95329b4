import { resolve } from "node:path";
import { sqlitePath } from "./databases/open-database.ts";

/** A location that means the same wherever a process works: paths in it begin at the root. */
export function absoluteLocation(location: string): string {
  if (/^sqlite3?:/i.test(location)) return `sqlite:${resolve(sqlitePath(location) ?? "")}`;
  return location === "-" || location.includes("://") ? location : resolve(location);
}
