import type { AppChange } from "./access/app.ts";
import { isAdminRole } from "./access/roles.ts";
import type { Gateway } from "./gateway.ts";
import type { JsonObject } from "./org/json.ts";

/** What an access command is answered. */
export interface Commanded {
  readonly status: number;
  readonly value: unknown;
}

/**
 * Does what somebody commands about apps and tokens. Secrets are not told back.
 *
 * @param command `app`: changes `dpop`, `scopes` or `role` of the app `clientId`; `end-tokens`: makes
 *   all access tokens `expired` or `revoked`, as `how` says; `token`: replaces the static token
 */
export function answerAccessCommand(
  gateway: Gateway,
  command: string,
  given: JsonObject,
): Commanded {
  switch (command) {
    case "app":
      return changeApp(gateway, given);
    case "end-tokens":
      return endTokens(gateway, given["how"] ?? "expired");
    default:
      return replaceToken(gateway, given["token"]);
  }
}

function changeApp(gateway: Gateway, { clientId, ...members }: JsonObject): Commanded {
  const change = readChange(members);
  if (typeof change === "string") return refused(change);
  const changed =
    typeof clientId === "string" ? gateway.access.changeApp(clientId, change) : undefined;
  if (changed === undefined) return refused("clientId: names no app; see GET /__emulator/apps");
  return { status: 200, value: changed };
}

/** The change, or one sentence that says what is wrong with it. */
function readChange(members: JsonObject): AppChange | string {
  for (const [name, value] of Object.entries(members)) {
    const isList = Array.isArray(value) && value.every((scope) => typeof scope === "string");
    if (name === "dpop" && typeof value !== "boolean") return "dpop: must be a boolean";
    if (name === "role" && !isAdminRole(value)) return "role: the name of a role, or none";
    if (name === "scopes" && value !== "all" && !isList) return "scopes: a list of names, or all";
    if (!["dpop", "role", "scopes"].includes(name)) {
      return `${name}: unknown; there is dpop, role, scopes`;
    }
  }
  return members;
}

function endTokens(gateway: Gateway, how: unknown): Commanded {
  if (how !== "expired" && how !== "revoked") return refused("how: expired or revoked");
  gateway.access.tokens.endAll(how);
  return { status: 200, value: { ended: how } };
}

function replaceToken(gateway: Gateway, token: unknown): Commanded {
  if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token)) {
    return refused("token: a text without blanks");
  }
  gateway.replaceToken(token);
  return { status: 200, value: { replaced: true } };
}

function refused(error: string): Commanded {
  return { status: 400, value: { error } };
}
