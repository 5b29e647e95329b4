import type { IncomingHttpHeaders } from "node:http";
import { type JsonObject, parseObject } from "../org/json.ts";
import { malformedBody, notFound, OrgRefusal } from "../org/org-refusal.ts";

/** One request as the routes see it. */
export interface Call {
  readonly method: string;
  /** Path without the query, still encoded. */
  readonly path: string;
  /** What follows the `?`, still encoded; empty when there is none. */
  readonly queryText: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** `http://host:port` under which the caller reached the org: where links point to. */
  readonly origin: string;
  /** What the answer's `X-Okta-Request-Id` says. */
  readonly requestId: string;
  /** Where the caller is. */
  readonly ipAddress: string;
}

/** A call whose route is known. */
export interface RoutedCall extends Call {
  /** Decoded values of the template's `{…}`, in order; absent when it has none. */
  readonly parameters?: readonly string[];
}

/** What the org answers. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly contentType: string;
  /** Further header lines: name, value, name, value, … */
  readonly headers: readonly string[];
}

const NO_HEADERS: readonly string[] = [];
const JSON_TYPE = "application/json";

/** An answer with a JSON body. */
export function jsonAnswer(
  body: string,
  status = 200,
  headers: readonly string[] = NO_HEADERS,
): Answer {
  return { status, body, contentType: JSON_TYPE, headers };
}

/** 204. */
export const EMPTY_ANSWER: Answer = {
  status: 204,
  body: "",
  contentType: "",
  headers: NO_HEADERS,
};

/** Okta's error object. @see docs/okta/errors.md#object */
export function errorAnswer(refusal: OrgRefusal, errorId: string): Answer {
  const { code, causes } = refusal;
  const body = JSON.stringify({
    errorCode: code,
    errorSummary: refusal.message,
    errorLink: code,
    errorId,
    errorCauses: causes.map((errorSummary) => ({ errorSummary })),
  });
  return jsonAnswer(body, refusal.status, refusal.headers);
}

/** The body as a JSON object. @throws {OrgRefusal} 400 `E0000003` when it is none */
export function bodyOf(call: Call): JsonObject {
  const body = parseObject(call.body);
  if (body === undefined) throw malformedBody();
  return body;
}

/** The query, to be read only. */
export function queryOf(call: Call): URLSearchParams {
  if (call.queryText !== lastQuery.text) {
    lastQuery = { text: call.queryText, parsed: new URLSearchParams(call.queryText) };
  }
  return lastQuery.parsed;
}

/** Creates come by the ten thousand with one and the same query: it is parsed once. */
let lastQuery = { text: "", parsed: new URLSearchParams() };

/** The value of the template's nth `{…}`. */
export function parameterOf(call: RoutedCall, index: number): string {
  const value = call.parameters?.[index];
  if (value === undefined) throw notFound(call.path, "Path");
  return value;
}

/** A query parameter that is `true` or `false`. @throws {OrgRefusal} 400 when it is anything else */
export function flagOf(query: URLSearchParams, name: string, otherwise: boolean): boolean {
  const value = query.get(name);
  if (value === null) return otherwise;
  if (value === "true" || value === "false") return value === "true";
  throw new OrgRefusal(400, "E0000019", `Bad request. ${name} must be true or false.`);
}
