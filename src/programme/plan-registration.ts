import { OktaError } from "../core/index.ts";

/** A password import hook that an org has. */
export interface KnownHook {
  readonly id: string;
  readonly name: string;
  readonly url: string | undefined;
  readonly status: "ACTIVE" | "INACTIVE";
}

/** What is to be done, so that an org calls a service. */
export type RegistrationPlan =
  | { readonly kind: "create" }
  /** The hook is ours: it gets the address, the name and the secret. */
  | { readonly kind: "update"; readonly hook: KnownHook };

/** Where an org is to call, and what its hook is called. */
export interface WantedHook {
  readonly url: string;
  readonly name: string;
}

/**
 * Decides which hook of an org becomes the one that is wanted. One is ours that has the same address or
 * the same name; an org has one at most.
 *
 * @throws {OktaError} HOOK_TAKEN where there is one of somebody else's
 */
export function planRegistration(
  hooks: readonly KnownHook[],
  { url, name }: WantedHook,
): RegistrationPlan {
  const ours = hooks.find((hook) => hook.url === url) ?? hooks.find((hook) => hook.name === name);
  if (ours !== undefined) return { kind: "update", hook: ours };
  const [other] = hooks;
  if (other === undefined) return { kind: "create" };
  const state = other.status === "ACTIVE" ? "active" : "inactive";
  throw new OktaError({
    code: "HOOK_TAKEN",
    message: `The org has one password import hook at most, and there is another: ${JSON.stringify(other.name)} (${state}) at ${other.url ?? "an address that the org does not tell"}.`,
    hint: `If nobody needs it, take it over by its name: --name ${JSON.stringify(other.name)}; or delete it in the Admin Console under Workflow > Inline Hooks.`,
  });
}
