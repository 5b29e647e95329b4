import type { SourceValue } from "../../core/index.ts";
import { isStoredObject, type StoredObject } from "./stored-format.ts";

const MAX_TEXT_LENGTH = 4096;
/** How JSON of an object begins. `{SSHA}…` does not: to try it costs more than all the rest of a record. */
const OPENING = /^\s*\{\s*["}]/;

/** An object, or JSON text of one; undefined for everything else, and for text too long to hold a hash. */
export function objectOf(value: SourceValue | undefined): StoredObject | undefined {
  if (isStoredObject(value)) return value;
  if (typeof value !== "string" || value.length > MAX_TEXT_LENGTH) return undefined;
  if (!OPENING.test(value)) return undefined;
  try {
    const parsed = JSON.parse(value) as SourceValue;
    return isStoredObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** A text under a key; undefined when it is none. */
export function textAt(object: StoredObject | undefined, key: string): string | undefined {
  const value = valueAt(object, key);
  return typeof value === "string" ? value : undefined;
}

/** A whole number under a key, also written as its digits; `NaN` when it is none. */
export function countAt(object: StoredObject | undefined, key: string): number {
  const value = valueAt(object, key);
  if (typeof value === "string" && /^[1-9]\d{0,9}$/.test(value)) return Number(value);
  return typeof value === "number" && Number.isSafeInteger(value) ? value : Number.NaN;
}

/** What stands under a key of the object's own. */
export function valueAt(object: StoredObject | undefined, key: string): SourceValue | undefined {
  return object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;
}
