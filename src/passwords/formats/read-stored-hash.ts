import type { PasswordMaterial, SourceValue } from "../../core/index.ts";
import { CARRIED, findCarried, type HashFormat } from "./carried.ts";
import { nameOtherScheme } from "./not-carried.ts";
import { isAbsent } from "./presence.ts";
import { isStoredObject, type StoredValue } from "./stored-format.ts";
import { malformed, unsupported } from "./unusable.ts";

/**
 * Reads what a source holds as one password hash.
 *
 * White space around a text is no part of a hash and is dropped; nothing else is changed. Never
 * throws.
 *
 * @param format a format that every record must have, or `auto`
 * @see docs/okta/password-hashes.md#shapes
 */
export function readStoredHash(
  found: SourceValue | undefined,
  format: HashFormat,
): PasswordMaterial {
  if (isAbsent(found)) return { kind: "none" };
  const value = typeof found === "string" ? found.trim() : found;
  if (typeof value !== "string" && !isStoredObject(value)) {
    return malformed("is neither text nor an object");
  }
  const reader =
    format === "auto" ? findCarried(value) : CARRIED.find(({ name }) => name === format);
  if (reader === undefined || (format !== "auto" && !reader.recognises(value))) {
    return explain(value, format);
  }
  return reader.read(value);
}

function explain(value: StoredValue, format: HashFormat): PasswordMaterial {
  const other = typeof value === "string" ? nameOtherScheme(value) : undefined;
  if (other !== undefined) return unsupported(`is ${other}, which can't be carried`);
  if (format !== "auto") return malformed(`is not in the format \`${format}\``);
  return malformed("is in no format that is known; it may be clear text, which is never sent");
}
