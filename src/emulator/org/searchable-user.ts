import type { JsonObject } from "./json.ts";
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
import { profileOf, type UserRecord } from "./user-record.ts";

const PROFILE = "profile.";
const INSTANTS = ["created", "activated", "statusChanged", "lastUpdated"];
const NAMES = ["profile.firstName", "profile.lastName", "profile.email", "profile.login"];
const KINDS = { names: NAMES, instants: INSTANTS };
const FILTERED = ["id", "status", ...NAMES];
const ORDERED = ["eq", "gt", "ge", "lt", "le"];

/**
 * Reads what users are searched by.
 *
 * @param kind `filter` knows fewer attributes, and `eq` alone but for `lastUpdated`
 * @throws {OrgRefusal} 400 `E0000031` when it asks for what there is not
 * @see docs/okta/lookup.md#expressions
 */
export function readUserExpression(org: Org, kind: "search" | "filter", text: string): Expression {
  const expression = parseExpression(text);
  for (const condition of conditionsOf(expression)) {
    const fault = kind === "search" ? searchFault(condition) : filterFault(condition);
    if (fault !== undefined) throw invalidSearch(fault, "Invalid search query.");
    const noInstant = instantFault(condition, KINDS, (value) => org.instantOf(value));
    if (noInstant !== undefined) throw invalidSearch(noInstant);
  }
  return expression;
}

/** Whether users can be searched and sorted by an attribute. */
export function isSearchable(attribute: string): boolean {
  return (
    INSTANTS.includes(attribute) ||
    ["id", "status", "type.id"].includes(attribute) ||
    (attribute.startsWith(PROFILE) && attribute.length > PROFILE.length)
  );
}

/** A user as searches see it; its profile is read at the first need. */
export class SearchableUser implements Subject {
  readonly #org: Org;
  readonly #user: UserRecord;
  #profile: JsonObject | undefined;

  constructor(org: Org, user: UserRecord) {
    this.#org = org;
    this.#user = user;
  }

  instantOf(attribute: string): number | undefined {
    switch (attribute) {
      case "created":
        return this.#user.createdAt;
      case "lastUpdated":
        return this.#user.lastUpdatedAt;
      case "activated":
        return this.#user.activatedAt;
      case "statusChanged":
        return this.#user.statusChangedAt;
      default:
        return undefined;
    }
  }

  valueOf(attribute: string): unknown {
    if (attribute === "id") return this.#org.users.idOf(this.#user);
    if (attribute === "status") return this.#org.statusOf(this.#user);
    if (attribute === "type.id") return this.#user.type.id;
    if (attribute === "profile.login") return this.#user.login;
    this.#profile ??= profileOf(this.#user);
    return this.#profile[attribute.slice(PROFILE.length)];
  }
}

function searchFault(condition: Condition): string | undefined {
  const { attribute } = condition;
  if (!isSearchable(attribute)) return `${attribute} can't be searched`;
  return operatorFault(condition, KINDS);
}

function filterFault({ attribute, operator }: Condition): string | undefined {
  const allowed = attribute === "lastUpdated" ? ORDERED : ["eq"];
  if (attribute !== "lastUpdated" && !FILTERED.includes(attribute)) {
    return `${attribute} can't be filtered by`;
  }
  return allowed.includes(operator)
    ? undefined
    : `${attribute} ${operator}: there is ${allowed.join(", ")}`;
}
