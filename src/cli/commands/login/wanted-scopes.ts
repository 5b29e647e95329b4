import { neededScopes, type ScopeNeeds } from "../../../okta/index.ts";

/**
 * What a sign-in asks for: all that any command can use, and nothing without which it would be of no
 * use to another one.
 */
export function wantedScopes(only: readonly string[] | undefined): ScopeNeeds {
  if (only !== undefined) return { required: only, optional: [] };
  const { required, optional } = neededScopes({ creates: true, groups: true, hook: true });
  const creating = required.map((scope) => ({ scope, without: "users can't be created" }));
  return { required: [], optional: [...creating, ...optional] };
}
