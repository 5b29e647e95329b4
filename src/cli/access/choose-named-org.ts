import { ConfigError } from "../../core/index.ts";
import type { Environment } from "../environment.ts";
import { type ChosenOrg, chooseOrg, namesOrg } from "./choose-way.ts";
import type { KeptSignIns } from "./kept-sign-ins.ts";

/**
 * Chooses the org that variables name. None is guessed where they name none, but those that somebody is
 * signed in to are told.
 *
 * @throws {ConfigError} as {@link chooseOrg}
 */
export async function chooseNamedOrg(
  environment: Environment,
  kept: KeptSignIns,
): Promise<ChosenOrg> {
  const origins = namesOrg(environment) ? [] : await kept.origins().catch(() => []);
  if (origins.length === 0) return chooseOrg(environment);
  const known = origins.map((origin) => `export OKTA_ORG_URL=${origin}`).join(" or ");
  throw new ConfigError({
    code: "ORG_URL_MISSING",
    at: "OKTA_ORG_URL",
    message: "The address of the Okta org is not given.",
    hint: `Set OKTA_ORG_URL to the org that is meant. You are signed in to: ${known}`,
  });
}
