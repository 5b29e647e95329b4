import type { Issue, SourceValue } from "../../../core/index.ts";
import type { Beside } from "../../../passwords/formats/index.ts";
import type { InputLine } from "./read-lines.ts";

/** A hash as standard input gave it, with what stands beside it. */
export interface GivenHash {
  readonly line: number;
  readonly hash: SourceValue | undefined;
  readonly beside: Beside;
  /** UTF-8; undefined when none is given. */
  readonly password: Uint8Array | undefined;
}

/** A line of standard input, or why it gives no hash. */
export type GivenLine = GivenHash | { readonly line: number; readonly issue: Issue };

type JsonObject = Readonly<Record<string, SourceValue>>;

/** `{SSHA}…` and its like are hashes; any other text that opens so is meant as JSON. */
const LDAP_SCHEME = /^\{[A-Za-z][\w.+@/-]{0,40}\}/;

/** Reads a line: a hash as it is, a JSON string of one, or an object that names it. */
export function readGivenLine(input: InputLine): GivenLine {
  const { line } = input;
  if ("fault" in input) return { line, issue: FAULTS[input.fault](line) };
  const text = input.text.trim();
  if (!/^["{]/.test(text) || LDAP_SCHEME.test(text)) return bare(line, text);
  try {
    const value = JSON.parse(text) as SourceValue;
    return isObject(value) ? readGivenObject(line, value) : bare(line, value);
  } catch {
    return { line, issue: unreadable(line) };
  }
}

/**
 * Reads an object: `{hash, salt, params, password}`, with what else `migration.yaml` can say of a
 * hash; or one that is a hash itself, such as Okta's or Keycloak's.
 */
export function readGivenObject(line: number, object: JsonObject): GivenLine {
  if (!Object.hasOwn(object, "hash") && !isPartOfQuestion(object)) return bare(line, object);
  const { hash = null, password = null } = object;
  if (password !== null && typeof password !== "string") return wrongType(line, "password");
  for (const [key, allowed] of Object.entries(CHOICES)) {
    const value = object[key] ?? null;
    if (value !== null && !allowed.some((one) => one === lowered(value))) {
      return wrongType(line, key);
    }
  }
  if (object["params"] !== undefined && object["params"] !== null && !isObject(object["params"])) {
    return wrongType(line, "params");
  }
  return {
    line,
    hash,
    beside: besideOf(object),
    password: password === null ? undefined : Buffer.from(password, "utf8"),
  };
}

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  saltOrder: ["prefix", "postfix"],
  saltEncoding: ["text", "hex", "base64", "base64url"],
  encoding: ["hex", "base64", "base64url"],
  passwordEncoding: ["utf8", "utf16le"],
};

const BESIDE_KEYS = ["salt", "rounds", "params", ...Object.keys(CHOICES)];

function besideOf(object: JsonObject): Beside {
  const { workFactor = null } = object;
  const found = BESIDE_KEYS.filter((key) => (object[key] ?? null) !== null);
  const beside = Object.fromEntries(
    found.map((key) => [key, key in CHOICES ? lowered(object[key]) : object[key]]),
  );
  return workFactor === null ? beside : { rounds: workFactor, ...beside };
}

/** `PREFIX`, as Okta writes it, is `prefix`. */
function lowered(value: SourceValue | undefined): SourceValue | undefined {
  return typeof value === "string" ? value.toLowerCase() : value;
}

/** Whether an object without a hash can only have been meant to have one. */
function isPartOfQuestion(object: JsonObject): boolean {
  return (
    typeof object["password"] === "string" &&
    !Object.hasOwn(object, "value") &&
    !Object.hasOwn(object, "algorithm")
  );
}

function bare(line: number, hash: SourceValue): GivenHash {
  return { line, hash, beside: {}, password: undefined };
}

function isObject(value: SourceValue): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const FAULTS = {
  "too-long": (line: number): Issue => ({
    code: "UNREADABLE_TOO_LONG",
    reason: `Line ${line} is longer than any hash.`,
    hint: "Give one hash a line.",
  }),
  "not-utf8": (line: number): Issue => ({
    code: "UNREADABLE_ENCODING",
    reason: `Line ${line} is no UTF-8.`,
    hint: "Give the lines in UTF-8.",
  }),
};

function unreadable(line: number): Issue {
  return {
    code: "UNREADABLE_JSON",
    reason: `Line ${line} is no JSON, although it opens like it.`,
    hint: 'Give a hash as it is, or an object on one line such as {"hash": …, "password": …}.',
  };
}

function wrongType(line: number, key: string): GivenLine {
  const allowed = CHOICES[key];
  const kind = key === "params" ? "an object" : "a text";
  return {
    line,
    issue: {
      code: "TYPE_WRONG",
      field: key,
      reason: `In line ${line} \`${key}\` is not ${allowed === undefined ? kind : "one of its values"}.`,
      hint: allowed === undefined ? `Give ${kind}.` : `Give one of: ${allowed.join(", ")}.`,
    },
  };
}
