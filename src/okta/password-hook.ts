import { OktaError } from "../core/index.ts";
import type { OrgCaller } from "./org-caller.ts";
import { LIST_BODY_BYTES, type OrgRequest } from "./transport.ts";

/** Type of the hook that checks passwords at the first sign-in. */
export const HOOK_TYPE = "com.okta.user.credential.password.import";

/** Asks for the password import hooks. */
export const HOOKS_REQUEST: OrgRequest = {
  method: "GET",
  route: "/api/v1/inlineHooks",
  path: `/api/v1/inlineHooks?type=${HOOK_TYPE}`,
  maxBodyBytes: LIST_BODY_BYTES,
};

/** Whether the org has an active password import hook; undefined where the token may not see it. */
export async function hasActivePasswordHook(caller: OrgCaller): Promise<boolean | undefined> {
  try {
    const asked = await caller.ask(HOOKS_REQUEST);
    const hooks = asked.kind === "accepted" ? asked.answer.json() : undefined;
    if (!Array.isArray(hooks)) return undefined;
    return (hooks as readonly unknown[]).some(isActivePasswordHook);
  } catch (error) {
    if (error instanceof OktaError && error.code === "ORG_PERMISSION_MISSING") return undefined;
    throw error;
  }
}

function isActivePasswordHook(hook: unknown): boolean {
  return (
    typeof hook === "object" &&
    hook !== null &&
    "type" in hook &&
    hook.type === HOOK_TYPE &&
    "status" in hook &&
    hook.status === "ACTIVE"
  );
}
