import { printable } from "../../../../core/index.ts";
import { HOOK_SCOPES, type HookRegistration, type RegisteredHook } from "../../../../okta/index.ts";
import { planRegistration, type RegistrationPlan } from "../../../../programme/index.ts";
import { EXIT, type ExitCode } from "../../../exit-codes.ts";
import { writeJsonLine } from "../../../output/json-lines.ts";
import { confirmOnOrg } from "../../../run/confirm-on-org.ts";
import { readHookUrl } from "../hook-url.ts";
import { type Programme, withProgramme } from "../open-programme.ts";
import { hookSecretPath, readPresentHookSecret } from "../read-hook-files.ts";
import type { RegisterOptions } from "./options.ts";

/**
 * Tells the org where the hook service is and by which secret it knows the org.
 *
 * @returns 0 when the org has the hook, active; 130 when the question was interrupted
 * @throws {ConfigError} OPTION_INVALID, HOOK_SECRET_MISSING, HOOK_SECRET_INVALID, CONFIRMATION_NEEDED,
 *   CONFIRMATION_DECLINED
 * @throws {OktaError} HOOK_TAKEN, HOOK_REFUSED, and where the org can't be asked
 */
export function runRegister(options: RegisterOptions): Promise<ExitCode> {
  return withProgramme(options, HOOK_SCOPES.register, (programme) => register(programme, options));
}

async function register(programme: Programme, options: RegisterOptions): Promise<ExitCode> {
  const { session, org } = programme;
  const { environment, events } = session;
  const url = readHookUrl(options.url, org.orgUrl.kind);
  const secret = await readPresentHookSecret(hookSecretPath(environment), events);
  const wanted: HookRegistration = { name: options.name, url, secret };
  const plan = planRegistration(await org.hooks.list(), wanted);
  const answer = await confirmOnOrg({
    orgUrl: org.orgUrl,
    deed: printable(deedOf(plan, wanted)),
    confirmed: options.yes,
    canAsk: session.canAsk,
    hint: "See that the address is that of your hook service, then give --yes.",
  });
  if (answer === "interrupted") return EXIT.interrupted;
  const hook = await carryOut(programme, plan, wanted);
  tell(programme, { plan, hook, url, json: options.json });
  return EXIT.ok;
}

async function carryOut(
  { org }: Programme,
  plan: RegistrationPlan,
  wanted: HookRegistration,
): Promise<RegisteredHook> {
  const hook =
    plan.kind === "create"
      ? await org.hooks.create(wanted)
      : await org.hooks.update(plan.hook.id, wanted);
  return hook.status === "ACTIVE" ? hook : org.hooks.activate(hook.id);
}

function deedOf(plan: RegistrationPlan, { name, url }: HookRegistration): string {
  const quoted = JSON.stringify(name);
  if (plan.kind === "create") return `Create the password import hook ${quoted} at ${url}`;
  const { hook } = plan;
  if (hook.url === url) return `Give the password import hook ${quoted} at ${url} its secret anew`;
  return `Have the password import hook ${quoted} call ${url} in the place of ${hook.url ?? "its address"}`;
}

function tell(
  { session, org }: Programme,
  told: {
    readonly plan: RegistrationPlan;
    readonly hook: RegisteredHook;
    readonly url: string;
    readonly json: boolean;
  },
): void {
  const { hook, plan, url, json } = told;
  const deed = plan.kind === "create" ? "created" : "updated";
  const { id, name, status } = hook;
  if (json) {
    writeJsonLine({
      event: "hook-registered",
      org: org.orgUrl.origin,
      deed,
      id,
      name,
      url,
      status,
    });
    return;
  }
  session.terminal.print(
    printable(
      `${deed === "created" ? "Created" : "Updated"} ${JSON.stringify(name)} (${status}): ${org.orgUrl.host} calls ${url} at first sign-ins.`,
    ),
  );
  session.terminal.print("See that it works: okta-migrate hook test");
}
