import { parse } from "yaml";

/** A member of a large document, parsed when it is first asked for. */
type Members = Readonly<Record<string, unknown>>;

/**
 * Reads an OpenAPI document in YAML as far as it is asked for: parsed as a whole it takes seconds,
 * of which a few operations and schemas are a hundredth.
 */
export function readLargeDocument(text: string): Members {
  const top = chunksOf(text, 0);
  const components = chunksOf(top.get("components") ?? "", 2);
  return {
    paths: lazily(chunksOf(top.get("paths") ?? "", 2)),
    components: Object.fromEntries(
      [...components].map(([name, chunk]) => [name, lazily(chunksOf(chunk, 4))]),
    ),
  };
}

/** The text of each member whose key stands at an indentation, without the key's own line. */
function chunksOf(text: string, indent: number): ReadonlyMap<string, string> {
  const keys = new RegExp(`^ {${indent}}([^\\s#'"-][^\\n]*):[^\\n]*\\n`, "gm");
  const found = [...text.matchAll(keys)];
  return new Map(
    found.map(({ index, 0: line, 1: key = "" }, at) => [
      key,
      text.slice(index + line.length, found[at + 1]?.index),
    ]),
  );
}

function lazily(chunks: ReadonlyMap<string, string>): Members {
  const members = {};
  for (const [name, chunk] of chunks) {
    let parsed: unknown;
    Object.defineProperty(members, name, {
      enumerable: true,
      get: () => (parsed ??= parse(chunk) as unknown),
    });
  }
  return members;
}
