import type { JsonObject } from "./json.ts";
import type { Org } from "./org.ts";
import { profileOf, type UserRecord } from "./user-record.ts";
import type { UserSchema } from "./user-schema.ts";
import type { UserType } from "./user-types.ts";

/** Name of a unique custom attribute whose value another user has; undefined when there is none. */
export function findTakenValue(
  org: Org,
  { schema, profile }: { readonly schema: UserSchema; readonly profile: JsonObject },
  own: number | undefined,
): string | undefined {
  for (const name of schema.unique) {
    const holder = org.uniqueValues.get(keyOf(name, profile[name]));
    if (profile[name] !== undefined && holder !== undefined && holder !== own) return name;
  }
  return undefined;
}

/** Notes a user as the holder of its unique values. @see docs/okta/schema.md#unique */
export function claimUniqueValues(org: Org, user: UserRecord, profile: JsonObject): void {
  for (const name of user.type.schema.unique) {
    const value = profile[name];
    if (value !== undefined) org.uniqueValues.set(keyOf(name, value), user.ordinal);
  }
}

/** Gives a user's unique values free. */
export function releaseUniqueValues(org: Org, user: UserRecord): void {
  const { unique } = user.type.schema;
  if (unique.length === 0) return;
  const profile = profileOf(user);
  for (const name of unique) {
    const key = keyOf(name, profile[name]);
    if (org.uniqueValues.get(key) === user.ordinal) org.uniqueValues.delete(key);
  }
}

/**
 * Notes the holders of all unique values anew, after a type's schema has changed. An attribute of it
 * that is not unique by the users there are loses the mark, as with Okta.
 *
 * @see docs/okta/schema.md#unique
 */
export function recountUniqueValues(org: Org, changed: UserType): void {
  for (;;) {
    const clash = claimAll(org);
    if (clash === undefined) return;
    changed.schema.endUniqueness(clash);
  }
}

/** Name of the first attribute for which two users have one value. */
function claimAll(org: Org): string | undefined {
  org.uniqueValues.clear();
  if (org.types.all().every(({ schema }) => schema.unique.length === 0)) return undefined;
  for (const user of org.users.from(0)) {
    const { schema } = user.type;
    if (schema.unique.length === 0) continue;
    const profile = profileOf(user);
    const taken = findTakenValue(org, { schema, profile }, user.ordinal);
    if (taken !== undefined) return taken;
    claimUniqueValues(org, user, profile);
  }
  return undefined;
}

function keyOf(name: string, value: unknown): string {
  return `${name} ${JSON.stringify(value)}`;
}
