import type { Answer } from "./answer.ts";

/** What an answer says of its own failure, in one shape whatever endpoint it came from. */
export interface ErrorBody {
  /** `okta`: an error object of the API; `oauth`: of the authorization server; `none`: neither. */
  readonly dialect: "okta" | "oauth" | "none";
  /** `E0000001`, `insufficient_scope`, … ; `""` where there is none that could be one. */
  readonly code: string;
  /** The org's own words. May name a person: for the report of one record only. */
  readonly summary: string;
  readonly causes: readonly string[];
  /** What a `WWW-Authenticate` header refuses the token or its proof for; `""` where none does. */
  readonly challenge: string;
  /** The scopes that it asks for instead. */
  readonly scopes: readonly string[];
}

/** Of an answer that says nothing of its failure. */
export const NO_ERROR_BODY: ErrorBody = {
  dialect: "none",
  code: "",
  summary: "",
  causes: [],
  challenge: "",
  scopes: [],
};

/**
 * Reads the error object of an answer, leniently: causes as a list or a single object, OAuth's
 * `error`, or the `WWW-Authenticate` header where the body is empty.
 *
 * @see docs/okta/errors.md#object
 */
export function readErrorBody(answer: Answer): ErrorBody {
  const challenge = readChallenge(answer.headers["www-authenticate"]);
  const body = answer.json();
  if (isObject(body)) {
    const code = readCode(body["errorCode"]);
    if (code !== "") {
      return {
        dialect: "okta",
        code,
        summary: readText(body["errorSummary"]),
        causes: readCauses(body["errorCauses"]),
        ...challenge,
      };
    }
    const oauthCode = readCode(body["error"]);
    if (oauthCode !== "") {
      return {
        dialect: "oauth",
        code: oauthCode,
        summary: readText(body["error_description"]),
        causes: [],
        ...challenge,
      };
    }
  }
  if (challenge.challenge === "") return NO_ERROR_BODY;
  return { ...NO_ERROR_BODY, dialect: "oauth", code: challenge.challenge, ...challenge };
}

/** The codes of an answer, in its body and in its header, which may be of two dialects. */
export function errorCodesOf(answer: Answer): readonly string[] {
  const { code, challenge } = readErrorBody(answer);
  return [code, challenge];
}

function readChallenge(
  header: string | string[] | undefined,
): Pick<ErrorBody, "challenge" | "scopes"> {
  const text = Array.isArray(header) ? header.join(", ") : (header ?? "");
  const scopes = /\bscope="([^"]*)"/.exec(text)?.[1] ?? "";
  return {
    challenge: readCode(/\berror="([^"]*)"/.exec(text)?.[1]),
    scopes: scopes.split(" ").filter((scope) => /^okta\.[\w.]{1,60}$/.test(scope)),
  };
}

function readCauses(causes: unknown): readonly string[] {
  const list = Array.isArray(causes) ? (causes as readonly unknown[]) : [causes];
  return list
    .slice(0, 20)
    .map((cause) => readText(isObject(cause) ? cause["errorSummary"] : cause))
    .filter((text) => text !== "");
}

function readCode(value: unknown): string {
  return typeof value === "string" && /^\w{1,60}$/.test(value) ? value : "";
}

function readText(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
