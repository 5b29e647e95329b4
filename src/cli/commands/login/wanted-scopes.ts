import { examinedScopes, neededScopes, type ScopeNeeds } from "../../../okta/index.ts";

/**
 * What a sign-in asks for: all that any command can use, what `doctor` reads among it, and nothing
 * without which it would be of no use to another one.
 */
export function wantedScopes(only: readonly string[] | undefined): ScopeNeeds {
  return only === undefined ? examinedScopes() : { required: only, optional: [] };
}

/** What of it is told where it is missing: `doctor` says itself what it could not read. */
export function missedScopes(only: readonly string[] | undefined): ScopeNeeds {
  return only === undefined ? optionally({ groups: true, hook: true }) : wantedScopes(only);
}

/**
 * What is asked for in a browser, one after the other as the org refuses: the org's page can't be asked
 * beforehand what it would grant, and somebody has to open it each time.
 */
export function browserScopes(only: readonly string[] | undefined): readonly (readonly string[])[] {
  if (only !== undefined) return [only];
  return [
    examinedScopes(),
    optionally({ groups: true, hook: true }),
    optionally({ groups: false, hook: false }),
  ].map(({ optional }) => optional.map(({ scope }) => scope));
}

function optionally(purpose: { readonly groups: boolean; readonly hook: boolean }): ScopeNeeds {
  const { required, optional } = neededScopes({ creates: true, ...purpose });
  const creating = required.map((scope) => ({ scope, without: "users can't be created" }));
  return { required: [], optional: [...creating, ...optional] };
}
