import { type Failure, OktaError, type Secret } from "../../core/index.ts";
import type { Asked, OrgCaller } from "../org-caller.ts";
import { readBody } from "../read-body.ts";
import { HOOK_TYPE, HOOKS_REQUEST } from "../password-hook.ts";
import { addressHint } from "../stops.ts";
import { type OrgRequest, SINGLE_BODY_BYTES } from "../transport.ts";

/** A password import hook as the org has it. */
export interface RegisteredHook {
  readonly id: string;
  readonly name: string;
  /** Where the org calls it; undefined where the org does not say so. */
  readonly url: string | undefined;
  readonly status: "ACTIVE" | "INACTIVE";
}

/** What a hook is to be. */
export interface HookRegistration {
  readonly name: string;
  /** `https`. */
  readonly url: string;
  /** What the org is to send in `Authorization`. */
  readonly secret: Secret;
}

/** How an execute call ended. */
export type Executed =
  /** The hook's own answer; undefined where it named no credential. */
  | { readonly kind: "answered"; readonly credential: string | undefined }
  /** The org could not use what the hook did. */
  | { readonly kind: "failed"; readonly failure: Failure };

const HOOKS = "/api/v1/inlineHooks";
const HOOK = "/api/v1/inlineHooks/{inlineHookId}";
const VERSION = "1.0.0";
/** Creates whose answers may get lost before it is given up. */
const CREATE_TRIES = 3;

/** The org's password import hook. @see docs/okta/password-hook.md#registering */
export class PasswordHooks {
  readonly #caller: OrgCaller;

  constructor(caller: OrgCaller) {
    this.#caller = caller;
  }

  /** Those that the org has: at most one, by its own rules. */
  async list(): Promise<readonly RegisteredHook[]> {
    const body = readBody(this.#caller, HOOKS_REQUEST, await this.#caller.ask(HOOKS_REQUEST));
    const hooks = Array.isArray(body) ? body.map(readHook) : [undefined];
    if (hooks.every((hook) => hook !== undefined)) return hooks;
    throw this.#unexpected("The org's answer about its inline hooks is no list of hooks.");
  }

  /** Makes a hook, active at once. @throws {OktaError} HOOK_REFUSED */
  async create(registration: HookRegistration): Promise<RegisteredHook> {
    const secrets = [registration.secret.reveal()];
    const request: OrgRequest = {
      method: "POST",
      route: HOOKS,
      path: HOOKS,
      body: bodyOf(registration, { type: HOOK_TYPE }),
      maxBodyBytes: SINGLE_BODY_BYTES,
    };
    for (let tries = 0; tries < CREATE_TRIES; tries += 1) {
      const told = await this.#caller.tell(request, { secrets });
      if (told.kind === "accepted") return this.#read(told.answer.json());
      if (told.kind !== "lost") throw refused(told.failure);
      const made = (await this.list()).find(({ url }) => url === registration.url);
      if (made !== undefined) return made;
    }
    throw new OktaError({
      code: "ORG_UNAVAILABLE",
      message: "The hook could not be registered: no answer to it came.",
      hint: "See status.okta.com; run the same command again.",
    });
  }

  /** Gives a hook another address, name or secret. @throws {OktaError} HOOK_REFUSED */
  async update(id: string, registration: HookRegistration): Promise<RegisteredHook> {
    const secrets = [registration.secret.reveal()];
    const request: OrgRequest = {
      method: "POST",
      route: HOOK,
      path: pathOf(id),
      body: bodyOf(registration),
      maxBodyBytes: SINGLE_BODY_BYTES,
    };
    const asked = await this.#caller.ask(request, { secrets });
    return this.#read(accepted(asked).json());
  }

  /** Lets the org call it. @throws {OktaError} HOOK_REFUSED */
  async activate(id: string): Promise<RegisteredHook> {
    const asked = await this.#caller.ask({
      method: "POST",
      route: `${HOOK}/lifecycle/activate`,
      path: `${pathOf(id)}/lifecycle/activate`,
      maxBodyBytes: SINGLE_BODY_BYTES,
    });
    return this.#read(accepted(asked).json());
  }

  /** Takes a hook away for good: deactivated first, as the org wants it. @throws {OktaError} HOOK_REFUSED */
  async remove(id: string): Promise<void> {
    const deactivated = await this.#caller.ask({
      method: "POST",
      route: `${HOOK}/lifecycle/deactivate`,
      path: `${pathOf(id)}/lifecycle/deactivate`,
      maxBodyBytes: SINGLE_BODY_BYTES,
    });
    if (deactivated.kind === "absent") return;
    accepted(deactivated);
    const deleted = await this.#caller.ask({
      method: "DELETE",
      route: HOOK,
      path: pathOf(id),
      maxBodyBytes: SINGLE_BODY_BYTES,
    });
    if (deleted.kind !== "absent") accepted(deleted);
  }

  /**
   * Has the org call the hook with this body, as it would at a sign-in; nothing comes of it.
   *
   * @param secrets in the body, to be masked should the org quote them
   * @see docs/okta/password-hook.md#trying-it-out
   */
  async execute(id: string, body: string, secrets: readonly string[]): Promise<Executed> {
    const asked = await this.#caller.ask(
      {
        method: "POST",
        route: `${HOOK}/execute`,
        path: `${pathOf(id)}/execute`,
        kind: "read",
        body,
        maxBodyBytes: SINGLE_BODY_BYTES,
      },
      { secrets },
    );
    if (asked.kind !== "accepted") return { kind: "failed", failure: asked.failure };
    return { kind: "answered", credential: credentialOf(asked.answer.json()) };
  }

  #read(body: unknown): RegisteredHook {
    const hook = readHook(body);
    if (hook !== undefined) return hook;
    throw this.#unexpected("The org's answer about its inline hook is no hook.");
  }

  #unexpected(message: string): OktaError {
    return new OktaError({
      code: "ORG_ANSWER_UNEXPECTED",
      message,
      hint: `${addressHint(this.#caller.orgUrl)} A proxy may stand in between.`,
    });
  }
}

function pathOf(id: string): string {
  return `/api/v1/inlineHooks/${encodeURIComponent(id)}`;
}

function bodyOf({ name, url, secret }: HookRegistration, more: object = {}): string {
  const authScheme = { type: "HEADER", key: "Authorization", value: secret.reveal() };
  const config = { uri: url, method: "POST", headers: [], authScheme };
  const channel = { type: "HTTP", version: VERSION, config };
  return JSON.stringify({ name, ...more, version: VERSION, channel });
}

function accepted(asked: Asked): Extract<Asked, { readonly kind: "accepted" }>["answer"] {
  if (asked.kind === "accepted") return asked.answer;
  throw refused(asked.failure);
}

function refused({ reason }: Failure): OktaError {
  return new OktaError({
    code: "HOOK_REFUSED",
    message: `The org does not do that with its password import hook: ${reason}`,
    hint: "Look at Workflow > Inline Hooks in the Admin Console, mend it there, and run the same command again.",
  });
}

function readHook(body: unknown): RegisteredHook | undefined {
  if (!isObject(body)) return undefined;
  const { id, name, status, channel } = body;
  if (typeof id !== "string" || !/^[\w.-]{1,100}$/.test(id)) return undefined;
  if (typeof name !== "string" || (status !== "ACTIVE" && status !== "INACTIVE")) return undefined;
  const config = isObject(channel) ? channel["config"] : undefined;
  const uri = isObject(config) ? config["uri"] : undefined;
  return { id, name, status, url: typeof uri === "string" ? uri : undefined };
}

/** What the last command of a hook's answer says. @see docs/okta/password-hook.md#answer */
function credentialOf(body: unknown): string | undefined {
  const commands = isObject(body) ? body["commands"] : undefined;
  const last: unknown = Array.isArray(commands) ? commands.at(-1) : undefined;
  const value = isObject(last) ? last["value"] : undefined;
  const credential = isObject(value) ? value["credential"] : undefined;
  return typeof credential === "string" && /^[A-Z]{1,20}$/.test(credential)
    ? credential
    : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
