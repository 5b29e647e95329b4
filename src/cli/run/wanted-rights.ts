import type { MigrationConfig } from "../../mapping/index.ts";
import type { Purpose } from "../../okta/index.ts";
import type { RunOptions } from "./run-options.ts";

/** What a run has to do with groups and with the password import hook. */
export function wantedRights(
  options: Pick<RunOptions, "scenario">,
  config: MigrationConfig | undefined,
): Pick<Purpose, "groups" | "hook"> {
  const scenario = options.scenario ?? config?.scenario;
  return {
    groups: (config?.groups.length ?? 0) > 0,
    hook: scenario === "hook" || config?.otherwise === "hook",
  };
}
