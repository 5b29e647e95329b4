/** A line of standard input; without text where it could not be read. */
export type InputLine =
  | { readonly line: number; readonly text: string }
  | { readonly line: number; readonly fault: "too-long" | "not-utf8" };

/** What a line may have: far more than any hash, and little enough to hold many at once. */
export const MAX_LINE_BYTES = 1024 * 1024;

const LINE_FEED = 0x0a;
const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * Cuts a stream into lines, at the reader's pace and one at a time. What is too long is skipped
 * unread to its end. A byte order mark and carriage returns before line feeds are no part of a line.
 *
 * @param chunks UTF-8
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<InputLine> {
  let line = 1;
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  const hold = (part: Uint8Array): void => {
    heldBytes += part.length;
    if (heldBytes <= MAX_LINE_BYTES) held.push(part);
    else held = [];
  };
  const take = (): InputLine => {
    const taken: InputLine =
      heldBytes > MAX_LINE_BYTES ? { line, fault: "too-long" } : decode(Buffer.concat(held), line);
    held = [];
    heldBytes = 0;
    line += 1;
    return taken;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      hold(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    if (start < chunk.length) hold(chunk.subarray(start));
  }
  if (heldBytes > 0) yield take();
}

/** A byte order mark is dropped by the decoder. */
function decode(bytes: Uint8Array, line: number): InputLine {
  try {
    return { line, text: decoder.decode(bytes).replace(/\r$/, "") };
  } catch {
    return { line, fault: "not-utf8" };
  }
}
