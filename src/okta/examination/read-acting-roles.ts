import type { ActingPrincipal, AssignedRole, OrgFacts, Reading } from "../../core/index.ts";
import type { Answer } from "../answer.ts";
import { USERS_ROUTE } from "../create-request.ts";
import type { OrgRequest } from "../transport.ts";
import { getRequest } from "./questioner.ts";
import {
  type FoundRole,
  isOktaId,
  readActingUser,
  readPermissions,
  readRoles,
} from "./read-answers.ts";
import { mapReading } from "./map-reading.ts";

/** Asks, and takes a 404 for an answer too. */
type Read = (request: OrgRequest) => Promise<Reading<Answer>>;

/** Custom roles whose permissions are read; nobody holds many. */
const MOST_CUSTOM = 5;
const NOT_ASKED = { kind: "not-asked" } as const;
const NOBODY_ACTS = {
  kind: "unreadable",
  why: "the org names no person behind it, so it may be an app's own",
} as const;

/**
 * Finds who acts, and the admin roles that they hold.
 *
 * @param app client id of the app that acts itself; undefined: a person does
 * @see docs/okta/access.md#who-acts
 */
export async function readActingRoles(
  app: string | undefined,
  read: Read,
): Promise<Pick<OrgFacts, "actor" | "roles">> {
  if (app !== undefined) {
    const path = `/oauth2/v1/clients/${encodeURIComponent(app)}/roles`;
    const request = getRequest("/oauth2/v1/clients/{id}/roles", path);
    const actor: ActingPrincipal = { kind: "app", login: undefined };
    return { actor: { kind: "read", value: actor }, roles: await readAssigned(request, read) };
  }
  const answer = await read(getRequest(`${USERS_ROUTE}/{id}`, `${USERS_ROUTE}/me`));
  if (answer.kind === "read" && answer.value.status === 404) {
    return { actor: NOBODY_ACTS, roles: NOT_ASKED };
  }
  const found = mapReading(answer, (body) => readActingUser(body.json()));
  if (found.kind !== "read") return { actor: found, roles: NOT_ASKED };
  const { id, login } = found.value;
  const path = `${USERS_ROUTE}/${encodeURIComponent(id)}/roles?expand=targets%2Fgroups`;
  const roles = await readAssigned(getRequest(`${USERS_ROUTE}/{id}/roles`, path), read);
  return { actor: { kind: "read", value: { kind: "person", login } }, roles };
}

async function readAssigned(
  request: OrgRequest,
  read: Read,
): Promise<Reading<readonly AssignedRole[]>> {
  const found = mapReading(await read(request), (answer) => readRoles(answer.json()));
  if (found.kind !== "read") return found;
  const ids = [...new Set(found.value.map(customIdOf).filter((id) => id !== undefined))];
  const asked = ids
    .slice(0, MOST_CUSTOM)
    .map(async (id) => [id, await permissionsOf(id, read)] as const);
  const permissions = new Map(await Promise.all(asked));
  const roles = found.value.map((role) => ({
    type: role.type,
    label: role.label,
    groups: role.groups,
    permissions: permissions.get(customIdOf(role) ?? "") ?? NOT_ASKED,
  }));
  return { kind: "read", value: roles };
}

function customIdOf({ type, roleId }: FoundRole): string | undefined {
  return type === "CUSTOM" && isOktaId(roleId) ? roleId : undefined;
}

async function permissionsOf(id: string, read: Read): Promise<Reading<readonly string[]>> {
  const path = `/api/v1/iam/roles/${encodeURIComponent(id)}/permissions`;
  const answer = await read(getRequest("/api/v1/iam/roles/{id}/permissions", path));
  return mapReading(answer, (body) => readPermissions(body.json()));
}
