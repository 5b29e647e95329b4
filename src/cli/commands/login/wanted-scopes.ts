import { examinedScopes, type ScopeNeeds } from "../../../okta/index.ts";

/**
 * What a sign-in asks for: all that any command can use, what `doctor` reads among it, and nothing
 * without which it would be of no use to another one.
 */
export function wantedScopes(only: readonly string[] | undefined): ScopeNeeds {
  if (only !== undefined) return { required: only, optional: [] };
  return examinedScopes();
}
