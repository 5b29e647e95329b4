/** How JSON text holds its records. */
export type JsonShape = "array" | "lines" | "single-object" | "other" | "more";

/** A first line longer than this is taken for an object that spans the file. */
const MAX_FIRST_LINE_BYTES = 16_777_216;

/**
 * Tells an array of objects from one object a line and from one object that wraps everything.
 *
 * @param first the first byte that is no white space
 * @param ended whether nothing follows the bytes
 * @param expectLines whether the file says of itself that it holds one object a line
 * @returns `more` when more bytes are needed
 */
export function lookAtJson(
  bytes: Buffer,
  first: number,
  ended: boolean,
  expectLines: boolean,
): JsonShape {
  const opener = String.fromCharCode(bytes[first] ?? 0);
  if (opener === "[") return "array";
  if (expectLines) return "lines";
  if (opener !== "{") return "other";
  const lineBreak = bytes.indexOf(0x0a, first);
  if (lineBreak === -1 && !ended && bytes.length <= MAX_FIRST_LINE_BYTES) return "more";
  const line = bytes.toString("utf8", first, lineBreak === -1 ? bytes.length : lineBreak).trim();
  const value = parse(line);
  // A first line that is broken but closed is one bad record among others.
  if (value === undefined) return line.endsWith("}") ? "lines" : "single-object";
  if (!holdsObjects(value)) return "lines";
  const restIsBlank = lineBreak === -1 || bytes.subarray(lineBreak).every((byte) => byte <= 0x20);
  if (!restIsBlank) return "lines";
  return ended ? "single-object" : "more";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether a value of the object is an array of objects, as in `{"users":[{…}]}`. */
function holdsObjects(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(
    (inner: unknown) => Array.isArray(inner) && typeof inner[0] === "object" && inner[0] !== null,
  );
}
