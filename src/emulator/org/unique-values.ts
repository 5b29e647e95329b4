import type { JsonObject } from "./json.ts";
import type { Org } from "./org.ts";

/** Name of a unique custom attribute whose value another user has; undefined when there is none. */
export function findTakenValue(
  org: Org,
  profile: JsonObject,
  own: number | undefined,
): string | undefined {
  for (const name of org.schema.unique) {
    const holder = org.uniqueValues.get(keyOf(name, profile[name]));
    if (profile[name] !== undefined && holder !== undefined && holder !== own) return name;
  }
  return undefined;
}

/** Notes a user as the holder of its unique values. */
export function claimUniqueValues(org: Org, profile: JsonObject, ordinal: number): void {
  for (const name of org.schema.unique) {
    if (profile[name] !== undefined) org.uniqueValues.set(keyOf(name, profile[name]), ordinal);
  }
}

/** Gives a user's unique values free. */
export function releaseUniqueValues(org: Org, profile: JsonObject): void {
  for (const name of org.schema.unique) org.uniqueValues.delete(keyOf(name, profile[name]));
}

function keyOf(name: string, value: unknown): string {
  return `${name} ${JSON.stringify(value)}`;
}
