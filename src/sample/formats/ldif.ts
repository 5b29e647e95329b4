/** Longest line before it is folded, in bytes. */
const LINE_BYTES = 76;

/** One attribute of an entry; an empty value gives none, since a directory holds none. */
export function ldifLine(attribute: string, value: string): string {
  if (value === "") return "";
  return fold(
    isSafe(value)
      ? `${attribute}: ${value}`
      : `${attribute}:: ${Buffer.from(value, "utf8").toString("base64")}`,
  );
}

/** RFC 2849's SAFE-STRING, which may stand as it is; and no space at its end. */
function isSafe(value: string): boolean {
  if (/^[ :<]| $/.test(value)) return false;
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if (code > 0x7e || code < 0x20) return false;
  }
  return true;
}

/** All that is folded is ASCII: what is not has become base64. */
function fold(line: string): string {
  if (line.length <= LINE_BYTES) return `${line}\n`;
  let folded = line.slice(0, LINE_BYTES);
  for (let at = LINE_BYTES; at < line.length; at += LINE_BYTES - 1) {
    folded += `\n ${line.slice(at, at + LINE_BYTES - 1)}`;
  }
  return `${folded}\n`;
}
