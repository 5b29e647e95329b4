import type { JsonObject } from "../org/json.ts";
import type { Org } from "../org/org.ts";
import { profileOf, type UserRecord } from "../org/user-record.ts";
import { EVENT_TYPES } from "./event-types.ts";
import type { Happening, LogEntry } from "./system-log.ts";

const ADMINISTRATOR = {
  id: "00uadministrator0000",
  type: "User",
  alternateId: "administrator@example.com",
  displayName: "Administrator",
};
const OKTA_SYSTEM = {
  id: "okta-system",
  type: "SystemPrincipal",
  alternateId: "system@okta.com",
  displayName: "Okta System",
};
const NOBODY = { id: "unknown", type: "User", alternateId: "unknown", displayName: "unknown" };

/**
 * The LogEvent object. Users and groups are shown as they are now, also those that are deleted; what
 * Okta shows as null is left out.
 *
 * @see docs/okta/system-log.md#shape
 */
export function renderLogEvent(org: Org, entry: LogEntry, serial: number): JsonObject {
  const { origin, happening } = entry;
  const { type, result = "SUCCESS", reason, debug, rule } = happening;
  const { message, severity } = EVENT_TYPES[type];
  const { requestId, path, queryText, ipAddress, userAgent } = origin;
  return {
    actor: actorOf(org, entry),
    client: {
      userAgent: { rawUserAgent: userAgent, os: "Unknown", browser: "UNKNOWN" },
      zone: "null",
      device: "Unknown",
      ipAddress,
      ...(origin.clientId === undefined ? {} : { id: origin.clientId }),
    },
    authenticationContext: { authenticationStep: 0, externalSessionId: "unknown" },
    displayMessage: message,
    eventType: type,
    outcome: reason === undefined ? { result } : { result, reason },
    published: org.isoOf(entry.at),
    securityContext: {},
    severity,
    debugContext: {
      debugData: {
        requestId,
        requestUri: path,
        url: `${path}?${queryText}`,
        ...(rule === undefined ? {} : { triggeredByGroupRuleId: rule.id }),
        ...debug,
      },
    },
    transaction: { type: "WEB", id: requestId, detail: {} },
    uuid: uuidOf(org, serial),
    version: "0",
    request: { ipChain: [{ ip: ipAddress, version: ipAddress.includes(":") ? "V6" : "V4" }] },
    target: targetsOf(org, happening),
  };
}

function actorOf(org: Org, { happening, origin }: LogEntry): JsonObject {
  const { by = "administrator", user } = happening;
  if (by === "user") return user === undefined ? NOBODY : describe(org, user);
  if (by === "org") return OKTA_SYSTEM;
  const { clientId } = origin;
  if (clientId === undefined) return ADMINISTRATOR;
  return { id: clientId, type: "PublicClientApp", alternateId: clientId, displayName: clientId };
}

function targetsOf(org: Org, { user, group, hook }: Happening): readonly JsonObject[] {
  const targets: JsonObject[] = [];
  if (user !== undefined) targets.push(describe(org, user));
  if (group !== undefined) {
    const { id, name } = group;
    targets.push({ id, type: "UserGroup", alternateId: "unknown", displayName: name });
  }
  if (hook !== undefined) {
    const { id, name } = hook;
    targets.push({ id, type: "inline_hook", alternateId: "unknown", displayName: name });
  }
  return targets;
}

function describe(org: Org, user: UserRecord): JsonObject {
  const { firstName, lastName } = profileOf(user);
  const names = [firstName, lastName].filter((name) => typeof name === "string");
  return {
    id: org.users.idOf(user),
    type: "User",
    alternateId: user.login,
    displayName: names.join(" ") || user.login,
  };
}

/** The serial number in the shape of a UUID: the same event has the same one each time. */
function uuidOf(org: Org, serial: number): string {
  const [digits, tail] = [
    serial.toString(16).padStart(8, "0"),
    Buffer.from(org.id).toString("hex"),
  ];
  return `${digits.slice(-8)}-${tail.slice(0, 4)}-11ef-8${tail.slice(4, 7)}-${tail.slice(-12)}`;
}
