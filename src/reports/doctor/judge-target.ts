import type { AttributeSchema, NamedThings, Reading } from "../../core/index.ts";
import { formatCount } from "../format-number.ts";
import { type CheckLine, skippedLine } from "./check-line.ts";
import type { DoctorFacts } from "./doctor-facts.ts";

/** Whether what is mapped fits the org's attributes. @see docs/okta/schema.md#read */
export function judgeSchema({ org, load, address }: DoctorFacts): CheckLine {
  const id = "schema";
  const { schema } = org;
  if (schema.kind !== "read") {
    return {
      id,
      status: "warn",
      message: `The org's user schema can't be read: ${whyUnread(schema)}. Records are checked against Okta's base attributes alone.`,
      hint: hintForUnread(schema, {
        scope: "okta.schemas.read",
        role: "Give a role that may view profile attributes",
        variable: address.variable,
      }),
    };
  }
  const { attributes } = schema.value;
  const all = [...attributes.values()];
  const custom = all.filter((attribute) => attribute.custom);
  const message = `${attributes.size} attributes, ${custom.length} of them custom.`;
  const required = all.filter(isRequired);
  const { mapped } = load;
  if (mapped === undefined) {
    const unusual = required.filter(({ name }) => !USUAL.has(name)).map(({ name }) => name);
    if (unusual.length === 0) return { id, status: "pass", message };
    return {
      id,
      status: "warn",
      message: `${message} The org requires ${unusual.join(", ")}; neither a config nor a source says where to get it from.`,
      hint: "Map it in migration.yaml under profile, or name the source for it to be matched.",
    };
  }
  const lacking = required.filter(({ name }) => !mapped.includes(name)).map(({ name }) => name);
  if (lacking.length > 0) {
    return {
      id,
      status: "fail",
      message: `${message} The org requires ${lacking.join(", ")}, and the mapping does not give it: every create would be refused.`,
      hint: "Map it in migration.yaml under profile, or make it optional: Directory > Profile Editor > User (default).",
    };
  }
  const unknown = mapped.filter((name) => !attributes.has(name));
  if (unknown.length > 0) {
    return {
      id,
      status: "fail",
      message: `${message} The mapping gives ${unknown.join(", ")}, which the org does not have: every create would be refused.`,
      hint: "Add it in the Admin Console: Directory > Profile Editor > User (default) > Add Attribute, or leave it out of the mapping.",
    };
  }
  return { id, status: "pass", message: `${message} All that is required is mapped.` };
}

/** What every mapping gives, or is refused without. */
const USUAL: ReadonlySet<string> = new Set(["login", "email", "firstName", "lastName"]);

function isRequired({ required, readOnly }: AttributeSchema): boolean {
  return required && readOnly !== true;
}

/** Whether the password import hook is there when it is needed. @see docs/okta/create-user.md#scenarios */
export function judgeHook({ org, load, address }: DoctorFacts): CheckLine {
  const id = "hook";
  const { hooks } = org;
  const need = load.usesHook ? "" : " A run as planned does not need it.";
  if (hooks.kind !== "read") {
    const message = `Whether the org has a password import hook can't be seen: ${whyUnread(hooks)}.${need}`;
    if (!load.usesHook) return skippedLine(id, message);
    const what = {
      scope: "okta.inlineHooks.read",
      role: "Give a role that may view inline hooks",
      variable: address.variable,
    };
    const hint = `${hintForUnread(hooks, what)} Or look yourself: Workflow > Inline Hooks.`;
    return { id, status: "warn", message, hint };
  }
  const active = hooks.value.find(({ isActive }) => isActive);
  if (active !== undefined) {
    const where = active.address === undefined ? "" : ` at ${active.address}`;
    return {
      id,
      status: "pass",
      message: `"${active.name}" is registered and active${where}.${need}`,
    };
  }
  const [inactive] = hooks.value;
  if (inactive !== undefined) {
    return {
      id,
      status: load.usesHook ? "fail" : "warn",
      message: `"${inactive.name}" is registered and not active: nobody whose password it would check can sign in.${need}`,
      hint: "Activate it in the Admin Console: Workflow > Inline Hooks > Actions > Activate.",
    };
  }
  if (!load.usesHook) {
    return { id, status: "pass", message: `The org has no password import hook.${need}` };
  }
  return {
    id,
    status: "fail",
    message: `${address.host} has no password import hook: nobody that is created can sign in until it has one.`,
    hint: "Register it before people are told to sign in: Workflow > Inline Hooks > Add Inline Hook > Password Import.",
  };
}

/** Mails that a run would cause. @see docs/okta/create-user.md#scenarios */
export function judgeMails({ load }: DoctorFacts): CheckLine {
  const id = "mails";
  const message =
    load.scenario === "staged"
      ? "No mail goes out: staged users get one when they are activated, unless that is told not to send it."
      : "No mail goes out: users with a hash or the hook are created active, without an activation mail.";
  const others = "Applications that a rule or a group assigns may send mails of their own.";
  return { id, status: "pass", message: `${message} ${others}` };
}

const SWITCH_OFF =
  "Okta advises to switch off group rules, application assignments and provisioning during a load: Directory > Groups > Rules > Deactivate; Directory > Groups > Everyone > Applications. Switch them on again afterwards.";

/** What the org would do by itself for each new user. @see docs/okta/org.md#group-rules */
export function judgeAutomation({ org }: DoctorFacts): CheckLine {
  const id = "automation";
  const { groupRules, everyoneApps } = org;
  const parts = [
    told(groupRules, "active group rule", "active group rules"),
    told(everyoneApps, "application of the group Everyone", "applications of the group Everyone") +
      (everyoneApps.kind === "read" && everyoneApps.value.count > 0
        ? `, ${formatCount(everyoneApps.value.provisioning)} of them with provisioning of new users`
        : ""),
  ];
  const message = `For each new user: ${parts.join("; ")}.`;
  const fires = [groupRules, everyoneApps].some(
    (part) => part.kind === "read" && part.value.count > 0,
  );
  if (fires) return { id, status: "warn", message, hint: SWITCH_OFF };
  const isRead = [groupRules, everyoneApps].every(({ kind }) => kind === "read");
  return isRead ? { id, status: "pass", message } : skippedLine(id, message);
}

function told(things: Reading<NamedThings>, what: string, several: string): string {
  if (things.kind !== "read") return `${several} can't be read (${whyUnread(things)})`;
  const { count, isCut, names } = things.value;
  if (count === 0) return `no ${what}`;
  const more = isCut ? "at least " : "";
  const rest = count > names.length ? ", …" : "";
  return `${more}${formatCount(count)} ${count === 1 ? what : several} (${names.join(", ")}${rest})`;
}

/** What lets something be read that can't be. */
interface ReadingNeeds {
  readonly scope: string;
  /** As an order: `Give a role that may …`. */
  readonly role: string;
  /** The variable that the org's address came from. */
  readonly variable: string;
}

/** What to do about something that can't be read, by why it can't. */
function hintForUnread(
  reading: Exclude<Reading<unknown>, { kind: "read" }>,
  { scope, role, variable }: ReadingNeeds,
): string {
  if (reading.kind !== "denied") {
    return `Run doctor again. If it stays so, see that ${variable} is the address of the org itself, and that no proxy changes answers.`;
  }
  return reading.lacks === "scope"
    ? `Grant ${scope}: Applications > Applications > the app > Okta API Scopes.`
    : `${role}: Security > Administrators, or of an app its Admin roles.`;
}

/** Why something could not be read, as a sentence's end. */
function whyUnread(reading: Exclude<Reading<unknown>, { kind: "read" }>): string {
  switch (reading.kind) {
    case "denied":
      return reading.lacks === "scope" ? "the token lacks the scope" : "a role is missing";
    case "unreadable":
      return reading.why;
    case "not-asked":
      return "it was not asked for";
  }
}
