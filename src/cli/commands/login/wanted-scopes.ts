import {
  examinedScopes,
  importScopes,
  neededScopes,
  type ScopeNeeds,
} from "../../../okta/index.ts";

/** What the flags of `login` say of scopes. */
export interface ScopeWish {
  /** Undefined: what commands can use. */
  readonly scopes: readonly string[] | undefined;
  /** Whether the commands of the hook's programme are among them. */
  readonly programme: boolean;
}

/**
 * What a sign-in asks for: all that any command can use, what `doctor` reads among it, and nothing
 * without which it would be of no use to another one.
 */
export function wantedScopes({ scopes, programme }: ScopeWish): ScopeNeeds {
  return scopes === undefined ? examinedScopes({ programme }) : { required: scopes, optional: [] };
}

/** What of it is told where it is missing: `doctor` says itself what it could not read. */
export function missedScopes(wish: ScopeWish): ScopeNeeds {
  return wish.scopes === undefined ? importScopes(wish) : wantedScopes(wish);
}

/**
 * What is asked for in a browser, one after the other as the org refuses: the org's page can't be asked
 * beforehand what it would grant, and somebody has to open it each time.
 */
export function browserScopes(wish: ScopeWish): readonly (readonly string[])[] {
  if (wish.scopes !== undefined) return [wish.scopes];
  const { required, optional } = neededScopes({ creates: true, groups: false, hook: false });
  const least = [...required, ...optional.map(({ scope }) => scope)];
  return [...[examinedScopes(wish), importScopes(wish)].map(namesOf), least];
}

function namesOf({ optional }: ScopeNeeds): readonly string[] {
  return optional.map(({ scope }) => scope);
}
