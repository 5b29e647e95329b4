import { OktaError } from "../../../../core/index.ts";
import { inventCall, type TrialFinding, tryService } from "../../../../hook/index.ts";
import { type Executed, HOOK_SCOPES, type RegisteredHook } from "../../../../okta/index.ts";
import { secretRandomBytes } from "../../../../platform/index.ts";
import { namesOrg } from "../../../access/choose-way.ts";
import { EXIT, type ExitCode } from "../../../exit-codes.ts";
import { openSession, type Session } from "../../../run/session.ts";
import { readHookUrl } from "../hook-url.ts";
import { type Programme, withProgramme } from "../open-programme.ts";
import { hookSecretPath, readPresentHookSecret } from "../read-hook-files.ts";
import type { TestOptions } from "./options.ts";
import { openTestView } from "./test-view.ts";

/**
 * Tries the org's hook through Okta and directly.
 *
 * @returns 0 when everything was as it should be, 1 when something was not
 * @throws {ConfigError} OPTION_INVALID, HOOK_SECRET_MISSING, HOOK_SECRET_INVALID
 * @throws {OktaError} HOOK_NOT_REGISTERED, and where the org can't be asked
 */
export async function runHookTest(options: TestOptions): Promise<ExitCode> {
  if (options.url !== undefined && !namesOrg(process.env)) {
    const session = openSession(options);
    const url = readHookUrl(options.url, undefined);
    return tryAll({ session, options, url, org: undefined });
  }
  return withProgramme(options, HOOK_SCOPES.test, async ({ session, org }) => {
    const hooks = await org.hooks.list();
    const hook = hooks.find(({ status }) => status === "ACTIVE") ?? hooks[0];
    const given = options.url ?? hook?.url;
    if (given === undefined) throw notRegistered(org.orgUrl.host);
    const url = readHookUrl(given, org.orgUrl.kind);
    return tryAll({ session, options, url, org: { org, hook } });
  });
}

interface Trial {
  readonly session: Session;
  readonly options: TestOptions;
  readonly url: string;
  readonly org:
    | { readonly org: Programme["org"]; readonly hook: RegisteredHook | undefined }
    | undefined;
}

async function tryAll(trial: Trial): Promise<ExitCode> {
  const { session, options, url, org } = trial;
  const { clock, environment, events } = session;
  const secret = await readPresentHookSecret(hookSecretPath(environment), events);
  const call = inventCall({
    source: `${org?.org.orgUrl.origin ?? "https://example.okta.com"}/api/v1/inlineHooks/${org?.hook?.id ?? "none"}`,
    login: options.login,
    nowMs: clock.wallNow(),
    randomBytes: secretRandomBytes,
  });
  const view = openTestView(session, options.json);
  view.begin(url, org?.hook?.url);
  const findings: TrialFinding[] = [];
  const note = (finding: TrialFinding): void => {
    findings.push(finding);
    view.found(finding);
  };
  note(await tryThroughOkta(trial, call));
  const tried = { url, secret, call, clock, randomBytes: secretRandomBytes };
  for await (const finding of tryService(tried)) note(finding);
  view.end({ org: org?.org.orgUrl.origin, url, findings });
  return findings.some(({ verdict }) => verdict === "failed") ? EXIT.someRecords : EXIT.ok;
}

async function tryThroughOkta(
  { session: { clock }, org }: Trial,
  call: ReturnType<typeof inventCall>,
): Promise<TrialFinding> {
  const name = "execute";
  if (org === undefined) {
    return { name, verdict: "skipped", saying: "Okta was not asked: OKTA_ORG_URL names no org." };
  }
  if (org.hook === undefined) {
    const saying = "The org has no password import hook.";
    return { name, verdict: "failed", saying, hint: REGISTER_FIRST };
  }
  const beganMs = clock.now();
  const secrets = [call.password.reveal()];
  const executed = await org.org.hooks.execute(org.hook.id, call.body.reveal(), secrets);
  const elapsedMs = Math.round(clock.now() - beganMs);
  return { name, elapsedMs, ...judgeExecuted(executed, org.hook) };
}

function judgeExecuted(
  executed: Executed,
  hook: RegisteredHook,
): Pick<TrialFinding, "verdict" | "saying" | "hint"> {
  if (hook.status !== "ACTIVE") {
    return {
      verdict: "failed",
      saying: "The org's hook is not active, so that Okta does not call it.",
      hint: "Run hook register again: it activates the hook.",
    };
  }
  if (executed.kind === "failed") {
    return {
      verdict: "failed",
      saying: `Okta called the hook in vain: ${executed.failure.reason}`,
      hint: "Compare it with the direct request below. Where that one is well, Okta does not reach the address, does not trust the certificate, or has another secret: hook register gives it the present one.",
    };
  }
  switch (executed.credential) {
    case "UNVERIFIED":
    case undefined:
      return { verdict: "ok", saying: "Okta called the hook, and read UNVERIFIED." };
    case "VERIFIED":
      return {
        verdict: "failed",
        saying: "Okta called the hook with an invented password, and read VERIFIED.",
        hint: "Take the service off the network at once: with it everybody can sign in as anybody.",
      };
    default:
      return {
        verdict: "failed",
        saying: "Okta called the hook, and its answer names no credential that Okta knows.",
        hint: "Is the address that of hook serve?",
      };
  }
}

const REGISTER_FIRST =
  "Register it: okta-migrate hook register --url https://hook.example.com/okta/password-import";

function notRegistered(host: string): OktaError {
  return new OktaError({
    code: "HOOK_NOT_REGISTERED",
    message: `${host} has no password import hook with an address.`,
    hint: REGISTER_FIRST,
  });
}
