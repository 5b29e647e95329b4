import type { ProfileValue } from "../../core/index.ts";
import type { ConfigShape } from "./config-schema.ts";
import { buildClean } from "./build-clean.ts";
import { buildStores } from "./build-hook.ts";
import { buildPassword } from "./build-password.ts";
import { buildJoins } from "./build-joins.ts";
import { buildPreset, buildSource } from "./build-source.ts";
import type { DuplicateRule, MigrationConfig, ProfileRule, RuleValue } from "./migration-config.ts";
import type { YamlDocument } from "./yaml-document.ts";

/** What a file without mistakes says, with the lines of its rules. */
export function buildConfig(
  shape: ConfigShape,
  document: YamlDocument,
  fileName: string,
): MigrationConfig {
  return {
    fileName,
    source: buildSource(shape.source),
    preset: buildPreset(shape.source),
    joins: buildJoins(shape.join, document),
    scenario: shape.scenario,
    profile:
      shape.profile === undefined
        ? undefined
        : Object.entries(shape.profile).map(([attribute, rule]) =>
            buildRule(attribute, rule, document.lineOf(["profile", attribute])),
          ),
    profileLine: shape.profile === undefined ? undefined : document.lineOf(["profile"]),
    password: buildPassword(shape.password, document),
    otherwise: shape.otherwise,
    groups: shape.groups ?? [],
    groupsFrom:
      shape.groupsFrom === undefined
        ? undefined
        : { text: shape.groupsFrom.trim(), line: document.lineOf(["groupsFrom"]) },
    hookStores: buildStores(shape.hook),
    hookThrottle: shape.hook?.throttle,
    where:
      shape.where === undefined
        ? undefined
        : { expression: shape.where, line: document.lineOf(["where"]) },
    type: shape.type?.trim(),
    realm: shape.realm?.trim(),
    clean: buildClean(shape.clean, document),
    lossy: shape.lossy ?? "ask",
    duplicates: buildDuplicates(shape.duplicates, document),
  };
}

function buildDuplicates(shape: ConfigShape["duplicates"], document: YamlDocument): DuplicateRule {
  if (shape === undefined || shape === "reject") return { kind: "reject" };
  if (shape.keep === "first" || shape.by === undefined) return { kind: "first" };
  const path = ["duplicates", "by"];
  return {
    kind: "latest",
    by: { column: shape.by, line: document.lineOf(path), path: path.join(".") },
  };
}

type RuleShape = NonNullable<ConfigShape["profile"]>[string];

function buildRule(attribute: string, rule: RuleShape, line: number): ProfileRule {
  const fallback = isRuleObject(rule) ? rule.default : undefined;
  return { attribute, line, value: buildValue(rule), fallback };
}

function buildValue(rule: RuleShape): RuleValue {
  if (typeof rule === "string") return { kind: "text", text: rule.trim() };
  if (!isRuleObject(rule)) return { kind: "constant", constant: rule };
  if (rule.omit === true) return { kind: "none" };
  if (rule.from !== undefined) return { kind: "column", text: rule.from };
  if (rule.expression !== undefined) return { kind: "expression", text: rule.expression };
  return { kind: "constant", constant: rule.value ?? "" };
}

function isRuleObject(rule: RuleShape): rule is Exclude<RuleShape, ProfileValue> {
  return typeof rule === "object" && !Array.isArray(rule);
}
