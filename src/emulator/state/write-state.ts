import type { Org } from "../org/org.ts";
import { NEVER, type UserRecord } from "../org/user-record.ts";
import { hookState } from "./hook-state.ts";

/** Name of the member that tells a state file; its value is the version of the form. */
export const MARK = "oktaMigrateEmulatorState";
/** The version that is written, and the only one that is read. */
export const VERSION = 1;
const LINES_PER_CHUNK = 200;

/**
 * All that an org holds, as lines of JSON, some hundred users at a time. What stands in a line refers
 * to earlier lines only.
 */
export function* stateChunks(org: Org): IterableIterator<string> {
  let chunk = `${JSON.stringify(header(org))}\n`;
  let lines = 1;
  for (const line of stateLines(org)) {
    chunk += `${line}\n`;
    lines += 1;
    if (lines < LINES_PER_CHUNK) continue;
    yield chunk;
    chunk = "";
    lines = 0;
  }
  yield `${chunk}${JSON.stringify({ end: { users: org.users.size } })}\n`;
}

function header(org: Org): object {
  return {
    [MARK]: VERSION,
    idTail: org.ids.tail,
    loads: org.loads,
    created: org.isoOf(org.createdAt),
    next: {
      users: org.users.nextOrdinal,
      groups: org.groups.nextOrdinal,
      types: org.types.nextOrdinal,
      rules: org.rules.nextOrdinal,
    },
  };
}

function* stateLines(org: Org): IterableIterator<string> {
  const iso = (instant: number): string => org.isoOf(instant);
  for (const { id, name, displayName, description, schema, ...type } of org.types.all()) {
    const instants = {
      created: iso(type.createdAt),
      lastUpdated: iso(type.lastUpdatedAt),
      schemaUpdated: iso(type.schemaUpdatedAt),
    };
    const { base, custom } = schema;
    yield line("type", { id, name, displayName, description, ...instants, base, custom });
  }
  for (const { id, name, realmType, domains, createdAt } of org.realms.all()) {
    yield line("realm", { id, name, realmType, domains, created: iso(createdAt) });
  }
  for (const { id, type, name, description, ...group } of org.groups.all()) {
    const instants = {
      created: iso(group.createdAt),
      lastUpdated: iso(group.lastUpdatedAt),
      membershipUpdated: iso(group.membersChangedAt),
    };
    yield line("group", { id, type, name, description, ...instants });
  }
  for (const { id, name, status, expression, groupIds, excluded, ...rule } of org.rules.all()) {
    const instants = { created: iso(rule.createdAt), lastUpdated: iso(rule.lastUpdatedAt) };
    yield line("rule", { id, name, status, expression, groups: groupIds, excluded, ...instants });
  }
  for (const hook of org.hooks.values()) yield line("hook", hookState(org, hook));
  for (const user of org.users.from(0)) yield userLine(org, user);
}

/** What a user does not have is left out; profile and hash are JSON already. */
function userLine(org: Org, user: UserRecord): string {
  const at = (instant: number): string | undefined =>
    instant === NEVER ? undefined : org.isoOf(instant);
  const rules = org.rules.all().filter(({ assigned }) => assigned.has(user.ordinal));
  const head = JSON.stringify({
    id: org.users.idOf(user),
    type: user.type === org.types.default ? undefined : user.type.id,
    realm: user.realm?.id,
    status: user.status,
    provider: user.provider,
    recoveryQuestion: user.recoveryQuestion,
    groups: user.groupIds.length === 0 ? undefined : user.groupIds,
    rules: rules.length === 0 ? undefined : rules.map(({ id }) => id),
    wrongPasswords: org.wrongPasswords.get(user.ordinal),
    revision: user.revision,
    created: org.isoOf(user.createdAt),
    activated: at(user.activatedAt),
    statusChanged: at(user.statusChangedAt),
    lastLogin: at(user.lastLoginAt),
    lastUpdated: org.isoOf(user.lastUpdatedAt),
    passwordChanged: at(user.passwordChangedAt),
  });
  const { password } = user;
  const stored = password === "hook" ? '"hook"' : password;
  const credential = stored === undefined ? "" : `,"password":${stored}`;
  return `{"user":${head.slice(0, -1)}${credential},"profile":${user.profileJson}}}`;
}

function line(kind: string, value: unknown): string {
  return JSON.stringify({ [kind]: value });
}
