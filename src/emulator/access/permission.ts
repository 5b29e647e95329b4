/** What a call needs: to read or to manage one kind of thing. */
export interface Permission {
  /** As it stands in the names of scopes: `users`, `groups`, … */
  readonly resource: string;
  readonly verb: "read" | "manage";
}

/** Which scopes guard which paths, most special first. @see docs/okta/access.md#scope-per-call */
const GUARDED: readonly (readonly [prefix: string, resource: string])[] = [
  ["/api/v1/users/{userId}/roles", "roles"],
  ["/api/v1/iam/roles", "roles"],
  ["/api/v1/users", "users"],
  ["/api/v1/groups", "groups"],
  ["/api/v1/meta/schemas", "schemas"],
  ["/api/v1/meta/types", "userTypes"],
  ["/api/v1/realms", "realms"],
  ["/api/v1/inlineHooks", "inlineHooks"],
  ["/api/v1/logs", "logs"],
  ["/api/v1/org", "orgs"],
  ["/api/v1/apps/{appId}/grants", "appGrants"],
  ["/api/v1/principal-rate-limits", "principalRateLimits"],
  ["/oauth2/v1/clients/{clientId}/roles", "roles"],
];

/**
 * What a call of a route needs.
 *
 * @param template path with `{…}` where a value stands
 * @throws {Error} when no scope is known for it: every guarded route has one
 */
export function permissionFor(method: string, template: string): Permission {
  const guarded = GUARDED.find(([prefix]) => template.startsWith(prefix));
  if (guarded === undefined) throw new Error(`no scope guards ${template}`);
  return { resource: guarded[1], verb: method === "GET" ? "read" : "manage" };
}

/** The scope that Okta's API description names for it. */
export function scopeOf({ resource, verb }: Permission): string {
  return `okta.${resource}.${verb}`;
}

/** Whether scopes cover it; to manage includes to read. */
export function covers(scopes: ReadonlySet<string>, permission: Permission): boolean {
  const { resource, verb } = permission;
  if (scopes.has(`okta.${resource}.manage`)) return true;
  return verb === "read" && scopes.has(`okta.${resource}.read`);
}

/** Every scope that guards something here. */
export function knownScopes(): readonly string[] {
  const resources = [...new Set(GUARDED.map(([, resource]) => resource))];
  return resources.flatMap((resource) => [`okta.${resource}.manage`, `okta.${resource}.read`]);
}
