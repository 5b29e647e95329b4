import { ConfigError } from "../../../core/index.ts";
import { readClientId } from "../../../okta/index.ts";
import type { ChosenOrg } from "../../access/choose-way.ts";
import { type Environment, isSet } from "../../environment.ts";

/** Where the client ID of a sign-in may come from. */
export interface ClientSources {
  readonly flag: string | undefined;
  readonly environment: Environment;
  readonly family: ChosenOrg["family"];
  /** That of the sign-in before. */
  readonly before: string | undefined;
}

/**
 * The native app through which somebody signs in: the flag's, that of a variable which stands without a
 * key, or that of the last time.
 *
 * @throws {ConfigError} CLIENT_ID_MISSING; OPTION_INVALID when it is none
 */
export function chooseClient({ flag, environment, family, before }: ClientSources): string {
  if (flag !== undefined) return readClientId(flag, "--client-id");
  for (const way of family.ways(environment)) {
    if (way.kind !== "service-app") continue;
    const clientId = environment[way.clientId];
    // Beside a key it is a service app's, through which nobody signs in.
    if (isSet(clientId) && !isSet(environment[way.key]))
      return readClientId(clientId, way.clientId);
  }
  if (before !== undefined) return before;
  throw new ConfigError({
    code: "CLIENT_ID_MISSING",
    at: "--client-id",
    message: "The app through which you sign in is not given.",
    hint: "Give its client ID by --client-id, or by OKTA_CLIENT_ID without a key. It is an OIDC app of the type Native Application: Admin Console > Applications > Applications > Create App Integration; docs/guides/sign-in.md says what to tick.",
  });
}
