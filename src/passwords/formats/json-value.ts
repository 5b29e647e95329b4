import type { SourceValue } from "../../core/index.ts";
import { isStoredObject, type StoredObject, type StoredValue } from "./stored-format.ts";

const MAX_TEXT_LENGTH = 16_384;

/** The object that a value is, or that its text is the JSON of. */
export function objectOf(value: StoredValue): StoredObject | undefined {
  if (typeof value !== "string") return value;
  if (!value.startsWith("{") || value.length > MAX_TEXT_LENGTH) return undefined;
  try {
    const parsed = JSON.parse(value) as SourceValue;
    return isStoredObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** A property of an object that is an object, or JSON text of one. */
export function innerObject(object: StoredObject, key: string): StoredObject | undefined {
  const inner = ownValue(object, key);
  return typeof inner === "string" || isStoredObject(inner) ? objectOf(inner) : undefined;
}

/** A property of an object that is text. */
export function textIn(object: StoredObject, key: string): string | undefined {
  const found = ownValue(object, key);
  return typeof found === "string" ? found : undefined;
}

/** A property of an object that is a whole number, or the digits of one; NaN when it is neither. */
export function wholeIn(object: StoredObject, key: string): number {
  const found = ownValue(object, key);
  if (typeof found === "number" && Number.isSafeInteger(found)) return found;
  return typeof found === "string" && /^\d{1,15}$/.test(found) ? Number(found) : Number.NaN;
}

/** A property of the object's own. */
export function ownValue(object: StoredObject, key: string): SourceValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
