import { OktaError } from "../core/index.ts";
import { describeTrouble, hintFor, type NetworkTrouble } from "./network-trouble.ts";
import type { OrgUrl } from "./org-url.ts";

/** Why a run stops that never got a connection to the org. */
export function unreachableError(
  { host, variable }: Pick<OrgUrl, "host" | "variable">,
  trouble: NetworkTrouble,
  cause: unknown,
): OktaError {
  return new OktaError({
    code: "ORG_UNREACHABLE",
    message: `${host} can't be reached: ${describeTrouble(trouble)}.`,
    hint: hintFor(trouble, variable),
    cause,
  });
}

/** Why a run stops after waiting for an org that stayed down. */
export function unavailableError(pausedForMs: number): OktaError {
  return new OktaError({
    code: "ORG_UNAVAILABLE",
    message: `The org has been down for ${spell(pausedForMs)}.`,
    hint: "See status.okta.com; run the same command again to resume.",
  });
}

/** Why a run stops after waiting for an org that stayed read-only. */
export function readOnlyError(pausedForMs: number): OktaError {
  return new OktaError({
    code: "ORG_READ_ONLY",
    message: `The org has been read-only for ${spell(pausedForMs)}.`,
    hint: "See status.okta.com for maintenance; run the same command again to resume.",
  });
}

function spell(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return minutes < 1 ? `${Math.round(ms / 1000)} s` : `${minutes} min`;
}
