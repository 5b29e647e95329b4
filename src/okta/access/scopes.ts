/** Which scopes a command asks for. @see docs/okta/access.md#scopes-of-an-app */
export interface ScopeNeeds {
  /** Without one of these there is nothing to do. */
  readonly required: readonly string[];
  /** Asked for as well, and done without where the app was not granted them. */
  readonly optional: readonly OptionalScope[];
}

/** A scope that can be done without. */
export interface OptionalScope {
  readonly scope: string;
  /** What then is not done, as a sentence's end: `the org's user schema is not read`. */
  readonly without: string;
}

/** What a command is about to do. */
export interface Purpose {
  /** Whether users are created, or things are only looked at. */
  readonly creates: boolean;
  /** Whether groups are named. */
  readonly groups: boolean;
  /** Whether the password import hook matters. */
  readonly hook: boolean;
  /** Whether a user type is named. @default false */
  readonly userType?: boolean;
  /** Whether a realm is named. @default false */
  readonly realm?: boolean;
}

/** The scopes that a command can use. */
export function neededScopes(purpose: Purpose): ScopeNeeds {
  const { creates, groups, hook, userType = false, realm = false } = purpose;
  const optional = [
    { scope: "okta.users.read", without: "logins may not be looked up" },
    { scope: "okta.schemas.read", without: "the org's own user schema is not checked" },
  ];
  if (groups) optional.push({ scope: "okta.groups.read", without: "groups may not be found" });
  if (groups && creates) {
    optional.push({ scope: "okta.groups.manage", without: "missing groups can't be made" });
  }
  if (hook) {
    const without = "it is not checked that the org has a password import hook";
    optional.push({ scope: "okta.inlineHooks.read", without });
  }
  if (userType) {
    optional.push({ scope: "okta.userTypes.read", without: "the user type can't be found" });
  }
  if (realm) optional.push({ scope: "okta.realms.read", without: "the realm can't be found" });
  return { required: creates ? ["okta.users.manage"] : [], optional };
}

/** What the commands of the hook's programme can use. */
export const HOOK_SCOPES = {
  register: {
    required: ["okta.inlineHooks.manage"],
    optional: [{ scope: "okta.inlineHooks.read", without: "a hook that is there may not be seen" }],
  },
  test: {
    required: ["okta.inlineHooks.manage"],
    optional: [{ scope: "okta.inlineHooks.read", without: "the hook may not be found" }],
  },
  status: {
    required: ["okta.users.read"],
    optional: [
      { scope: "okta.logs.read", without: "who has moved is not read from the log" },
      { scope: "okta.inlineHooks.read", without: "the hook is not looked at" },
    ],
  },
  finish: {
    required: ["okta.users.manage"],
    optional: [
      { scope: "okta.users.read", without: "users may not be listed" },
      { scope: "okta.inlineHooks.read", without: "the hook may not be found" },
      { scope: "okta.inlineHooks.manage", without: "the hook can't be removed" },
    ],
  },
} as const satisfies Readonly<Record<string, ScopeNeeds>>;

/** A command, in one of its forms, and the scopes that it can use. */
export interface CommandScopes {
  /** As it is typed, or said: `import --hook`, `import with groups`. */
  readonly command: string;
  readonly needs: ScopeNeeds;
}

/** What each command that goes to an org is about to do. */
const PURPOSES: readonly (readonly [command: string, purpose: Purpose])[] = [
  ["check", { creates: false, groups: false, hook: false }],
  ["import", { creates: true, groups: false, hook: false }],
  ["import with groups", { creates: true, groups: true, hook: false }],
  ["import --hook", { creates: true, groups: false, hook: true }],
  ["canary", { creates: true, groups: false, hook: false }],
];

/** What is looked at beyond what every migration needs. */
export interface ScopeReach {
  /** Whether the commands of the hook's programme are meant too. @default false */
  readonly programme?: boolean;
  /** Whether a user type is named. @default false */
  readonly userType?: boolean;
  /** Whether a realm is named. @default false */
  readonly realm?: boolean;
}

/** The scopes of every command that goes to an org. */
export function scopesOfCommands({ programme = false }: ScopeReach = {}): readonly CommandScopes[] {
  const commands = PURPOSES.map(([command, purpose]) => ({
    command,
    needs: neededScopes(purpose),
  }));
  const ofHook = Object.entries(HOOK_SCOPES).map(([name, needs]) => ({
    command: `hook ${name}`,
    needs,
  }));
  return programme ? [...commands, ...ofHook] : commands;
}

/** What only an examination of the org reads. @see docs/okta/access.md#scope-per-call */
const EXAMINED: readonly OptionalScope[] = [
  { scope: "okta.orgs.read", without: "the org's name is not read" },
  { scope: "okta.roles.read", without: "the admin role is not read" },
  { scope: "okta.appGrants.read", without: "the app's grants are not read" },
  { scope: "okta.principalRateLimits.read", without: "the app's share of the limits is not read" },
];

/** What of the programme's scopes no import uses. */
const PROGRAMME: readonly OptionalScope[] = [
  { scope: "okta.inlineHooks.manage", without: "the hook can't be registered, tried or removed" },
  { scope: "okta.logs.read", without: "who has moved is not read from the log" },
];

/** All that an import with groups and hook can use, and where it is meant the hook's programme. */
export function importScopes(reach: ScopeReach = {}): ScopeNeeds {
  const { programme = false, userType = false, realm = false } = reach;
  const purpose = { creates: true, groups: true, hook: true, userType, realm };
  const { required, optional } = neededScopes(purpose);
  const needed = required.map((scope) => ({ scope, without: "users can't be created" }));
  return {
    required: [],
    optional: [...needed, ...optional, ...(programme ? PROGRAMME : [])],
  };
}

/** All that any command can use, none of which an examination needs: it tells which are missing. */
export function examinedScopes(reach: ScopeReach = {}): ScopeNeeds {
  return { required: [], optional: [...importScopes(reach).optional, ...EXAMINED] };
}

/** An answer that grants what was asked for, or says in OAuth's words why not. */
export type ScopeAnswer =
  | { readonly kind: "granted" }
  | { readonly kind: "refused"; readonly code: string };

/** The answer to the most scopes that the org gives something for, or why it gives nothing. */
export interface ScopeSearch<A extends ScopeAnswer> {
  readonly answer: A;
  /** Those that it was asked for. */
  readonly scopes: readonly string[];
}

/** Codes that refuse a token because of the scopes alone. */
const SCOPE_REFUSALS: ReadonlySet<string> = new Set(["invalid_scope", "consent_required"]);

/** Whether an answer refuses the scopes, and not the app. */
export function refusesScopes(answer: ScopeAnswer): boolean {
  return answer.kind === "refused" && SCOPE_REFUSALS.has(answer.code);
}

/**
 * Finds the largest set of scopes that is granted. One that is not makes the org refuse them all, so
 * all are asked for first, and only where that fails each by itself.
 */
export async function findScopes<A extends ScopeAnswer>(
  needs: ScopeNeeds,
  ask: (scopes: readonly string[]) => Promise<A>,
): Promise<ScopeSearch<A>> {
  const { required } = needs;
  const optional = needs.optional.map(({ scope }) => scope);
  const all = [...required, ...optional];
  let found: ScopeSearch<A> = { answer: await ask(all), scopes: all };
  if (!refusesScopes(found.answer)) return found;
  if (required.length > 0) {
    found = { answer: await ask(required), scopes: required };
    if (found.answer.kind === "refused") return found;
  }
  let scopes = required;
  for (const scope of optional) {
    const more = [...scopes, scope];
    const answer = await ask(more);
    if (answer.kind === "granted") {
      scopes = more;
      found = { answer, scopes };
    } else if (!refusesScopes(answer)) return { answer, scopes: more };
  }
  return found;
}

/** Which scopes are missing, and what is said of it. */
export interface MissingScopes {
  readonly required: readonly string[];
  /** Scopes that can be done without, each with what then is not done; undefined where none is. */
  readonly list: string | undefined;
}

/** What to do about a scope that was not granted; goes on a sentence. @see docs/okta/access.md#refusals */
export const HOW_TO_GRANT =
  "grant the scope as a Super Administrator: Applications > Applications > the app > Okta API Scopes";

/** Compares what a command can use with what was granted. */
export function missingScopes(needs: ScopeNeeds, granted: readonly string[]): MissingScopes {
  const isMissing = (scope: string): boolean => !granted.includes(scope);
  const missing = needs.optional.filter(({ scope }) => isMissing(scope));
  const list = missing.map(({ scope, without }) => `${scope} (${without})`).join(", ");
  return {
    required: needs.required.filter(isMissing),
    list: missing.length === 0 ? undefined : list,
  };
}
