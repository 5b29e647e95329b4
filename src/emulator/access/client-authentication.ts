import { compactVerify, decodeProtectedHeader, importJWK, type JWK } from "jose";
import { type JsonObject, parseObject } from "../org/json.ts";
import type { Call } from "../routes/call.ts";
import type { App } from "./app.ts";
import { invalidClient, invalidRequest } from "./oauth-refusal.ts";
import { PROOF_ALGORITHMS } from "./dpop-keys.ts";
import { UsedIds } from "./used-ids.ts";

/** A form that was sent to the authorization server, and by which call. */
export interface FormCall {
  readonly call: Call;
  readonly form: URLSearchParams;
}

const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const LONGEST_MS = 60 * 60_000;
/** How far another clock may be ahead. Okta's own tolerance is not documented. */
const TOLERANCE_MS = 5000;

/**
 * Finds out which app calls the authorization server: a service app by a signed assertion, a native
 * app by its id alone.
 *
 * @see docs/okta/access.md#service-app
 */
export class ClientAuthentication {
  readonly #appOf: (clientId: string) => App | undefined;
  readonly #usedIds = new UsedIds(LONGEST_MS + TOLERANCE_MS);

  constructor(appOf: (clientId: string) => App | undefined) {
    this.#appOf = appOf;
  }

  /** @throws {OAuthRefusal} 401 `invalid_client`, or 400 `invalid_request` */
  async authenticate({ call, form }: FormCall, nowMs: number): Promise<App> {
    const assertion = form.get("client_assertion");
    if (assertion === null) return this.#byId({ call, form });
    if (form.get("client_assertion_type") !== ASSERTION_TYPE) {
      throw invalidRequest("The client_assertion_type is invalid.");
    }
    const claims = claimsOf(assertion);
    const app = this.#issuerOf(claims, form.get("client_id"));
    await checkSignature(assertion, app.keys);
    checkClaims(claims, call, nowMs);
    const { jti } = claims;
    if (typeof jti === "string" && !this.#usedIds.take(`${app.clientId} ${jti}`, nowMs)) {
      throw invalidClient("The client_assertion token has already been used.");
    }
    return app;
  }

  #byId({ call, form }: FormCall): App {
    const clientId = form.get("client_id");
    if (call.headers.authorization !== undefined || form.has("client_secret")) {
      throw invalidClient(
        "Client Credentials requests to the Org Authorization Server must use the private_key_jwt token_endpoint_auth_method.",
      );
    }
    if (clientId === null) throw invalidClient("No client credentials found.");
    const app = this.#appOf(clientId);
    if (app === undefined) throw invalidClient("Invalid value for 'client_id' parameter.");
    if (app.kind === "service") throw invalidClient("No client credentials found.");
    return app;
  }

  #issuerOf({ iss, sub }: JsonObject, clientId: string | null): App {
    const app = typeof iss === "string" ? this.#appOf(iss) : undefined;
    if (app === undefined) {
      throw invalidClient("The issuer claim for client_assertion is not a valid client_id.");
    }
    if (sub !== iss) {
      throw invalidClient("The subject claim for client_assertion is not a valid client_id.");
    }
    if (clientId !== null && clientId !== iss) {
      throw invalidClient("Invalid value for 'client_id' parameter.");
    }
    if (app.keys.length === 0) {
      throw invalidClient(
        "The client does not have a JWKSet configured, but the client_assertion requires one.",
      );
    }
    return app;
  }
}

function claimsOf(assertion: string): JsonObject {
  const payload = assertion.split(".")[1] ?? "";
  const claims = parseObject(Buffer.from(payload, "base64url").toString("utf8"));
  if (claims === undefined) throw invalidClient("The parsing of the client_assertion failed.");
  return claims;
}

async function checkSignature(assertion: string, keys: readonly JWK[]): Promise<void> {
  const { alg, kid } = headOf(assertion);
  const algorithm = PROOF_ALGORITHMS.find((known) => known === alg);
  if (algorithm === undefined) {
    throw invalidClient("The client_assertion JWT signature algorithm is invalid.");
  }
  const fitting = keys.filter((key) => kid === undefined || (key.kid ?? kid) === kid);
  if (fitting.length === 0) throw invalidClient("The client_assertion JWT kid is invalid.");
  for (const key of fitting) {
    if (await isSigned(assertion, { ...key, alg: algorithm })) return;
  }
  throw invalidClient("The client_assertion signature is invalid.");
}

function headOf(assertion: string): ReturnType<typeof decodeProtectedHeader> {
  try {
    return decodeProtectedHeader(assertion);
  } catch {
    throw invalidClient("The parsing of the client_assertion failed.");
  }
}

async function isSigned(assertion: string, key: JWK & { alg: string }): Promise<boolean> {
  try {
    await compactVerify(assertion, await importJWK(key), { algorithms: [key.alg] });
    return true;
  } catch {
    return false;
  }
}

function checkClaims({ aud, exp, iat }: JsonObject, call: Call, nowMs: number): void {
  const invoked = call.origin + call.path;
  if (!(Array.isArray(aud) ? aud.includes(invoked) : aud === invoked)) {
    throw invalidClient(
      "The audience claim for client_assertion must be the endpoint invoked for the request.",
    );
  }
  if (typeof exp !== "number") {
    throw invalidClient(
      "The client_assertion must contain the 'exp' claim as seconds since epoch.",
    );
  }
  if (exp * 1000 <= nowMs) throw invalidClient("The client_assertion token is expired.");
  if (exp * 1000 > nowMs + LONGEST_MS + TOLERANCE_MS) {
    throw invalidClient("The client_assertion token has an expiration too far into the future.");
  }
  if (typeof iat === "number" && iat * 1000 > nowMs + TOLERANCE_MS) {
    throw invalidClient("The client_assertion token must be issued before the current time.");
  }
}
