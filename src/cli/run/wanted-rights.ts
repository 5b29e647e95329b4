import type { MigrationConfig } from "../../mapping/index.ts";
import type { Purpose } from "../../okta/index.ts";
import type { RunOptions } from "./run-options.ts";

/** What a run has to do with groups, user types, realms and the password import hook. */
export function wantedRights(
  options: Pick<RunOptions, "scenario">,
  config: MigrationConfig | undefined,
): Pick<Purpose, "groups" | "hook" | "userType" | "realm"> {
  const scenario = options.scenario ?? config?.scenario;
  return {
    groups: (config?.groups.length ?? 0) > 0 || config?.groupsFrom !== undefined,
    userType: config?.type !== undefined,
    realm: config?.realm !== undefined,
    hook: scenario === "hook" || config?.otherwise === "hook",
  };
}
