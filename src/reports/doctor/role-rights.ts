import type { AssignedRole } from "../../core/index.ts";

/** What an import does that takes a role. */
export type Duty = "create-users" | "fill-groups" | "make-groups";

/** Whether a role allows it; `unsure`: as far as anybody can see from here. */
export type Verdict = "yes" | "no" | "unsure";

/** Standard roles, and what they allow. @see docs/okta/access.md#roles */
const ALLOWED: Readonly<Record<string, readonly Duty[]>> = {
  SUPER_ADMIN: ["create-users", "fill-groups", "make-groups"],
  ORG_ADMIN: ["create-users", "fill-groups", "make-groups"],
  USER_ADMIN: ["create-users", "fill-groups"],
  GROUP_MEMBERSHIP_ADMIN: ["fill-groups"],
  READ_ONLY_ADMIN: [],
  HELP_DESK_ADMIN: [],
  APP_ADMIN: [],
  REPORT_ADMIN: [],
  API_ACCESS_MANAGEMENT_ADMIN: [],
  MOBILE_ADMIN: [],
  ACCESS_CERTIFICATIONS_ADMIN: [],
  ACCESS_REQUESTS_ADMIN: [],
  WORKFLOWS_ADMIN: [],
};

/** What is not known of standard roles. */
const UNKNOWN: Readonly<Record<string, readonly Duty[]>> = { USER_ADMIN: ["make-groups"] };

/** Permissions of a custom role, one of which is enough. @see docs/okta/access.md#custom-roles */
const PERMISSIONS: Readonly<Record<Duty, readonly string[]>> = {
  "create-users": ["okta.users.create", "okta.users.manage"],
  "fill-groups": ["okta.groups.members.manage", "okta.groups.manage"],
  "make-groups": ["okta.groups.create", "okta.groups.manage"],
};

/** Whether one of the roles allows it. */
export function may(roles: readonly AssignedRole[], duty: Duty): Verdict {
  const verdicts = roles.map((role) => verdictOf(role, duty));
  if (verdicts.includes("yes")) return "yes";
  return verdicts.includes("unsure") ? "unsure" : "no";
}

function verdictOf({ type, groups, permissions }: AssignedRole, duty: Duty): Verdict {
  const allowed = ALLOWED[type];
  if (allowed !== undefined) {
    if (UNKNOWN[type]?.includes(duty)) return "unsure";
    if (!allowed.includes(duty)) return "no";
    return groups > 0 ? "unsure" : "yes";
  }
  if (permissions.kind !== "read") return "unsure";
  return PERMISSIONS[duty].some((one) => permissions.value.includes(one)) ? "yes" : "no";
}
