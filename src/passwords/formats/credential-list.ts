import type { SourceValue } from "../../core/index.ts";
import { isStoredObject } from "./stored-format.ts";

/**
 * Of a list of credentials, as Keycloak exports them for each user, the password; `null` where there
 * is none among them. Every other value, and a list of several passwords, stays as it is.
 */
export function passwordOfList(found: SourceValue | undefined): SourceValue | undefined {
  if (!isList(found) || !found.every((one) => isStoredObject(one))) return found;
  const passwords = found.filter(({ type }) => type === "password");
  if (passwords.length > 1) return found;
  return passwords[0] ?? null;
}

function isList(found: SourceValue | undefined): found is readonly SourceValue[] {
  return Array.isArray(found);
}
