import { RecordsLocator } from "./records-locator.ts";

/** A list that begins further behind is not looked for. */
const MAX_PREAMBLE_BYTES = 67_108_864;

/** Bytes and lines before the first record of a list. */
export interface RecordsStart {
  readonly skippedBytes: number;
  readonly skippedLines: number;
}

/**
 * Finds the list at a path of keys in the first JSON object of a file.
 *
 * @param first the object's `{`
 * @param ended whether nothing follows the bytes
 */
export function findRecords(
  bytes: Buffer,
  first: number,
  path: string,
  ended: boolean,
): RecordsStart | "more" | "none" {
  const locator = locatorAt(bytes, first, path);
  const found = locator.find(bytes);
  if (found === "list") {
    return { skippedBytes: locator.cursor + 1, skippedLines: locator.line - 1 };
  }
  return found === "more" && !ended && bytes.length < MAX_PREAMBLE_BYTES ? "more" : "none";
}

/** Paths of the lists of objects in the first JSON object of a file. */
export function listsIn(bytes: Buffer, first: number): readonly string[] {
  const locator = locatorAt(bytes, first, "");
  locator.find(bytes);
  return locator.passedLists;
}

function locatorAt(bytes: Buffer, first: number, path: string): RecordsLocator {
  const line = bytes.toString("latin1", 0, first).split("\n").length;
  const locator = new RecordsLocator(path, "before", line);
  locator.moveTo(first, line);
  return locator;
}
