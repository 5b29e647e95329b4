import type { Reading } from "../../core/index.ts";
import { formatDuration } from "../format-number.ts";
import { type CheckLine, skippedLine } from "./check-line.ts";
import type { DoctorFacts, NeededScopes } from "./doctor-facts.ts";

const APP = "Applications > Applications > the app";
const GRANT = `As a Super Administrator, in the Admin Console: ${APP} > Okta API Scopes > Grant.`;
const GIVE_ROLE = `In the Admin Console: ${APP} > Admin roles > Edit assignments; for the administrator behind a token: Security > Administrators.`;

/** How we are signed in. */
export function judgeAccess({ org, access }: DoctorFacts): CheckLine {
  const id = "access";
  const { stop, token } = org;
  if (stop?.at === "access") return { id, status: "fail", message: stop.message, hint: stop.hint };
  if (access.isApiToken) {
    const message = `${access.description}: it has the rights of who made it, and ends after 30 days without use.`;
    return { id, status: "pass", message };
  }
  const parts = [access.description];
  if (token !== undefined) {
    parts.push(token.scheme === "DPoP" ? "bound to a key (DPoP)" : "not bound to a key (no DPoP)");
    if (token.leftMs !== undefined) parts.push(`good for ${formatDuration(token.leftMs)}`);
    if (access.isServiceApp) parts.push("renewed by itself");
  }
  const message = `${parts.join(", ")}.`;
  const isShort = token?.leftMs !== undefined && !access.isServiceApp;
  if (!isShort || token.leftMs > SHORT_MS) return { id, status: "pass", message };
  return {
    id,
    status: "warn",
    message,
    hint: "Get a new token before a run that takes longer, or let a service app get its own.",
  };
}

const SHORT_MS = 15 * 60_000;

/** Which scopes are granted, and which each command lacks. @see docs/okta/access.md#tokens */
export function judgeScopes({ org, access, commands, load }: DoctorFacts): CheckLine {
  const id = "scopes";
  if (access.isApiToken) {
    return skippedLine(id, "An API token has no scopes: it may do what its administrator may.");
  }
  const granted = org.token?.scopes ?? (org.grants.kind === "read" ? org.grants.value : undefined);
  if (granted === undefined) {
    return skippedLine(id, "Neither the token nor the org says which scopes it has.");
  }
  const lacks = commands.map((needs) => ({ ...lacksOf(needs, granted), command: needs.command }));
  const complete = lacks.filter(({ scopes }) => scopes.length === 0).map(({ command }) => command);
  const message = [
    `Granted: ${granted.filter((scope) => scope.startsWith("okta.")).join(", ") || "none"}.`,
    ...(complete.length > 0 ? [`All that it takes: ${complete.join(", ")}.`] : []),
    ...lacks
      .filter(({ scopes }) => scopes.length > 0)
      .map(({ command, scopes }) => `${command} lacks ${scopes.join(", ")}.`),
  ].join(" ");
  const planned = new Set(plannedCommands(load));
  const ours = lacks.filter(({ command }) => planned.has(command));
  if (ours.some(({ stops }) => stops)) return { id, status: "fail", message, hint: GRANT };
  if (ours.some(({ scopes }) => scopes.length > 0)) {
    return { id, status: "warn", message, hint: GRANT };
  }
  return { id, status: "pass", message };
}

/** The forms of commands that a run as planned is of. */
function plannedCommands({ groups, usesHook }: DoctorFacts["load"]): readonly string[] {
  return [
    "check",
    "import",
    ...(groups > 0 ? ["import with groups"] : []),
    ...(usesHook ? ["import --hook"] : []),
  ];
}

function lacksOf(
  { required, optional }: NeededScopes,
  granted: readonly string[],
): { readonly scopes: readonly string[]; readonly stops: boolean } {
  const missing = required.filter((scope) => !granted.includes(scope));
  const without = optional.filter(({ scope }) => !granted.includes(scope));
  return {
    scopes: [...missing, ...without.map((lack) => `${lack.scope} (${lack.without})`)],
    stops: missing.length > 0,
  };
}

/** Standard roles that may create users, and those that may not. @see docs/okta/access.md#roles */
const CREATORS: ReadonlySet<string> = new Set(["SUPER_ADMIN", "ORG_ADMIN", "USER_ADMIN"]);
const NO_CREATORS: ReadonlySet<string> = new Set([
  "READ_ONLY_ADMIN",
  "GROUP_MEMBERSHIP_ADMIN",
  "HELP_DESK_ADMIN",
  "APP_ADMIN",
  "REPORT_ADMIN",
  "API_ACCESS_MANAGEMENT_ADMIN",
  "ACCESS_CERTIFICATIONS_ADMIN",
  "ACCESS_REQUESTS_ADMIN",
  "WORKFLOWS_ADMIN",
]);

/** Whether there is a role that lets users be created. */
export function judgeRole(facts: DoctorFacts): CheckLine {
  const id = "role";
  const { roles } = facts.org;
  const denied = deniedParts(facts);
  const may = denied.length === 0 ? "" : ` It may not read ${denied.join(", ")}.`;
  if (roles.kind !== "read") return judgeByProbes(facts, denied, may);
  const names = roles.value.map(({ label }) => label).join(", ");
  if (roles.value.length === 0) {
    return {
      id,
      status: "fail",
      message: "The app has no admin role, and scopes alone give no rights.",
      hint: GIVE_ROLE,
    };
  }
  if (roles.value.some(({ type }) => CREATORS.has(type))) {
    const status = denied.length === 0 ? "pass" : "warn";
    const message = `${names}: users may be created.${may}`;
    return status === "pass" ? { id, status, message } : { id, status, message, hint: GIVE_ROLE };
  }
  if (roles.value.every(({ type }) => NO_CREATORS.has(type))) {
    const message = `${names}: may not create users.${may}`;
    return { id, status: "fail", message, hint: GIVE_ROLE };
  }
  return {
    id,
    status: "warn",
    message: `${names}: whether a custom role may create users can't be read.${may}`,
    hint: `See that it holds "Create users" or "Manage users", and that its resource set holds all users: Security > Administrators > Roles. canary tries it with one throw-away user.`,
  };
}

function judgeByProbes(
  { org, access }: DoctorFacts,
  denied: readonly string[],
  may: string,
): CheckLine {
  const id = "role";
  if (isRoleMissing(org.limits.listUsers)) {
    const message = `A role is missing: not even users may be read.${may}`;
    return { id, status: "fail", message, hint: GIVE_ROLE };
  }
  const why = access.isServiceApp
    ? "The app's roles can't be read (okta.roles.read)."
    : "A token does not tell its role.";
  const message = `${why} That users may be created shows at the first create only; canary tries it with one throw-away user.${may}`;
  return denied.length === 0
    ? { id, status: "pass", message: `${message} All that an import reads may be read.` }
    : { id, status: "warn", message, hint: GIVE_ROLE };
}

/** What an import reads, and a role denies. */
function deniedParts({ org, load }: DoctorFacts): readonly string[] {
  const { limits, schema, hooks } = org;
  const parts: readonly (readonly [string, Reading<unknown>])[] = [
    ["the list of users", limits.listUsers],
    ["a user", limits.readUser],
    ["the user schema", schema],
    ["groups", limits.groups],
    ...(load.usesHook ? [["inline hooks", hooks] as const] : []),
  ];
  return parts.filter(([, reading]) => isRoleMissing(reading)).map(([name]) => name);
}

function isRoleMissing(reading: Reading<unknown>): boolean {
  return reading.kind === "denied" && reading.lacks !== "scope";
}
