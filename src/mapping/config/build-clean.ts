import type { CleanRule } from "../cleaning/clean-rule.ts";
import type { CleanShape } from "./clean-schema.ts";
import type { AttributeCleaning } from "./migration-config.ts";
import type { YamlDocument } from "./yaml-document.ts";

/** What `clean` says, in the file's order. */
export function buildClean(
  shape: CleanShape | undefined,
  document: YamlDocument,
): readonly AttributeCleaning[] {
  return Object.entries(shape ?? {}).map(([attribute, rules]) => ({
    attribute,
    line: document.lineOf(["clean", attribute]),
    rules: (Array.isArray(rules) ? rules : [rules]).map(buildRule),
  }));
}

type RuleShape = Extract<CleanShape[string], readonly unknown[]>[number];

function buildRule(rule: RuleShape): CleanRule {
  if (typeof rule === "string") return buildWord(rule, undefined);
  const { phone, date, cut, empty, unread } = rule;
  if (phone !== undefined) return { kind: "phone", country: phone, unread: unread ?? "keep" };
  if (date !== undefined) return { kind: "date", format: date, unread: unread ?? "reject" };
  if (cut !== undefined) return { kind: "cut", length: cut };
  if (empty !== undefined) return { kind: "empty", markers: empty };
  return buildWord(rule.rule ?? "trim", unread);
}

type Word = Extract<RuleShape, string>;

function buildWord(kind: Word, unread: "keep" | "reject" | undefined): CleanRule {
  switch (kind) {
    case "empty":
      return { kind, markers: undefined };
    case "trim":
    case "whitespace":
    case "nfc":
    case "lower":
    case "upper":
    case "title":
      return { kind };
    case "boolean":
    case "country":
    case "locale":
    case "language":
    case "timezone":
      return { kind, unread: unread ?? "reject" };
  }
}
