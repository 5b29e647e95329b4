import type { z } from "zod";

import { PRESET_NAMES } from "../presets/presets.ts";
import { findNearest, suggest } from "../did-you-mean.ts";
import type { Mistake } from "../mistakes.ts";
import { printableText } from "../show-name.ts";
import { isSecretName } from "../secret-names.ts";
import { holdsStoredHash } from "../../passwords/formats/index.ts";
import type { YamlDocument } from "./yaml-document.ts";

type Issue = z.core.$ZodIssue;

/** Keys by the name of their object: `""` for the file, `rule` for any attribute. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  "": [
    "source",
    "join",
    "where",
    "scenario",
    "profile",
    "clean",
    "lossy",
    "duplicates",
    "password",
    "otherwise",
    "type",
    "realm",
    "groups",
    "hook",
  ],
  hook: ["stores"],
  stores: [
    "sealed",
    "endpoint",
    "body",
    "username",
    "password",
    "right",
    "wrong",
    "directory",
    "filter",
    "bind",
    "startTls",
    "database",
    "url",
    "query",
  ],
  source: [
    "path",
    "format",
    "encoding",
    "delimiter",
    "records",
    "pairs",
    "sheet",
    "preset",
    "hashes",
    "url",
    "query",
    "table",
    "key",
    "filter",
    "attributes",
    "bind",
    "startTls",
    "sendPasswordInClear",
  ],
  password: [
    "hash",
    "value",
    "salt",
    "workFactor",
    "rounds",
    "format",
    "saltOrder",
    "saltEncoding",
    "encoding",
    "passwordEncoding",
    "pepper",
    "params",
    "oktaSha256Salt",
  ],
  join: ["source", "key", "to", "as", "many"],
  pepper: ["place"],
  rule: ["from", "expression", "value", "default", "omit"],
  clean: ["rule", "phone", "date", "cut", "empty", "unread"],
  duplicates: ["keep", "by"],
};

/** What the schema found, in the words of the file: each with its line, none quoting a value. */
export function explainIssues(issues: readonly Issue[], document: YamlDocument): Mistake[] {
  return issues.flatMap((issue) => explain(issue, [], document));
}

function explain(
  issue: Issue,
  above: readonly PropertyKey[],
  document: YamlDocument,
): readonly Mistake[] {
  const path = [...above, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownKey([...path, key], document));
  }
  if (issue.code === "invalid_union") {
    const branch = matchingBranch(issue.errors);
    if (branch !== undefined) return branch.flatMap((inner) => explain(inner, path, document));
  }
  if (issue.code === "invalid_key") {
    const owner = path[0] === "profile" ? "that an attribute can have" : "of a parameter";
    return [mistakeAt(path, document, `${lastName(path)} is no name ${owner}.`)];
  }
  const subject = path.length === 0 ? "The file" : lastName(path);
  const told = `${subject} ${plainMessage(issue)}.${suggest(nearestChoice(issue, path, document))}`;
  return [mistakeAt(path, document, told)];
}

/** What is said of a value that is not of a kind at all. */
const OF_ANOTHER_KIND: readonly Issue["code"][] = ["invalid_type", "invalid_value"];

/** The branch of a union that the value was meant for: it complains of its inside only, and least. */
function matchingBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const fitting = branches
    .filter((issues) =>
      issues.every(({ code, path }) => path.length > 0 || !OF_ANOTHER_KIND.includes(code)),
    )
    .toSorted((one, other) => countComplaints(one) - countComplaints(other));
  const [best, second] = fitting;
  if (best === undefined || second === undefined) return best;
  return countComplaints(best) < countComplaints(second) ? best : undefined;
}

function countComplaints(issues: readonly Issue[]): number {
  return issues.reduce(
    (count, issue) => count + (issue.code === "unrecognized_keys" ? issue.keys.length : 1),
    0,
  );
}

/** Shorter parts stand in many names. */
const MIN_PART = 4;

/** The allowed name that a name in the file was probably meant to be. */
function nearestChoice(
  issue: Issue,
  path: readonly PropertyKey[],
  document: YamlDocument,
): string | undefined {
  const given = document.valueAt(path);
  if (issue.code !== "invalid_value" || typeof given !== "string") return undefined;
  const names = issue.values.map(String);
  const part = given.length < MIN_PART ? undefined : given.toLowerCase();
  return (
    findNearest(given, names) ??
    (part === undefined ? undefined : names.find((name) => name.includes(part)))
  );
}

function plainMessage(issue: Issue): string {
  return issue.code === "invalid_type" && issue.message.startsWith("Invalid")
    ? `must be ${issue.expected === "object" ? "a list of keys with their values" : issue.expected}`
    : issue.message;
}

/** Names in {@link KEYS} of what stands below a key, however it is called itself. */
const OWNERS: Readonly<Record<string, string>> = { profile: "rule", clean: "clean" };

function unknownKey(path: readonly PropertyKey[], document: YamlDocument): Mistake {
  const key = String(path.at(-1));
  const owner = OWNERS[String(path[0])] ?? ownerOf(path);
  const allowed = KEYS[owner] ?? [];
  if (owner === "source" && key === "preset") {
    return mistakeAt(path, document, unknownPreset(document.valueAt(path)));
  }
  if (owner === "source" && allowed.includes(key)) return misplacedKey(path, document);
  const nearest = findNearest(key, allowed);
  if (nearest === undefined && path[0] !== "password" && isSecretName(key)) {
    return mistakeAt(path, document, `${SECRET} Allowed here: ${allowed.join(", ")}.`);
  }
  const told = `There is no key ${lastName(path)}.${suggest(nearest)}`;
  return mistakeAt(path, document, `${told} Allowed here: ${allowed.join(", ")}.`);
}

/** A source with a preset that is none is taken for a file, which has no such key. */
function unknownPreset(given: unknown): string {
  const nearest = typeof given === "string" ? findNearest(given, PRESET_NAMES) : undefined;
  return `\`preset\` must be one of ${PRESET_NAMES.join(", ")}.${suggest(nearest)}`;
}

/** A key that some kind of source has, beside keys of another kind. */
function misplacedKey(path: readonly PropertyKey[], document: YamlDocument): Mistake {
  const beside =
    document.valueAt([...path.slice(0, -1), "url"]) === undefined ? "a file" : "an address";
  const text = `\`${showKey(path.at(-1) ?? "")}\` is not for a source that is ${beside}: a file is named with \`path\`, a database or a directory with \`url\`.`;
  return mistakeAt(path, document, text);
}

/** The name of the object that a key is of; of an element of a list, the list's. */
function ownerOf(path: readonly PropertyKey[]): string {
  return String(path.slice(0, -1).findLast((step) => typeof step === "string") ?? "");
}

/** Said of a secret in the file. */
export const SECRET =
  "No secret belongs into this file; tokens and keys come from the environment.";

function mistakeAt(path: readonly PropertyKey[], document: YamlDocument, text: string): Mistake {
  return { line: document.lineOf(path), path: showPath(path), text };
}

function lastName(path: readonly PropertyKey[]): string {
  const last = path.at(-1);
  if (typeof last === "number") return `Number ${last + 1} of \`${showKey(path.at(-2) ?? "")}\``;
  return `\`${showKey(last ?? "")}\``;
}

/** A path as `profile.login` or `groups[2]`. */
export function showPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((shown, step) => {
    if (typeof step === "number") return `${shown}[${step + 1}]`;
    return shown === "" ? showKey(step) : `${shown}.${showKey(step)}`;
  }, "");
}

function showKey(key: PropertyKey): string {
  const text = String(key);
  return text.length > 80 || holdsStoredHash(text) ? "(a key)" : printableText(text);
}
