import { isRecord, type JsonObject, parseObject } from "../org/json.ts";
import type { Org } from "../org/org.ts";
import type { HookReply } from "./exchange.ts";
import { type HookRecord, PASSWORD_IMPORT } from "./hook-record.ts";

/** Somebody who signs in, and the request by which they do. */
export interface TypedCredential {
  /** As it was typed. */
  readonly username: string;
  readonly password: string;
  readonly requestId: string;
  readonly ipAddress: string;
  /** Where the org was called. */
  readonly origin: string;
}

/** What came of asking a hook. */
export type HookVerdict =
  | { readonly kind: "VERIFIED" | "UNVERIFIED"; readonly debugContext?: JsonObject }
  /** It gave no answer, or none that the org can use. */
  | { readonly kind: "silent" | "unusable" | "error"; readonly why: string };

/** The request that Okta sends to a password import hook, as JSON. @see docs/okta/password-hook.md#request */
export function renderPasswordImport(org: Org, hook: HookRecord, typed: TypedCredential): string {
  return JSON.stringify({
    eventId: org.token(22),
    eventTime: org.isoOf(org.now()),
    eventType: PASSWORD_IMPORT,
    eventTypeVersion: "1.0",
    contentType: "application/json",
    cloudEventVersion: "0.1",
    source: `${typed.origin}/api/v1/inlineHooks/${hook.id}`,
    data: {
      context: {
        request: {
          id: typed.requestId,
          method: "POST",
          url: { value: "/api/v1/authn" },
          ipAddress: typed.ipAddress,
        },
        credential: { username: typed.username, password: typed.password },
      },
      action: { credential: "UNVERIFIED" },
    },
  });
}

/** What a password import hook says. @see docs/okta/password-hook.md#answer */
export function readVerdict(reply: HookReply): HookVerdict {
  const read = readCommands(reply);
  if (!("body" in read)) return read;
  const { body } = read;
  const debugContext = body["debugContext"];
  const more = isRecord(debugContext) ? { debugContext } : {};
  const commands = body["commands"] ?? [];
  if (!Array.isArray(commands)) return unusable("commands is no list");
  let kind: "VERIFIED" | "UNVERIFIED" = "UNVERIFIED";
  for (const command of commands as readonly unknown[]) {
    const value = isRecord(command) ? command["value"] : undefined;
    const credential = isRecord(value) ? value["credential"] : undefined;
    if (!isRecord(command) || command["type"] !== "com.okta.action.update") {
      return unusable("a command is not com.okta.action.update");
    }
    if (credential !== "VERIFIED" && credential !== "UNVERIFIED") {
      return unusable("credential is neither VERIFIED nor UNVERIFIED");
    }
    kind = credential;
  }
  return { kind, ...more };
}

/** The JSON object that a hook of any type answered, empty for a 204; or why there is none. */
export function readCommands(
  reply: HookReply,
): { readonly body: JsonObject } | Exclude<HookVerdict, { readonly debugContext?: JsonObject }> {
  if (reply.kind === "none") return { kind: "silent", why: reply.why };
  const { status, body } = reply;
  if (status < 200 || status > 299) return unusable(`it answered ${status}`);
  if (status === 204) return { body: {} };
  if (body === undefined) return unusable("its answer is 256 KB or larger");
  const parsed = parseObject(body);
  if (parsed === undefined) return unusable("its answer is no JSON object");
  const { error } = parsed;
  if (error === undefined || error === null) return { body: parsed };
  const summary = isRecord(error) ? error["errorSummary"] : undefined;
  return { kind: "error", why: typeof summary === "string" ? summary : "it answered an error" };
}

function unusable(why: string): { readonly kind: "unusable"; readonly why: string } {
  return { kind: "unusable", why };
}
