import { processDeviceAuthorizationResponse } from "oauth4webapi";
import { Secret } from "../../core/index.ts";
import type { Answer } from "../answer.ts";
import type { KeptSignIn } from "./kept-sign-in.ts";
import type { NativeApp } from "./native-app.ts";
import { findScopes, type ScopeNeeds } from "./scopes.ts";
import { signInExpired, signInRefused } from "./sign-in-refusals.ts";
import {
  askServer,
  bodyOf,
  isRefusal,
  jsonResponse,
  readRefusal,
  type Refused,
  TOKEN_PATH,
  unexpectedFrom,
} from "./token-endpoint.ts";

const DEVICE_PATH = "/oauth2/v1/device/authorize";
const GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code";
const USUAL_INTERVAL_S = 5;
const LEAST_INTERVAL_S = 1;
/** What `slow_down` adds to the interval. */
const SLOWER_BY_MS = 5000;

/** Codes for somebody who signs in elsewhere. */
export interface DeviceCodes {
  /** What is to be typed on the org's page, or compared with what it shows. */
  readonly userCode: string;
  /** The org's page. */
  readonly uri: string;
  /** The same with the code in it; undefined where the org gives none. */
  readonly uriComplete: string | undefined;
  readonly lifetimeMs: number;
}

/** Somebody is being waited for. */
export interface DeviceSignIn extends DeviceCodes {
  /**
   * Resolves once they have signed in.
   *
   * @throws {OktaError} SIGN_IN_DENIED, SIGN_IN_EXPIRED, ORG_CLIENT_REFUSED, ORG_SCOPE_NOT_GRANTED,
   *   ORG_PROOF_REFUSED
   */
  finish(signal: AbortSignal): Promise<KeptSignIn>;
}

interface Begun extends DeviceCodes {
  readonly kind: "granted";
  readonly deviceCode: Secret;
  readonly intervalMs: number;
}

/**
 * Asks for codes, with the most scopes that the org gives some for.
 *
 * @throws {OktaError} ORG_CLIENT_REFUSED, ORG_SCOPE_NOT_GRANTED; ORG_UNREACHABLE, ORG_UNAVAILABLE
 * @see docs/okta/access.md#sign-in-by-people
 */
export async function beginOnDevice(app: NativeApp, needs: ScopeNeeds): Promise<DeviceSignIn> {
  const { answer: begun, scopes } = await findScopes(needs, (wanted) => askForCodes(app, wanted));
  if (begun.kind === "refused") {
    throw signInRefused(begun, { step: "device", path: DEVICE_PATH, scopes });
  }
  const endsAtMs = app.clock.now() + begun.lifetimeMs;
  const { userCode, uri, uriComplete, lifetimeMs } = begun;
  return {
    userCode,
    uri,
    uriComplete,
    lifetimeMs,
    finish: (signal) => poll(app, { begun, scopes, endsAtMs, signal }),
  };
}

interface Polling {
  readonly begun: Begun;
  readonly scopes: readonly string[];
  readonly endsAtMs: number;
  readonly signal: AbortSignal;
}

async function poll(
  app: NativeApp,
  { begun, scopes, endsAtMs, signal }: Polling,
): Promise<KeptSignIn> {
  const { clock } = app;
  let { intervalMs } = begun;
  for (;;) {
    await clock.sleep(intervalMs, signal);
    signal.throwIfAborted();
    const answer = await app.exchange({
      grant_type: GRANT_TYPE,
      device_code: begun.deviceCode.reveal(),
    });
    if (answer.kind === "granted") return app.signedIn(answer, scopes);
    if (answer.code === "slow_down") intervalMs += SLOWER_BY_MS;
    else if (answer.code !== "authorization_pending") {
      throw signInRefused(answer, { step: "device", path: TOKEN_PATH, scopes });
    }
    if (clock.now() >= endsAtMs) throw signInExpired();
  }
}

async function askForCodes(app: NativeApp, scopes: readonly string[]): Promise<Begun | Refused> {
  const form = new URLSearchParams({
    client_id: app.clientId,
    scope: app.scopeOf(scopes),
  }).toString();
  const answer = await askServer(app.caller, {
    path: DEVICE_PATH,
    makeForm: () => Promise.resolve(form),
  });
  return isRefusal(answer) ? readRefusal(answer) : readCodes(answer, app.origin);
}

async function readCodes(answer: Answer, origin: string): Promise<Begun> {
  // The library takes no interval of 0, which does no harm.
  const { interval, ...rest } = bodyOf(answer);
  try {
    const codes = await processDeviceAuthorizationResponse(
      { issuer: origin },
      { client_id: "app" },
      jsonResponse(rest),
    );
    const intervalS = typeof interval === "number" ? interval : USUAL_INTERVAL_S;
    const complete = codes.verification_uri_complete;
    return {
      kind: "granted",
      deviceCode: new Secret(codes.device_code),
      userCode: readUserCode(codes.user_code),
      uri: readPage(codes.verification_uri, origin),
      uriComplete: complete === undefined ? undefined : readPage(complete, origin),
      lifetimeMs: codes.expires_in * 1000,
      intervalMs: Math.max(LEAST_INTERVAL_S, intervalS) * 1000,
    };
  } catch {
    // The cause quotes the answer, and with it a code.
    throw unexpectedFrom(DEVICE_PATH);
  }
}

function readUserCode(text: string): string {
  if (!/^[\w -]{1,40}$/.test(text)) throw new Error("no code that can be shown");
  return text;
}

/** A page that can be told to somebody: as safe as the org itself. */
function readPage(text: string, origin: string): string {
  const url = new URL(text);
  const isSafe = url.protocol === "https:" || url.origin === origin;
  if (!isSafe || url.username !== "" || url.password !== "") throw new Error("no page of an org");
  return url.href;
}
