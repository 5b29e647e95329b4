import { isRecord, type JsonObject, parseObject } from "../org/json.ts";
import { OrgRefusal } from "../org/org-refusal.ts";

/** What is left of a user: whole members, and some of the profile's. */
export interface Projection {
  readonly members: ReadonlySet<string>;
  readonly profile: ReadonlySet<string>;
}

const FIELD = /\s*(?:profile:\(([\w\s,]*)\)|([A-Za-z_]\w*))\s*(?:,|$)/y;

/**
 * Reads `fields`, such as `id,status,profile:(firstName,city)`. The id is always in it; names that a
 * user does not have are no mistake.
 *
 * @throws {OrgRefusal} 400 when it is written otherwise
 * @see docs/okta/lookup.md#smaller-answers
 */
export function readProjection(text: string): Projection {
  const members = new Set(["id"]);
  const profile = new Set<string>();
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < text.length) {
    const match = FIELD.exec(text);
    if (match === null) {
      const cause = "fields: as in id,status,profile:(firstName,city)";
      throw new OrgRefusal(400, "E0000031", "Invalid search criteria.", [cause]);
    }
    const [, names, member] = match;
    if (member !== undefined) members.add(member);
    for (const name of names?.split(",") ?? []) profile.add(name.trim());
  }
  return { members, profile };
}

/** A rendered user with what a projection leaves of it, as JSON. */
export function project(rendered: string, { members, profile }: Projection): string {
  const user = parseObject(rendered) ?? {};
  const left = picked(user, members);
  if (profile.size === 0 || members.has("profile") || !isRecord(user["profile"])) {
    return JSON.stringify(left);
  }
  return JSON.stringify({ ...left, profile: picked(user["profile"], profile) });
}

function picked(value: JsonObject, names: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => names.has(name)));
}
