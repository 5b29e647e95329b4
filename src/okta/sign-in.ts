import type { Secret, SignInAnswer } from "../core/index.ts";
import type { Answer } from "./answer.ts";
import { readErrorBody } from "./error-body.ts";
import type { OrgCaller } from "./org-caller.ts";
import { bucketOf } from "./org-sender.ts";
import { reasonOf, webPageError } from "./reactions.ts";
import { type OrgRequest, SINGLE_BODY_BYTES } from "./transport.ts";

const ROUTE = "/api/v1/authn";

/** Statuses that come after the password was found right. @see docs/okta/sign-in.md#statuses */
const AFTER_PASSWORD: ReadonlySet<string> = new Set([
  "SUCCESS",
  "PASSWORD_WARN",
  "PASSWORD_EXPIRED",
  "MFA_REQUIRED",
  "MFA_CHALLENGE",
  "MFA_ENROLL",
  "MFA_ENROLL_ACTIVATE",
]);

/**
 * Signs somebody in as a person would, without our credential.
 *
 * @throws {OktaError} where the org can't be asked
 * @see docs/okta/sign-in.md#without-a-token
 */
export async function signIn(
  caller: OrgCaller,
  typed: { readonly login: string; readonly password: Secret },
  signal: AbortSignal,
): Promise<SignInAnswer> {
  const password = typed.password.reveal();
  const request: OrgRequest = {
    method: "POST",
    route: ROUTE,
    path: ROUTE,
    body: JSON.stringify({ username: typed.login, password }),
    maxBodyBytes: SINGLE_BODY_BYTES,
    anonymous: true,
  };
  const secrets = [password];
  const asked = await caller.ask(request, { signal, secrets });
  if (asked.kind !== "accepted") return { kind: "unclear", saying: asked.failure.reason };
  const { answer } = asked;
  if (answer.isWebPage()) {
    throw webPageError(answer, { bucket: bucketOf(request), orgUrl: caller.orgUrl });
  }
  return answer.status < 300 ? readStatus(answer) : readRefusal(answer, secrets);
}

function readStatus(answer: Answer): SignInAnswer {
  const body = answer.json();
  const found = typeof body === "object" && body !== null && "status" in body ? body.status : "";
  const status = typeof found === "string" && /^[A-Z_]{1,40}$/.test(found) ? found : "";
  if (AFTER_PASSWORD.has(status)) return { kind: "accepted", saying: status };
  if (status === "LOCKED_OUT") return { kind: "locked-out", saying: status };
  return { kind: "unclear", saying: status === "" ? "an answer without a status" : status };
}

/** @see docs/okta/sign-in.md#refusals */
function readRefusal(answer: Answer, secrets: readonly string[]): SignInAnswer {
  const { status } = answer;
  const body = readErrorBody(answer);
  const saying = reasonOf(status, body, secrets);
  const isUsual = status === 401 && body.code === "E0000004";
  return { kind: isUsual ? "refused" : "unclear", saying };
}
