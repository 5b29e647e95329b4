import { ConfigError } from "../core/index.ts";
import type { OrgCaller } from "./org-caller.ts";
import { followPages } from "./programme/follow-pages.ts";
import { readBody, unavailable } from "./read-body.ts";
import { LIST_BODY_BYTES, type OrgRequest, SINGLE_BODY_BYTES } from "./transport.ts";

/** A group of the org that a config names. */
export interface NamedGroup {
  readonly name: string;
  readonly id: string;
}

/** A named group, and whether it had to be made. */
export interface EnsuredGroup extends NamedGroup {
  readonly created: boolean;
}

const GROUPS_ROUTE = "/api/v1/groups";
/**
 * Pauses before a group whose create was lost, or clashed, is looked up once more: both ways of
 * listing may lag behind by about a second. @see docs/okta/groups.md#create
 */
const SETTLE_PAUSES_MS = [1_000, 2_000, 4_000];
/** Creates of one group whose answers may get lost before the run stops. */
const CREATE_TRIES = 3;

/** The groups of these names that the org has, in the order of the names. Makes none. */
export async function findGroups(
  caller: OrgCaller,
  names: readonly string[],
): Promise<readonly NamedGroup[]> {
  const found: NamedGroup[] = [];
  for (const name of checkNames(names)) {
    const group = await findGroup(caller, name);
    if (group !== undefined) found.push(group);
  }
  return found;
}

/**
 * The groups of these names, in their order; a missing one is made, once.
 *
 * @throws {ConfigError} GROUP_INVALID where a name is empty, ambiguous or not accepted
 */
export async function ensureGroups(
  caller: OrgCaller,
  names: readonly string[],
): Promise<readonly EnsuredGroup[]> {
  const groups: EnsuredGroup[] = [];
  for (const name of checkNames(names)) {
    const group = await findGroup(caller, name);
    groups.push(group === undefined ? await makeGroup(caller, name) : { ...group, created: false });
  }
  return groups;
}

/** A page of groups as Okta recommends it. @see docs/okta/groups.md#list */
const GROUPS_A_PAGE = 200;

/** All groups of the org that take members by API, page by page. */
export async function listAllGroups(
  caller: OrgCaller,
  signal: AbortSignal,
): Promise<readonly NamedGroup[]> {
  const filter = encodeURIComponent('type eq "OKTA_GROUP"');
  const request: OrgRequest = {
    method: "GET",
    route: GROUPS_ROUTE,
    path: `${GROUPS_ROUTE}?filter=${filter}&limit=${GROUPS_A_PAGE}`,
    maxBodyBytes: LIST_BODY_BYTES,
  };
  const groups: NamedGroup[] = [];
  for await (const page of followPages(caller, request, signal)) {
    for (const value of page) {
      const group = readGroup(value);
      if (group?.type === "OKTA_GROUP") groups.push({ name: group.name, id: group.id });
    }
  }
  return groups;
}

function checkNames(names: readonly string[]): ReadonlySet<string> {
  for (const name of names) {
    if (name.trim() === "" || name.length > 255) {
      throw invalid("A group's name is empty or longer than 255 characters.", NAME_HINT);
    }
  }
  return new Set(names);
}

async function makeGroup(caller: OrgCaller, name: string): Promise<EnsuredGroup> {
  for (let tries = 0; tries < CREATE_TRIES; tries += 1) {
    const told = await caller.tell({
      method: "POST",
      route: GROUPS_ROUTE,
      path: GROUPS_ROUTE,
      body: JSON.stringify({ profile: { name } }),
      maxBodyBytes: SINGLE_BODY_BYTES,
    });
    const made = told.kind === "accepted" ? readGroup(told.answer.json()) : undefined;
    if (made !== undefined) return { name, id: made.id, created: true };
    const settled = await settleGroup(caller, name);
    if (settled !== undefined) {
      // A refusal means that it was there before; a lost answer, that it is most likely ours.
      const created = told.kind === "accepted" || told.kind === "lost";
      return { ...settled, created };
    }
    if (told.kind !== "accepted" && told.kind !== "lost") {
      throw invalid(`The org does not take a group named ${quote(name)}.`, NAME_HINT);
    }
  }
  throw unavailable("The group could not be made: no answer to its creation came.");
}

async function settleGroup(caller: OrgCaller, name: string): Promise<NamedGroup | undefined> {
  for (const pauseMs of SETTLE_PAUSES_MS) {
    await caller.pause(pauseMs, undefined);
    const group = await findGroup(caller, name);
    if (group !== undefined) return group;
  }
  return undefined;
}

/** Asks both ways, since the search may not know yet what was made a moment ago. */
async function findGroup(caller: OrgCaller, name: string): Promise<NamedGroup | undefined> {
  const quoted = name.replace(/["\\]/g, "\\$&");
  const ids = new Set<string>();
  for (const query of [
    `search=${encodeURIComponent(`type eq "OKTA_GROUP" and profile.name eq "${quoted}"`)}`,
    `q=${encodeURIComponent(name)}`,
  ]) {
    for (const group of await listGroups(caller, query)) {
      if (group.type === "OKTA_GROUP" && group.name === name) ids.add(group.id);
    }
  }
  if (ids.size > 1) {
    throw invalid(
      `The org has ${ids.size} groups named ${quote(name)}.`,
      "Rename the others in the Admin Console, or name another group.",
    );
  }
  const [id] = ids;
  return id === undefined ? undefined : { name, id };
}

interface ListedGroup extends NamedGroup {
  readonly type: unknown;
}

async function listGroups(caller: OrgCaller, query: string): Promise<readonly ListedGroup[]> {
  const request: OrgRequest = {
    method: "GET",
    route: GROUPS_ROUTE,
    path: `${GROUPS_ROUTE}?${query}`,
    maxBodyBytes: LIST_BODY_BYTES,
  };
  const body = readBody(caller, request, await caller.ask(request));
  return Array.isArray(body) ? body.map(readGroup).filter((group) => group !== undefined) : [];
}

function readGroup(value: unknown): ListedGroup | undefined {
  if (!isObject(value)) return undefined;
  const { id, type, profile } = value;
  const name = isObject(profile) ? profile["name"] : undefined;
  if (typeof id !== "string" || !/^[\w.-]{1,100}$/.test(id) || typeof name !== "string") {
    return undefined;
  }
  return { id, name, type };
}

const NAME_HINT = "Change the name under groups in the config.";

function quote(name: string): string {
  return JSON.stringify(name.replace(/[\p{C}\u2028\u2029]/gu, " "));
}

function invalid(message: string, hint: string): ConfigError {
  return new ConfigError({ code: "GROUP_INVALID", at: "groups", message, hint });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
