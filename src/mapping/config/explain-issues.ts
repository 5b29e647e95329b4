import type { z } from "zod";

import { findNearest, suggest } from "../did-you-mean.ts";
import type { Mistake } from "../mistakes.ts";
import { printableText } from "../show-name.ts";
import { isSecretName } from "../secret-names.ts";
import { holdsStoredHash } from "../../passwords/formats/index.ts";
import type { YamlDocument } from "./yaml-document.ts";

type Issue = z.core.$ZodIssue;

/** Keys by the path of their object: `""`, `source`, `password`, and `rule` for any attribute. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  "": ["source", "scenario", "profile", "password", "otherwise", "groups"],
  source: ["path", "format", "encoding", "delimiter"],
  password: ["hash", "value", "salt", "workFactor", "format"],
  rule: ["from", "expression", "value", "default"],
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
    return [mistakeAt(path, document, `${lastName(path)} is no name that an attribute can have.`)];
  }
  const subject = path.length === 0 ? "The file" : lastName(path);
  return [mistakeAt(path, document, `${subject} ${plainMessage(issue)}.`)];
}

/** The branch of a union that the value was meant for: the one that complains of its inside only. */
function matchingBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const fitting = branches.filter((issues) =>
    issues.every(({ code, path }) => code !== "invalid_type" || path.length > 0),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

function plainMessage(issue: Issue): string {
  return issue.code === "invalid_type" && issue.message.startsWith("Invalid")
    ? `must be ${issue.expected === "object" ? "a list of keys with their values" : issue.expected}`
    : issue.message;
}

function unknownKey(path: readonly PropertyKey[], document: YamlDocument): Mistake {
  const key = String(path.at(-1));
  const owner = path[0] === "profile" ? "rule" : String(path.length > 1 ? path[0] : "");
  const allowed = KEYS[owner] ?? [];
  if (owner === "source" && ["url", "query", "preset"].includes(key)) {
    return mistakeAt(path, document, "Databases, directories and presets can't be read yet.");
  }
  const nearest = findNearest(key, allowed);
  if (nearest === undefined && owner !== "password" && isSecretName(key)) {
    return mistakeAt(path, document, `${SECRET} Allowed here: ${allowed.join(", ")}.`);
  }
  const told = `There is no key ${lastName(path)}.${suggest(nearest)}`;
  return mistakeAt(path, document, `${told} Allowed here: ${allowed.join(", ")}.`);
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
