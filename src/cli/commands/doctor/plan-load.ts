import { isMigrationError, type OrgFacts, type SourceHead } from "../../../core/index.ts";
import { type MigrationConfig, planMapping } from "../../../mapping/index.ts";
import type { PlannedLoad } from "../../../reports/index.ts";
import { builtInSchema } from "../../../validation/index.ts";
import { wantedRights } from "../../run/wanted-rights.ts";
import type { DoctorOptions } from "./options.ts";
import type { SeenSource } from "./look-at-source.ts";

/** What a run by these flags, this config and this source would be like. */
export function planLoad(
  options: DoctorOptions,
  config: MigrationConfig | undefined,
  { seen, org }: { readonly seen: SeenSource | undefined; readonly org: OrgFacts },
): PlannedLoad {
  return {
    scenario: options.scenario ?? config?.scenario ?? "passwords",
    usesHook: wantedRights(options, config).hook,
    groups: config?.groups.length ?? 0,
    ownGroups: config?.groupsFrom !== undefined,
    mapped: mappedAttributes(config, seen?.head, org),
    users: options.users ?? seen?.state.records,
    rateShare: options.rateShare,
    maxConcurrency: options.maxConcurrency,
    source: seen?.state,
  };
}

/** Undefined where neither the config nor the source's columns say it. */
function mappedAttributes(
  config: MigrationConfig | undefined,
  head: SourceHead | undefined,
  org: OrgFacts,
): readonly string[] | undefined {
  if (config?.profile !== undefined) return config.profile.map(({ attribute }) => attribute);
  if (head === undefined) return undefined;
  const schema = org.schema.kind === "read" ? org.schema.value : builtInSchema();
  try {
    return planMapping({ head, config: undefined, schema }).lines.map(({ attribute }) => attribute);
  } catch (error) {
    // What is wrong with the mapping is for check to tell.
    if (isMigrationError(error)) return undefined;
    throw error;
  }
}
