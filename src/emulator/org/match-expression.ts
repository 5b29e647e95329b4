import type { JsonObject } from "./json.ts";
import type { Org } from "./org.ts";
import { OrgRefusal } from "./org-refusal.ts";
import { NEVER, profileOf, type UserRecord } from "./user-record.ts";

/** A condition of `search` or `filter`: attribute, operator, value. */
export interface Condition {
  readonly attribute: string;
  readonly operator: "eq" | "sw" | "co" | "gt" | "ge" | "lt" | "le" | "pr";
  readonly value: string;
}

const CONDITION =
  /\s*([\w.]+)\s+(?:(pr)|(eq|sw|co|gt|ge|lt|le)\s+("(?:[^"\\]|\\.)*"|true|false|-?\d+(?:\.\d+)?))\s*(and\s+|$)/iy;

/**
 * Reads an expression whose conditions are joined by `and`.
 *
 * @throws {OrgRefusal} 400 `E0000031` for anything else, `or` and brackets included
 */
export function parseExpression(text: string): readonly Condition[] {
  const conditions: Condition[] = [];
  CONDITION.lastIndex = 0;
  let joined = true;
  while (joined) {
    const match = CONDITION.exec(text);
    if (match === null) {
      throw new OrgRefusal(400, "E0000031", `Invalid search criteria.`, [
        "The emulator reads conditions joined by 'and': eq, sw, co, gt, ge, lt, le, pr",
      ]);
    }
    const [, attribute = "", present, operator, literal = "", joint = ""] = match;
    conditions.push({
      attribute,
      operator: (present ?? operator ?? "eq").toLowerCase() as Condition["operator"],
      value: literal.startsWith('"') ? String(JSON.parse(literal)) : literal,
    });
    joined = joint !== "";
  }
  return conditions;
}

/**
 * Whether a user meets all conditions.
 *
 * @param foldCase whether the case of values does not count, as in `search`; diacritics always do
 * @see docs/okta/lookup.md#search-lag
 */
export function meets(
  org: Org,
  user: UserRecord,
  conditions: readonly Condition[],
  foldCase: boolean,
): boolean {
  let profile: JsonObject | undefined;
  return conditions.every(({ attribute, operator, value }) => {
    const instant = instantOf(user, attribute);
    if (instant === NEVER) return false;
    if (instant !== undefined) return compare(instant - org.instantOf(value), operator);
    if (attribute.startsWith("profile.")) profile ??= profileOf(user);
    const found = valueOf(org, user, attribute, profile);
    const values = Array.isArray(found) ? found : [found];
    return values.some((each) => matches(each, operator, value, foldCase));
  });
}

function instantOf(user: UserRecord, attribute: string): number | undefined {
  switch (attribute) {
    case "created":
      return user.createdAt;
    case "lastUpdated":
      return user.lastUpdatedAt;
    case "activated":
      return user.activatedAt;
    case "statusChanged":
      return user.statusChangedAt;
    default:
      return undefined;
  }
}

function valueOf(
  org: Org,
  user: UserRecord,
  attribute: string,
  profile: JsonObject | undefined,
): unknown {
  if (attribute === "id") return org.users.idOf(user);
  if (attribute === "status") return user.status;
  if (attribute === "type.id") return org.typeId;
  if (profile !== undefined && attribute.startsWith("profile.")) {
    return profile[attribute.slice("profile.".length)];
  }
  throw new OrgRefusal(400, "E0000031", `Invalid search criteria.`, [
    `${attribute} can't be searched`,
  ]);
}

function matches(
  found: unknown,
  operator: Condition["operator"],
  value: string,
  foldCase: boolean,
): boolean {
  if (found === undefined || found === null) return false;
  if (operator === "pr") return true;
  const text = typeof found === "string" ? found : JSON.stringify(found);
  const left = foldCase ? text.toLowerCase() : text;
  const right = foldCase ? value.toLowerCase() : value;
  if (operator === "sw") return left.startsWith(right);
  if (operator === "co") return left.includes(right);
  return compare(left < right ? -1 : Number(left > right), operator);
}

function compare(difference: number, operator: Condition["operator"]): boolean {
  switch (operator) {
    case "eq":
      return difference === 0;
    case "gt":
      return difference > 0;
    case "ge":
      return difference >= 0;
    case "lt":
      return difference < 0;
    case "le":
      return difference <= 0;
    case "pr":
      return true;
    case "sw":
    case "co":
      return false;
  }
}
