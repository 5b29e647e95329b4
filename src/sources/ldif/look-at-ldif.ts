/** Comments before the first entry may be long; what is not settled by then is no LDIF. */
const MAX_LOOK_BYTES = 65_536;
const OPENING = /^(?:version:[ ]*\d+[ ]*|dn:.*)$/i;

/**
 * Whether a source is LDIF, by its first line that is no comment.
 *
 * @param prefix its first bytes
 * @param ended whether nothing follows them
 */
export function lookAtLdif(prefix: Buffer, ended: boolean): "ldif" | "other" | "more" {
  const text = prefix.toString("utf8", 0, MAX_LOOK_BYTES);
  const isWhole = ended && prefix.length <= MAX_LOOK_BYTES;
  const lines = text.split("\n");
  const last = lines.length - 1;
  let isAfterComment = false;
  for (const [at, line] of lines.entries()) {
    const isComment: boolean = line.startsWith("#") || (isAfterComment && line.startsWith(" "));
    if (isComment || line.trim() === "") {
      isAfterComment = isComment;
      continue;
    }
    if (at < last || isWhole) return OPENING.test(line.replace(/\r$/, "")) ? "ldif" : "other";
    return mayOpen(line) && prefix.length < MAX_LOOK_BYTES ? "more" : "other";
  }
  return isWhole || prefix.length >= MAX_LOOK_BYTES ? "other" : "more";
}

/** Whether the beginning of a line may become the opening of LDIF. */
function mayOpen(start: string): boolean {
  return (
    /^(?:version:|dn:)/i.test(start) ||
    ["version:", "dn:"].some((word) => word.startsWith(start.toLowerCase()))
  );
}
