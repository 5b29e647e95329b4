import type {
  AssignedRole,
  GroupApps,
  HookFacts,
  NamedThings,
  OrgIdentity,
  OrgSettings,
} from "../../core/index.ts";
import type { Answer } from "../answer.ts";
import { objectOf, objectsOf, textOf } from "./json-values.ts";

/** Things that are told by name; the rest is only counted. */
const MOST_NAMES = 5;

/** @see docs/okta/org.md#metadata */
export function readIdentity(answer: Answer, host: string): OrgIdentity {
  const body = objectOf(answer.json());
  const { organization } = objectOf(body["_links"]);
  const ownHost = hostOf(objectOf(organization)["href"]);
  const { pipeline } = body;
  return {
    id: answer.status === 200 ? textOf(body["id"]) : undefined,
    engine: pipeline === "idx" ? "identity" : pipeline === "v1" ? "classic" : undefined,
    ownHost: ownHost === host ? undefined : ownHost,
  };
}

/** @see docs/okta/org.md#settings */
export function readSettings(body: unknown): OrgSettings {
  const { companyName, subdomain, status } = objectOf(body);
  return {
    name: textOf(companyName),
    subdomain: textOf(subdomain),
    status: textOf(status),
  };
}

/** Who acts, as `users/me` tells; the login only where it can be shown. */
export function readActingUser(
  body: unknown,
): { readonly id: string; readonly login: string | undefined } | undefined {
  const { id, profile } = objectOf(body);
  const login = textOf(objectOf(profile)["login"]);
  if (!isOktaId(id)) return undefined;
  return {
    id,
    login: login !== undefined && /^[^\p{C}\s]{1,100}$/u.test(login) ? login : undefined,
  };
}

/** A role as it was assigned, and where its permissions are found. */
export interface FoundRole extends Pick<AssignedRole, "type" | "label" | "groups"> {
  /** Of a custom role. */
  readonly roleId: unknown;
}

/** Roles that are in force. @see docs/okta/access.md#roles */
export function readRoles(body: unknown): readonly FoundRole[] | undefined {
  return objectsOf(body)
    ?.filter(({ status }) => status === undefined || status === "ACTIVE")
    .map(({ type, label, role, _embedded: embedded }) => {
      const name = textOf(type) ?? "CUSTOM";
      const targets = objectOf(objectOf(embedded)["targets"]);
      const groups = objectsOf(targets["groups"])?.length ?? 0;
      return { type: name, label: textOf(label) ?? name, groups, roleId: role };
    });
}

/** What a custom role holds. @see docs/okta/access.md#custom-roles */
export function readPermissions(body: unknown): readonly string[] | undefined {
  return objectsOf(objectOf(body)["permissions"])
    ?.map(({ label }) => textOf(label))
    .filter((label) => label !== undefined);
}

/** What can stand in a path. */
export function isOktaId(id: unknown): id is string {
  return typeof id === "string" && /^[\w.-]{1,100}$/.test(id);
}

/** Scopes of grants that are in force. @see docs/okta/access.md#scopes-of-an-app */
export function readGrants(body: unknown): readonly string[] | undefined {
  return objectsOf(body)
    ?.filter(({ status }) => status === undefined || status === "ACTIVE")
    .map(({ scopeId }) => textOf(scopeId))
    .filter((scope) => scope !== undefined);
}

const HOOK_TYPE = "com.okta.user.credential.password.import";

/** Of the hooks' addresses no more than scheme and host: paths and headers may hold secrets. */
export function readHooks(body: unknown): readonly HookFacts[] | undefined {
  return objectsOf(body)
    ?.filter(({ type }) => type === HOOK_TYPE)
    .map(({ name, id, status, channel }) => ({
      name: textOf(name) ?? textOf(id) ?? "without a name",
      isActive: status === "ACTIVE",
      address: addressOf(objectOf(objectOf(channel)["config"])["uri"]),
    }));
}

/** Rules that are active. @see docs/okta/org.md#group-rules */
export function readGroupRules(answer: Answer): NamedThings | undefined {
  const rules = objectsOf(answer.json())?.filter(({ status }) => status === "ACTIVE");
  if (rules === undefined) return undefined;
  return { ...counted(rules.map(({ name, id }) => textOf(name) ?? textOf(id))), ...cut(answer) };
}

/** Applications that are active. @see docs/okta/org.md#applications-of-a-group */
export function readGroupApps(answer: Answer): GroupApps | undefined {
  const apps = objectsOf(answer.json())?.filter(({ status }) => status === "ACTIVE");
  if (apps === undefined) return undefined;
  const makesAccounts = (feature: unknown): boolean =>
    typeof feature === "string" && feature.startsWith("PUSH_NEW_USERS");
  return {
    ...counted(apps.map(({ label, name, id }) => textOf(label) ?? textOf(name) ?? textOf(id))),
    ...cut(answer),
    provisioning: apps.filter(
      ({ features }) => Array.isArray(features) && features.some(makesAccounts),
    ).length,
  };
}

/** The id of the built-in group that everybody is in. */
export function readEveryone(body: unknown): string | undefined {
  const builtIn = objectsOf(body)?.filter(({ type }) => type === "BUILT_IN") ?? [];
  const named = builtIn.find(({ profile }) => objectOf(profile)["name"] === "Everyone");
  const id = textOf(named?.["id"]);
  return isOktaId(id) ? id : undefined;
}

/** Cursor of the next page, still encoded. @see docs/okta/lookup.md */
export function nextCursor({ headers }: Answer): string | undefined {
  const link = [headers["link"] ?? ""].flat().join(", ");
  return /<[^>]*[?&]after=([^&>]+)[^>]*>\s*;\s*rel="next"/.exec(link)?.[1];
}

function counted(names: readonly (string | undefined)[]): Pick<NamedThings, "count" | "names"> {
  const known = names.filter((name) => name !== undefined);
  return { count: names.length, names: known.slice(0, MOST_NAMES) };
}

function cut(answer: Answer): Pick<NamedThings, "isCut"> {
  return { isCut: nextCursor(answer) !== undefined };
}

function addressOf(uri: unknown): string | undefined {
  const text = textOf(uri);
  if (text === undefined || !URL.canParse(text)) return undefined;
  const { protocol, host } = new URL(text);
  return `${protocol}//${host}`;
}

function hostOf(href: unknown): string | undefined {
  const address = addressOf(href);
  return address === undefined ? undefined : new URL(address).host;
}
