import { ConfigError } from "../../../../core/index.ts";
import { parseThrottleAddress, type ThrottleAddress } from "../../../../hook/index.ts";
import type { ConfiguredStore, MigrationConfig } from "../../../../mapping/index.ts";
import { readConfig } from "../../../run/read-config.ts";
import type { ServeOptions } from "./options.ts";

/** Where passwords are to be checked, and the config that says so. */
export interface ConfiguredPlaces {
  /** In the order in which they are asked. */
  readonly stores: readonly ConfiguredStore[];
  /** Where replicas count wrong passwords together; undefined: each counts by itself. */
  readonly throttle: { readonly address: ThrottleAddress; readonly at: string } | undefined;
  readonly config: MigrationConfig | undefined;
}

/**
 * Where passwords are to be checked: as the config's `hook.stores` says, with `--store` in the place of
 * the sealed stores there, or before the others where it names none. And where wrong ones are counted: as
 * `hook.throttle` says, or `--throttle` in its place.
 *
 * @throws {ConfigError} OPTION_INVALID when there is no place at all; CONFIG_UNREADABLE, CONFIG_INVALID
 */
export async function configuredStores({
  store,
  throttle,
  config,
}: Pick<ServeOptions, "store" | "throttle" | "config">): Promise<ConfiguredPlaces> {
  const found = await readConfig({ config, preset: undefined, hashes: undefined });
  const stores = placesOf(found?.hookStores ?? [], store);
  return { stores, throttle: throttleOf(found?.hookThrottle, throttle), config: found };
}

function throttleOf(
  configured: string | undefined,
  given: string | undefined,
): ConfiguredPlaces["throttle"] {
  const at = given === undefined ? "hook.throttle" : "--throttle";
  const text = given ?? configured;
  return text === undefined ? undefined : { address: parseThrottleAddress(text, at), at };
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
