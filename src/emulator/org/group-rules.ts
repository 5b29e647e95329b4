import type { IdMaker } from "./ids.ts";
import type { JsonObject } from "./json.ts";
import { type RuleTest, readRuleExpression } from "./rule-expression.ts";

const KIND = "0pr";

/** A rule that puts users into groups. Instants are milliseconds since the org's start. */
export interface GroupRule {
  readonly id: string;
  readonly ordinal: number;
  name: string;
  expression: string;
  /** Undefined: the expression is more than is understood here, and nobody meets it. */
  test: RuleTest | undefined;
  /** Ids of the groups. */
  readonly groupIds: readonly string[];
  /** Ids of users whom the rule leaves alone. */
  excluded: readonly string[];
  status: "ACTIVE" | "INACTIVE" | "INVALID";
  readonly createdAt: number;
  lastUpdatedAt: number;
  /** Ordinals of users whom it put into a group. */
  readonly assigned: Set<number>;
}

/** What a rule says. */
export type RuleParts = Pick<GroupRule, "name" | "expression" | "groupIds" | "excluded">;

/** The group rules of the org. @see docs/okta/groups.md#rules */
export class GroupRules {
  readonly #ids: IdMaker;
  /** A deleted rule leaves its place empty. */
  readonly #inOrder: (GroupRule | undefined)[] = [];
  #active: readonly GroupRule[] = [];

  constructor(ids: IdMaker) {
    this.#ids = ids;
  }

  /** Those that put users into groups. */
  get active(): readonly GroupRule[] {
    return this.#active;
  }

  /** Ordinal of the next rule. */
  get nextOrdinal(): number {
    return this.#inOrder.length;
  }

  /** All rules in order of creation. */
  all(): readonly GroupRule[] {
    return this.#inOrder.filter((rule) => rule !== undefined);
  }

  /** By id. */
  byId(id: string): GroupRule | undefined {
    return this.#inOrder[this.#ids.ordinalOf(KIND, id)];
  }

  /** Adds a rule, inactive. */
  add(parts: RuleParts, createdAt: number): GroupRule {
    return this.restore(this.#inOrder.length, { ...parts, createdAt });
  }

  /** Puts a rule into its place, inactive. */
  restore(ordinal: number, parts: RuleParts & Pick<GroupRule, "createdAt">): GroupRule {
    this.reserve(ordinal);
    const rule: GroupRule = {
      ...parts,
      id: this.#ids.idOf(KIND, ordinal),
      ordinal,
      test: readRuleExpression(parts.expression),
      status: "INACTIVE",
      lastUpdatedAt: parts.createdAt,
      assigned: new Set(),
    };
    this.#inOrder[ordinal] = rule;
    return rule;
  }

  /** The next rule has this ordinal, or a higher one where there are as many. */
  reserve(ordinal: number): void {
    while (this.#inOrder.length < ordinal) this.#inOrder.push(undefined);
  }

  /** Gives a rule another name, expression or exceptions; the groups stay. */
  change(rule: GroupRule, parts: Omit<RuleParts, "groupIds">): void {
    Object.assign(rule, parts, { test: readRuleExpression(parts.expression) });
  }

  /** Turns a rule on or off. */
  turn(rule: GroupRule, status: GroupRule["status"]): void {
    rule.status = status;
    this.#active = this.all().filter((each) => each.status === "ACTIVE");
  }

  /** Rules that put users into a group hold no longer: it is gone. */
  invalidate(groupId: string): void {
    for (const rule of this.all()) {
      if (rule.groupIds.includes(groupId)) this.turn(rule, "INVALID");
    }
  }

  /** Takes a rule out for good. */
  delete(rule: GroupRule): void {
    this.turn(rule, "INACTIVE");
    this.#inOrder[rule.ordinal] = undefined;
  }
}

/** Whether a profile meets a rule. */
export function isMet({ test }: GroupRule, profile: JsonObject): boolean {
  return test?.(profile) === true;
}
