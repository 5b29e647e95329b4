import type { GroupRecord } from "./group-store.ts";
import type { Subject } from "./match-expression.ts";
import type { Org } from "./org.ts";
import {
  type Condition,
  conditionsOf,
  type Expression,
  instantFault,
  invalidSearch,
  operatorFault,
  parseExpression,
} from "./search-expression.ts";

const INSTANTS = ["created", "lastUpdated", "lastMembershipUpdated"];
const NAMES = ["profile.name", "profile.description"];
const KINDS = { names: NAMES, instants: INSTANTS };
const SEARCHED = ["id", "type", ...NAMES, ...INSTANTS];
const FILTERED = ["id", "type", "lastUpdated", "lastMembershipUpdated"];

/**
 * Reads what groups are searched by.
 *
 * @param kind `filter` knows fewer attributes
 * @throws {OrgRefusal} 400 `E0000031` when it asks for what there is not
 * @see docs/okta/groups.md#list
 */
export function readGroupExpression(org: Org, kind: "search" | "filter", text: string): Expression {
  const expression = parseExpression(text);
  const known = kind === "search" ? SEARCHED : FILTERED;
  for (const condition of conditionsOf(expression)) {
    const fault = faultOf(org, condition, known);
    if (fault !== undefined) throw invalidSearch(fault, "Invalid search query.");
  }
  return expression;
}

/** Whether groups can be sorted by an attribute. */
export function isSortable(attribute: string): boolean {
  return SEARCHED.includes(attribute);
}

/** A group as searches see it. */
export class SearchableGroup implements Subject {
  readonly #group: GroupRecord;

  constructor(group: GroupRecord) {
    this.#group = group;
  }

  instantOf(attribute: string): number | undefined {
    switch (attribute) {
      case "created":
        return this.#group.createdAt;
      case "lastUpdated":
        return this.#group.lastUpdatedAt;
      case "lastMembershipUpdated":
        return this.#group.membersChangedAt;
      default:
        return undefined;
    }
  }

  valueOf(attribute: string): unknown {
    switch (attribute) {
      case "id":
        return this.#group.id;
      case "type":
        return this.#group.type;
      case "profile.name":
        return this.#group.name;
      default:
        return this.#group.description;
    }
  }
}

function faultOf(org: Org, condition: Condition, known: readonly string[]): string | undefined {
  const { attribute } = condition;
  if (!known.includes(attribute)) return `${attribute}: there is ${known.join(", ")}`;
  return (
    operatorFault(condition, KINDS) ?? instantFault(condition, KINDS, (text) => org.instantOf(text))
  );
}
