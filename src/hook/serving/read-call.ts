import { isIP } from "node:net";

/** What Okta asks. @see docs/okta/password-hook.md#request */
export interface PasswordCall {
  /** As it was typed. */
  readonly username: string;
  readonly password: string;
  /** Of the person who signs in; undefined where it names none. */
  readonly address: string | undefined;
  /** By which Okta's System Log names the sign-in. */
  readonly requestId: string | undefined;
}

/** What was read, or what is wrong with it: a sentence that quotes nothing. */
export type CallReading = PasswordCall | { readonly malformed: string };

const EVENT_TYPE = "com.okta.user.credential.password.import";
const MOST_USERNAME = 1024;
const REQUEST_ID = /^[\w@.:-]{1,100}$/;

/** Reads the body of a call. Never throws. */
export function readCall(body: Uint8Array): CallReading {
  const parsed = parse(body);
  if (parsed === undefined) return { malformed: "The body is no JSON object in UTF-8." };
  if (parsed["eventType"] !== EVENT_TYPE) {
    return { malformed: `eventType is not ${EVENT_TYPE}.` };
  }
  const context = objectIn(objectIn(parsed, "data"), "context");
  const credential = objectIn(context, "credential");
  const { username, password } = credential;
  if (typeof username !== "string" || username.trim() === "") {
    return { malformed: "data.context.credential.username is missing." };
  }
  if (username.length > MOST_USERNAME) {
    return { malformed: "data.context.credential.username is too long." };
  }
  if (typeof password !== "string") {
    return { malformed: "data.context.credential.password is missing." };
  }
  const { ipAddress, id } = objectIn(context, "request");
  return {
    username: username.trim(),
    password,
    address: typeof ipAddress === "string" && isIP(ipAddress) !== 0 ? ipAddress : undefined,
    requestId: typeof id === "string" && REQUEST_ID.test(id) ? id : undefined,
  };
}

type JsonObject = Readonly<Record<string, unknown>>;

function parse(body: Uint8Array): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function objectIn(parent: JsonObject, name: string): JsonObject {
  const value = Object.hasOwn(parent, name) ? parent[name] : undefined;
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
