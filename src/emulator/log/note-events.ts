import type { Org } from "../org/org.ts";
import type { Call } from "../routes/call.ts";
import { type Happening, type LogOrigin, NO_REQUEST } from "./system-log.ts";

/** Keeps what a call has caused, in this order. Neither its body nor its token is kept. */
export function noteEvents(org: Org, call: Call, ...happenings: readonly Happening[]): void {
  if (!org.log.isKept || happenings.length === 0) return;
  const at = org.now();
  const origin = originOf(org, call);
  for (const happening of happenings) org.log.add({ happening, at, origin });
}

/** Keeps what the org did by itself at an instant, with no request. */
export function noteOwnDeeds(org: Org, at: number, happenings: readonly Happening[]): void {
  if (!org.log.isKept) return;
  for (const happening of happenings) org.log.add({ happening, at, origin: NO_REQUEST });
}

function originOf(org: Org, call: Call): LogOrigin {
  const { requestId, path, queryText, ipAddress, headers } = call;
  const userAgent = headers["user-agent"] ?? "";
  return { requestId, path, queryText, ipAddress, userAgent, clientId: clientOf(org, call) };
}

function clientOf(org: Org, { headers }: Call): string | undefined {
  const { authorization } = headers;
  if (authorization === undefined || authorization.startsWith("SSWS ")) return undefined;
  const token = org.access.tokens.find(authorization.slice(authorization.lastIndexOf(" ") + 1));
  return token === undefined || token.isPersonal ? undefined : token.clientId;
}
