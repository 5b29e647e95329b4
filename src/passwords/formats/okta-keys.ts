import type { StoredObject } from "./stored-format.ts";

/**
 * Whether an object has a value under a key that its algorithm does not know: a hash that needs it
 * would never match. `saltOrder` alone is harmless where the algorithm fixes the order.
 */
export function hasForeignKey(object: StoredObject, own: readonly string[]): boolean {
  return Object.entries(object).some(([key, value]) => value !== null && !own.includes(key));
}
