import { formatDuration } from "../format-number.ts";
import { type CheckLine, skippedLine } from "./check-line.ts";
import { type DoctorFacts, joinsGroups, type NeededScopes } from "./doctor-facts.ts";

const APP = "Applications > Applications > the app";
const GRANT = `As a Super Administrator, in the Admin Console: ${APP} > Okta API Scopes > Grant.`;
/** What a scope takes that is granted later; goes on {@link GRANT}. */
const AFTER_GRANT: Readonly<Record<Kind, string>> = {
  ssws: "",
  bearer: " Then get a new token: the one at hand does not have it.",
  "service-app": "",
  "sign-in": " Then run okta-migrate login again: the sign-in at hand does not have it.",
};

type Kind = DoctorFacts["access"]["kind"];

/** How we are signed in. */
export function judgeAccess({ org, access }: DoctorFacts): CheckLine {
  const id = "access";
  const { stop, token } = org;
  if (stop?.at === "access") return { id, status: "fail", message: stop.message, hint: stop.hint };
  if (access.kind === "ssws") {
    const message = `${access.description}: it has the rights of who made it, and ends after 30 days without use.`;
    return { id, status: "pass", message };
  }
  const parts = [capital(access.description)];
  if (token !== undefined) {
    parts.push(token.scheme === "DPoP" ? "bound to a key (DPoP)" : "not bound to a key (no DPoP)");
    if (token.leftMs !== undefined) parts.push(`good for ${formatDuration(token.leftMs)}`);
    if (access.isRenewed) parts.push("renewed by itself");
  }
  const message = `${parts.join(", ")}.`;
  const leftMs = access.isRenewed ? undefined : token?.leftMs;
  if (leftMs === undefined || leftMs > SHORT_MS) return { id, status: "pass", message };
  const hint =
    access.kind === "sign-in"
      ? `Run okta-migrate login again before a run that takes longer. To have it renewed: ${APP} > General > General Settings > Grant type > Refresh Token, in the Admin Console.`
      : "Get a new token before a run that takes longer, or let a service app get its own.";
  return { id, status: "warn", message, hint };
}

const SHORT_MS = 15 * 60_000;

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Which scopes are granted, and which each command lacks. @see docs/okta/access.md#scope-per-call */
export function judgeScopes({ org, access, commands, load }: DoctorFacts): CheckLine {
  const id = "scopes";
  if (access.kind === "ssws") {
    return skippedLine(id, "An API token has no scopes: it may do what its administrator may.");
  }
  const granted = org.token?.scopes ?? (org.grants.kind === "read" ? org.grants.value : undefined);
  if (granted === undefined) {
    return skippedLine(id, "Neither the token nor the org says which scopes it has.");
  }
  const missing = missingScopes(commands, granted);
  const lacking = new Set(missing.flatMap((scope) => [...scope.stops, ...scope.hampers]));
  const complete = commands.filter(({ command }) => !lacking.has(command));
  const message = [
    `Granted: ${granted.filter((scope) => scope.startsWith("okta.")).join(", ") || "none"}.`,
    ...(complete.length > 0 ? [`Nothing is missing for ${namesOf(complete).join(", ")}.`] : []),
    ...missing.map(tellMissing),
  ].join(" ");
  const planned = new Set(plannedCommands(load));
  const after = AFTER_GRANT[access.kind];
  const asked = load.usesHook ? after.replace("login", "login --hook") : after;
  const hint = `${GRANT}${asked}`;
  const isOurs = (command: string): boolean => planned.has(command);
  if (missing.some(({ stops }) => stops.some(isOurs))) return { id, status: "fail", message, hint };
  // What comes after the import is in time to be granted later.
  const isLater = (command: string): boolean => load.usesHook && command.startsWith("hook ");
  if ([...lacking].some((command) => isOurs(command) || isLater(command))) {
    return { id, status: "warn", message, hint };
  }
  return { id, status: "pass", message };
}

/** The forms of commands that a run as planned is of. */
function plannedCommands(load: DoctorFacts["load"]): readonly string[] {
  return [
    "check",
    "import",
    ...(joinsGroups(load) ? ["import with groups"] : []),
    ...(load.usesHook ? ["import --hook"] : []),
  ];
}

/** A scope that was not granted. */
interface MissingScope {
  readonly scope: string;
  /** What is then not done, where commands can do without it. */
  readonly without: string | undefined;
  /** Commands that can't do without it. */
  readonly stops: readonly string[];
  /** Commands that can. */
  readonly hampers: readonly string[];
}

function missingScopes(
  commands: readonly NeededScopes[],
  granted: readonly string[],
): readonly MissingScope[] {
  const optional = commands.flatMap((needs) => needs.optional);
  const all = [
    ...commands.flatMap(({ required }) => required),
    ...optional.map(({ scope }) => scope),
  ];
  return [...new Set(all)]
    .filter((scope) => !granted.includes(scope))
    .map((scope) => ({
      scope,
      without: optional.find((other) => other.scope === scope)?.without,
      stops: namesOf(commands.filter((needs) => needs.required.includes(scope))),
      hampers: namesOf(
        commands.filter((needs) => needs.optional.some((other) => other.scope === scope)),
      ),
    }));
}

function tellMissing({ scope, without, stops, hampers }: MissingScope): string {
  const begins = `${scope} is missing for`;
  return [
    ...(stops.length > 0 ? [`${begins} ${stops.join(", ")}, which can't do without it.`] : []),
    ...(hampers.length > 0 ? [`${begins} ${hampers.join(", ")}: ${without ?? ""}.`] : []),
  ].join(" ");
}

function namesOf(commands: readonly NeededScopes[]): readonly string[] {
  return commands.map(({ command }) => command);
}
