import type { AssignedRole, Reading } from "../../core/index.ts";
import { type CheckLine, skippedLine } from "./check-line.ts";
import { type DoctorFacts, joinsGroups } from "./doctor-facts.ts";
import { type Duty, may, type Verdict } from "./role-rights.ts";

const ID = "role";
const ROLES = "Admin roles > Edit assignments";
const APP = "In the Admin Console: Applications > Applications > the app";
const ADMINISTRATORS = "In the Admin Console: Security > Administrators";
const TRY_IT = "canary tries it with one throw-away user.";
const FITTING =
  'Group Administrator will do, or a custom role with "Create users" whose resource set holds all users';

/** Whether who acts holds an admin role that lets users be created, and put into groups. */
export function judgeRole(facts: DoctorFacts): CheckLine {
  const { roles } = facts.org;
  const denied = deniedParts(facts);
  const mayNotRead = denied.length === 0 ? "" : ` It may not read ${denied.join(", ")}.`;
  if (roles.kind !== "read") return judgeByProbes(facts, mayNotRead);
  if (roles.value.length === 0) {
    const why = isApp(facts) ? ", and scopes alone give no rights" : ": users can't be created";
    return failed(facts, `${whoOf(facts)} has no admin role${why}.`);
  }
  const line = judgeHeld(facts, roles.value, mayNotRead);
  if (line.status !== "pass" || denied.length === 0) return line;
  return { ...line, status: "warn", hint: giveRole(facts) };
}

function judgeHeld(
  facts: DoctorFacts,
  roles: readonly AssignedRole[],
  mayNotRead: string,
): CheckLine {
  const labels = roles.map(({ label }) => label).join(", ");
  const held = `${whoOf(facts)} has the role${roles.length === 1 ? "" : "s"} ${labels}`;
  const creates = may(roles, "create-users");
  const withGroups = joinsGroups(facts.load);
  const joins: Verdict = withGroups ? may(roles, "fill-groups") : "yes";
  if (creates === "no") {
    return failed(facts, `${held}: may not create users.${mayNotRead}`);
  }
  if (joins === "no") {
    return failed(
      facts,
      `${held}: may not put users into the config's groups.${mayNotRead}`,
      `${giveRole(facts)} "Manage group membership" is what a custom role lacks.`,
    );
  }
  const unsure: readonly Duty[] = [
    ...(creates === "yes" ? [] : (["create-users"] as const)),
    ...(joins === "yes" ? [] : (["fill-groups"] as const)),
  ];
  if (unsure.length > 0) return unsureLine(facts, { held, roles, unsure, mayNotRead });
  const done = withGroups ? "users may be created and put into groups" : "users may be created";
  const makes: Verdict = facts.load.groups > 0 ? may(roles, "make-groups") : "yes";
  if (makes !== "yes") {
    const missing =
      makes === "no"
        ? "Groups that are missing may not be made."
        : "Whether groups that are missing may be made is not sure.";
    return {
      id: ID,
      status: "warn",
      message: `${held}: ${done}. ${missing}${mayNotRead}`,
      hint: "Make the config's groups before the load: Directory > Groups > Add group.",
    };
  }
  const set = roles.some(({ type }) => type === "CUSTOM")
    ? " Whom a custom role's resource set holds was not looked at."
    : "";
  return { id: ID, status: "pass", message: `${held}: ${done}.${set}${mayNotRead}` };
}

interface Unsure {
  readonly held: string;
  readonly roles: readonly AssignedRole[];
  readonly unsure: readonly Duty[];
  readonly mayNotRead: string;
}

function unsureLine(facts: DoctorFacts, { held, roles, unsure, mayNotRead }: Unsure): CheckLine {
  const limited = roles.find(({ groups }) => groups > 0);
  if (limited !== undefined) {
    const count = limited.groups === 1 ? "one group" : `${limited.groups} groups`;
    return {
      id: ID,
      status: "warn",
      message: `${held}, limited to ${count}: users may be created into no other.${mayNotRead}`,
      hint: `${ADMINISTRATORS}: lift the limit, or see that the config names these groups; ${TRY_IT}`,
    };
  }
  const what = unsure.includes("create-users") ? "may create users" : "may fill groups";
  const why = roles.some(({ permissions }) => lacksScope(permissions))
    ? ": to read what it holds takes okta.roles.read"
    : "";
  return {
    id: ID,
    status: "warn",
    message: `${held}: whether a custom role ${what} can't be read${why}.${mayNotRead}`,
    hint: `See that it holds "Create users" or "Manage users"${joinsGroups(facts.load) ? ', and "Manage group membership"' : ""}, and that its resource set holds all users: Security > Administrators > Roles. ${TRY_IT}`,
  };
}

function judgeByProbes(facts: DoctorFacts, mayNotRead: string): CheckLine {
  if (isRoleMissing(facts.org.limits.listUsers)) {
    return failed(facts, "A role is missing: not even users may be read.");
  }
  const message = `Not known: ${whyUnknown(facts)}. Whether users may be created shows at the first create; ${TRY_IT}${mayNotRead}`;
  return mayNotRead === ""
    ? skippedLine(ID, `${message} What an import reads is denied by no role.`)
    : { id: ID, status: "warn", message, hint: giveRole(facts) };
}

/** Why roles are not known, as the end of a sentence. */
function whyUnknown(facts: DoctorFacts): string {
  const { actor, roles } = facts.org;
  if (actor.kind === "denied") {
    return actor.lacks === "scope"
      ? "to read who acts takes okta.users.read"
      : "who acts may not be read (403)";
  }
  if (actor.kind === "unreadable") return `who acts can't be read: ${actor.why}`;
  const who = whoOf(facts);
  if (roles.kind === "denied") {
    if (roles.lacks === "scope") {
      const again = facts.access.kind === "sign-in" ? ", then okta-migrate login" : "";
      return `${who} acts, and to read the admin roles takes okta.roles.read${again}`;
    }
    return `${who} acts, and may not read admin roles (403); a Super Administrator sees them under Security > Administrators`;
  }
  const why = roles.kind === "unreadable" ? `: ${roles.why}` : "";
  return `${who} acts, and the admin roles can't be read${why}`;
}

function isApp({ org, access }: DoctorFacts): boolean {
  return org.actor.kind === "read" ? org.actor.value.kind === "app" : access.kind === "service-app";
}

/** Begins a sentence. */
function whoOf(facts: DoctorFacts): string {
  const { actor } = facts.org;
  if (isApp(facts)) return "The app";
  const login = actor.kind === "read" ? actor.value.login : undefined;
  return login ?? "The administrator behind it";
}

function giveRole(facts: DoctorFacts): string {
  if (isApp(facts)) return `${APP} > ${ROLES}. ${FITTING}.`;
  const { actor } = facts.org;
  const login = actor.kind === "read" ? actor.value.login : undefined;
  const whom = login ?? WHOM[facts.access.kind];
  return `${ADMINISTRATORS}, for ${whom}. ${FITTING}.`;
}

const WHOM: Readonly<Record<DoctorFacts["access"]["kind"], string>> = {
  ssws: "the administrator who made the token",
  bearer: `the administrator behind the token; for an app's own token: the app > ${ROLES}`,
  "service-app": "the app",
  "sign-in": "the administrator who is signed in",
};

function failed(facts: DoctorFacts, message: string, hint = giveRole(facts)): CheckLine {
  return { id: ID, status: "fail", message, hint };
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

function lacksScope(reading: Reading<unknown>): boolean {
  return reading.kind === "denied" && reading.lacks === "scope";
}
