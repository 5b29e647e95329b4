import { invalidRequest } from "../access/oauth-refusal.ts";
import type { Call } from "./call.ts";

/** The body as a form. @throws {OAuthRefusal} 400 `invalid_request` when a name comes twice */
export function formOf(call: Call): URLSearchParams {
  return withoutTwins(new URLSearchParams(call.body));
}

/** A query or a form in which each name comes once. @throws {OAuthRefusal} 400 `invalid_request` */
export function withoutTwins(parameters: URLSearchParams): URLSearchParams {
  if (new Set(parameters.keys()).size === parameters.size) return parameters;
  throw invalidRequest("The request contained multiple parameters with the same name.");
}

/** What a form must hold. @throws {OAuthRefusal} 400 `invalid_request` when it does not */
export function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value !== null && value !== "") return value;
  throw invalidRequest(`The required parameter '${name}' is missing.`);
}
