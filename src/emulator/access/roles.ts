import type { Permission } from "./permission.ts";

/** Okta's standard admin roles, the one custom role that there is here, and `none`. @see docs/okta/access.md#roles */
export const ADMIN_ROLES = [
  "SUPER_ADMIN",
  "ORG_ADMIN",
  "READ_ONLY_ADMIN",
  "USER_ADMIN",
  "GROUP_MEMBERSHIP_ADMIN",
  "HELP_DESK_ADMIN",
  "APP_ADMIN",
  "REPORT_ADMIN",
  "API_ACCESS_MANAGEMENT_ADMIN",
  "CUSTOM",
  "none",
] as const;

/** What an app, or the administrator behind it, may do at all, whatever the scopes. */
export type AdminRole = (typeof ADMIN_ROLES)[number];

interface Rights {
  readonly manages: readonly string[] | "all";
  readonly reads: readonly string[] | "all";
}

const DIRECTORY = ["users", "groups", "schemas", "userTypes", "realms", "orgs"];

/** An imitation that is good enough for a migration; Okta's own roles are finer. */
const RIGHTS: Readonly<Record<AdminRole, Rights>> = {
  SUPER_ADMIN: { manages: "all", reads: "all" },
  ORG_ADMIN: { manages: DIRECTORY, reads: "all" },
  READ_ONLY_ADMIN: { manages: [], reads: "all" },
  USER_ADMIN: { manages: ["users", "groups"], reads: DIRECTORY },
  GROUP_MEMBERSHIP_ADMIN: { manages: ["groups"], reads: DIRECTORY },
  HELP_DESK_ADMIN: { manages: [], reads: DIRECTORY },
  APP_ADMIN: { manages: ["appGrants"], reads: [...DIRECTORY, "appGrants"] },
  REPORT_ADMIN: { manages: [], reads: ["users", "groups", "logs"] },
  API_ACCESS_MANAGEMENT_ADMIN: { manages: [], reads: ["users", "groups"] },
  CUSTOM: { manages: ["users"], reads: [...DIRECTORY, "roles"] },
  none: { manages: [], reads: [] },
};

/** The org's one custom role, and what it holds. @see docs/okta/access.md#custom-roles */
export const CUSTOM_ROLE = {
  id: "cr0emulatedrole00001",
  resourceSet: "iamemulatedset000001",
  label: "User creator",
  permissions: [
    "okta.users.create",
    "okta.users.read",
    "okta.groups.read",
    "okta.groups.members.manage",
    "okta.iam.read",
  ],
} as const;

/** Whether a role allows something. */
export function allows(role: AdminRole, permission: Permission): boolean {
  const { manages, reads } = RIGHTS[role];
  const resources = permission.verb === "manage" ? manages : reads;
  return resources === "all" || resources.includes(permission.resource);
}

/** Whether a text is the name of a role. */
export function isAdminRole(text: unknown): text is AdminRole {
  return ADMIN_ROLES.some((role) => role === text);
}
