import { validateHeaderName, validateHeaderValue } from "node:http";
import { Secret } from "../../core/index.ts";
import { isRecord, type JsonObject } from "../org/json.ts";
import { malformedBody, OrgRefusal, validationFailed } from "../org/org-refusal.ts";
import type { HookHeader, HookTarget } from "./hook-record.ts";

const TYPES = new Set([
  "com.okta.import.transform",
  "com.okta.oauth2.tokens.transform",
  "com.okta.saml.tokens.transform",
  "com.okta.telephony.provider",
  "com.okta.user.credential.password.import",
  "com.okta.user.pre-registration",
]);
const MAX_NAME = 255;
const MAX_URI = 1024;
/** What HTTP itself needs is not for an administrator to set. */
const RESERVED = new Set(["host", "connection", "content-length", "transfer-encoding"]);
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** The type of a new hook. @throws {OrgRefusal} 400 `E0000003` when there is none such */
export function readHookType(body: JsonObject): string {
  const { type } = body;
  if (typeof type !== "string" || !TYPES.has(type)) throw malformedBody();
  return type;
}

/** The name of a hook. @throws {OrgRefusal} 400 */
export function readHookName(body: JsonObject): string {
  const { name } = body;
  if (typeof name !== "string") throw malformedBody();
  if (name !== "" && name.length <= MAX_NAME) return name;
  throw validationFailed("name", `name: Must have 1 to ${MAX_NAME} characters`);
}

/**
 * Where a hook is, and what goes with every call of it.
 *
 * @param before what it was, where a change may leave the secret out
 * @throws {OrgRefusal} 400 when it can't be called so, 501 for a channel that is not imitated
 * @see docs/okta/password-hook.md#registering
 */
export function readHookTarget(body: JsonObject, before?: HookTarget): HookTarget {
  const { channel } = body;
  const config = isRecord(channel) ? channel["config"] : undefined;
  if (!isRecord(channel) || !isRecord(config)) throw malformedBody();
  if (channel["type"] !== undefined && channel["type"] !== "HTTP") {
    const cause = "The emulator calls hooks over channels of type HTTP only";
    throw new OrgRefusal(501, "E0000060", "Unsupported operation.", [cause]);
  }
  const method = config["method"] ?? "POST";
  if (method !== "POST") throw validationFailed("method", "method: Must be POST");
  return {
    uri: readUri(config["uri"]),
    headers: readHeaders(config["headers"]),
    authorization: readAuthorization(config["authScheme"], before?.authorization),
  };
}

function readUri(uri: unknown): string {
  if (typeof uri !== "string") throw malformedBody();
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  const isSafe =
    url?.protocol === "https:" || (url?.protocol === "http:" && LOOPBACK.test(url.hostname));
  if (isSafe && uri.length <= MAX_URI && !/\s/.test(uri)) return uri;
  throw validationFailed(
    "uri",
    `uri: Must be an https address of at most ${MAX_URI} characters; http is taken for this machine alone`,
  );
}

function readHeaders(headers: unknown): readonly HookHeader[] {
  if (headers === undefined || headers === null) return [];
  if (!Array.isArray(headers)) throw malformedBody();
  return headers.map((header: unknown) => {
    if (!isRecord(header)) throw malformedBody();
    return readHeader(header["key"], header["value"]);
  });
}

function readAuthorization(
  scheme: unknown,
  before: HookHeader | undefined,
): HookHeader | undefined {
  if (scheme === undefined || scheme === null) return undefined;
  if (!isRecord(scheme)) throw malformedBody();
  const { key, value } = scheme;
  const isKept = value === undefined && before !== undefined && sameName(key, before.key);
  return isKept ? before : readHeader(key, value);
}

function readHeader(key: unknown, value: unknown): HookHeader {
  if (typeof key !== "string" || typeof value !== "string") throw malformedBody();
  if (RESERVED.has(key.toLowerCase())) throw validationFailed("headers", `headers: Not ${key}`);
  try {
    validateHeaderName(key);
    validateHeaderValue(key, value);
  } catch {
    throw validationFailed("headers", "headers: Names and values must be fit for HTTP");
  }
  return { key, value: new Secret(value) };
}

function sameName(key: unknown, known: string): boolean {
  return typeof key === "string" && key.toLowerCase() === known.toLowerCase();
}
