import { holdsStoredHash } from "../../passwords/formats/index.ts";
import { shapesOf } from "./looking/value-shape.ts";

/** Whether the columns' names are a record's values: a table without a header. */
export function namesPeople(columns: readonly string[]): boolean {
  return columns.some((name) => shapesOf(name).includes("mail") || holdsStoredHash(name));
}
