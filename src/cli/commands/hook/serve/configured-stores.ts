import { ConfigError } from "../../../../core/index.ts";
import type { ConfiguredStore, MigrationConfig } from "../../../../mapping/index.ts";
import { readConfig } from "../../../run/read-config.ts";
import type { ServeOptions } from "./options.ts";

/** Where passwords are to be checked, and the config that says so. */
export interface ConfiguredPlaces {
  /** In the order in which they are asked. */
  readonly stores: readonly ConfiguredStore[];
  readonly config: MigrationConfig | undefined;
}

/**
 * Where passwords are to be checked: as the config's `hook.stores` says, with `--store` in the place of
 * the sealed stores there, or before the others where it names none.
 *
 * @throws {ConfigError} OPTION_INVALID when there is no place at all; CONFIG_UNREADABLE, CONFIG_INVALID
 */
export async function configuredStores({
  store,
  config,
}: Pick<ServeOptions, "store" | "config">): Promise<ConfiguredPlaces> {
  const found = await readConfig({ config, preset: undefined, hashes: undefined });
  return { stores: placesOf(found?.hookStores ?? [], store), config: found };
}

function placesOf(
  stores: readonly ConfiguredStore[],
  store: string | undefined,
): readonly ConfiguredStore[] {
  if (store === undefined) {
    if (stores.length > 0) return stores;
    throw new ConfigError({
      code: "OPTION_INVALID",
      at: "--store",
      message: "Nothing says where passwords are to be checked.",
      hint: "Give --store with a sealed store, or name places under hook: stores in migration.yaml.",
    });
  }
  const given: ConfiguredStore = { kind: "sealed", path: store };
  const at = stores.findIndex(({ kind }) => kind === "sealed");
  const others = (part: readonly ConfiguredStore[]): readonly ConfiguredStore[] =>
    part.filter(({ kind }) => kind !== "sealed");
  if (at < 0) return [given, ...stores];
  return [...stores.slice(0, at), given, ...others(stores.slice(at))];
}
