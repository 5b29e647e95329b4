import {
  type Document,
  type ErrorCode,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
} from "yaml";

import type { Mistake } from "../mistakes.ts";
import { isTooDeep } from "./yaml-depth.ts";

/** A longer file is no config. */
const MAX_CHARACTERS = 262_144;
/** No key needs more than 5. */
const MAX_DEPTH = 50;
const MAX_TOLD = 20;

/** A config file as plain values, with the lines they stand on. */
export interface YamlDocument {
  readonly value: unknown;
  /** The value at a path; undefined where there is none. */
  valueAt(path: readonly PropertyKey[]): unknown;
  /** Line of a key or of an element of a list, or of the nearest thing above it that is there. */
  lineOf(path: readonly PropertyKey[]): number;
  /** Every text of the file that is no key, with its line. */
  readonly texts: readonly { readonly text: string; readonly line: number }[];
}

/** What was read, or why it is no YAML. */
export type YamlReading =
  | { readonly kind: "read"; readonly document: YamlDocument }
  | { readonly kind: "broken"; readonly mistakes: readonly Mistake[] };

/** Reads YAML 1.2 of one document without aliases and without tags of its own. Never throws. */
export function readYaml(text: string): YamlReading {
  if (text.length > MAX_CHARACTERS) {
    return broken(`The file is longer than ${MAX_CHARACTERS} characters.`);
  }
  if (isTooDeep(text, MAX_DEPTH)) return broken("The file is nested too deeply.");
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: "1.2" });
  const mistakes = findProblems(document, lines);
  if (mistakes.length > 0) return { kind: "broken", mistakes };
  const value: unknown = document.toJS({ maxAliasCount: 0 });
  const texts = textsOf(document, lines);
  const lineOf = (path: readonly PropertyKey[]): number =>
    lines.linePos(offsetOf(document, path)).line;
  const valueAt = (path: readonly PropertyKey[]): unknown => document.getIn([...path]);
  return { kind: "read", document: { value, valueAt, lineOf, texts } };
}

function findProblems(document: Document.Parsed, lines: LineCounter): readonly Mistake[] {
  /** By line: one mistake of syntax makes the parser complain more than once. */
  const found = new Map<number, Mistake>();
  const add = (offset: number, text: string): void => {
    const { line } = lines.linePos(offset);
    if (!found.has(line) && found.size < MAX_TOLD) found.set(line, { line, path: "", text });
  };
  for (const { code, pos } of [...document.errors, ...document.warnings]) {
    add(pos[0], SENTENCES[code] ?? "This is no valid YAML.");
  }
  visit(document, {
    Alias: (_key, node) => {
      add(node.range?.[0] ?? 0, "Aliases (`*name`) are not taken; write it out.");
    },
    Scalar: (key, node) => {
      if (key === "key" && node.value === "__proto__") {
        add(node.range?.[0] ?? 0, "`__proto__` can't be a key.");
      }
    },
  });
  return [...found.values()];
}

function broken(text: string): YamlReading {
  return { kind: "broken", mistakes: [{ line: undefined, path: "", text }] };
}

/** In place of the parser's own words, which quote the file. */
const SENTENCES: Partial<Record<ErrorCode, string>> = {
  BAD_DQ_ESCAPE: "In double quotes a backslash begins an escape that YAML does not have.",
  BAD_INDENT: "This line is indented differently from those it belongs to.",
  BAD_SCALAR_START: "A text that begins with this character must stand in quotes.",
  BLOCK_AS_IMPLICIT_KEY: "A colon is too much, or a text with a colon must stand in quotes.",
  DUPLICATE_KEY: "This key stands twice.",
  MISSING_CHAR: "A quote, a bracket or a comma is missing.",
  MULTILINE_IMPLICIT_KEY: "A key must stand on one line; a colon or a quote may be missing.",
  MULTIPLE_DOCS: "A second document (`---`) begins here; one is taken.",
  TAB_AS_INDENT: "A tab can't indent; use spaces.",
  TAG_RESOLVE_FAILED: "Tags (`!name`) are not taken.",
  UNEXPECTED_TOKEN: "This is not expected here; a quote or an indentation may be wrong.",
};

function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        ({ key }) => isScalar(key) && String(key.value) === String(step),
      );
      if (pair === undefined) return offset;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === "number") {
      node = node.items[step];
      offset = startOf(node) ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function textsOf(document: Document.Parsed, lines: LineCounter): YamlDocument["texts"] {
  const found: { text: string; line: number }[] = [];
  visit(document, {
    Scalar: (key, node) => {
      if (key === "key" || typeof node.value !== "string") return;
      found.push({ text: node.value, line: lines.linePos(node.range?.[0] ?? 0).line });
    },
  });
  return found;
}
