import { ADMINISTRATOR } from "../access/issue-token.ts";
import { type AdminRole, CUSTOM_ROLE } from "../access/roles.ts";
import { notFound } from "../org/org-refusal.ts";
import type { Org } from "../org/org.ts";
import { appOf } from "./access-facts.ts";
import { type Answer, type Call, jsonAnswer, parameterOf, type RoutedCall } from "./call.ts";
import { userOf } from "./read-users.ts";

/** `GET /oauth2/v1/clients/{clientId}/roles`: one role, or none. */
export function listRolesOfApp(org: Org, call: RoutedCall): Answer {
  const { clientId, role } = appOf(org, call);
  const href = `${call.origin}/oauth2/v1/clients/${clientId}`;
  return rolesAnswer(org, role, { type: "CLIENT", id: clientId, href });
}

/** `GET /api/v1/users/{userId}/roles`: that of the administrator who calls; others have none. */
export function listRolesOfUser(org: Org, call: RoutedCall): Answer {
  const id = parameterOf(call, 0);
  if (id !== ADMINISTRATOR.id) {
    userOf(org, call);
    return jsonAnswer("[]");
  }
  const role = personBehind(org, call)?.role ?? "none";
  return rolesAnswer(org, role, { type: "USER", id, href: `${call.origin}/api/v1/users/${id}` });
}

/** `GET /api/v1/iam/roles/{roleIdOrLabel}/permissions`, of the one custom role. */
export function listPermissions(org: Org, call: RoutedCall): Answer {
  const { id, label, permissions } = CUSTOM_ROLE;
  const wanted = parameterOf(call, 0);
  if (wanted !== id && wanted !== label) throw notFound(wanted, "Role");
  const created = org.isoOf(0);
  const role = `${call.origin}/api/v1/iam/roles/${id}`;
  const listed = permissions.map((permission) => ({
    label: permission,
    created,
    lastUpdated: created,
    _links: { role: { href: role }, self: { href: `${role}/permissions/${permission}` } },
  }));
  return jsonAnswer(JSON.stringify({ permissions: listed }));
}

/**
 * `GET /api/v1/users/me`: the administrator who made the token, or who signed in for it. Nobody is
 * behind the token of a service app.
 *
 * @throws {OrgRefusal} 404 when nobody is
 * @see docs/okta/access.md#who-acts
 */
export function getActingUser(org: Org, call: Call): Answer {
  if (personBehind(org, call) === undefined) throw notFound("me", "User");
  const { id, login } = ADMINISTRATOR;
  const created = org.isoOf(0);
  const user = {
    id,
    status: "ACTIVE",
    created,
    activated: created,
    statusChanged: created,
    lastLogin: null,
    lastUpdated: created,
    passwordChanged: created,
    type: { id: org.types.default.id },
    profile: { login, email: login, firstName: "Emulated", lastName: "Administrator" },
    credentials: { provider: { type: "OKTA", name: "OKTA" } },
    _links: { self: { href: `${call.origin}/api/v1/users/${id}` } },
  };
  return jsonAnswer(JSON.stringify(user));
}

/** The person behind a call that was let in; undefined where an app acts itself. */
function personBehind(org: Org, { headers }: Call): { readonly role: AdminRole } | undefined {
  const { access } = org;
  const { authorization = "" } = headers;
  const token = access.tokens.find(authorization.slice(authorization.lastIndexOf(" ") + 1));
  if (token === undefined) return { role: access.settings.tokenRole };
  return token.isPersonal ? { role: access.appOf(token.clientId)?.role ?? "none" } : undefined;
}

interface Assignee {
  readonly type: "CLIENT" | "USER";
  readonly id: string;
  readonly href: string;
}

function rolesAnswer(org: Org, role: AdminRole, { type, id, href }: Assignee): Answer {
  if (role === "none") return jsonAnswer("[]");
  const created = org.isoOf(0);
  const custom = { role: CUSTOM_ROLE.id, "resource-set": CUSTOM_ROLE.resourceSet };
  const assignment = {
    id: `ra1${id.slice(-17)}`,
    label: role === "CUSTOM" ? CUSTOM_ROLE.label : labelOf(role),
    type: role,
    status: "ACTIVE",
    created,
    lastUpdated: created,
    assignmentType: type,
    ...(role === "CUSTOM" ? custom : {}),
    _links: { assignee: { href } },
  };
  return jsonAnswer(JSON.stringify([assignment]));
}

/** `Read Only Administrator` for `READ_ONLY_ADMIN`. */
function labelOf(role: string): string {
  const words = role.replace(/_ADMIN$/, "").split("_");
  const written = words.map((word) => word.charAt(0) + word.slice(1).toLowerCase());
  return [...written, "Administrator"].join(" ");
}
