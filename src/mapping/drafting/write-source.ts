import type { ConfiguredPreset, ConfiguredSource } from "../config/migration-config.ts";
import { presetSource } from "../presets/with-preset.ts";
import { yamlScalar } from "./yaml-text.ts";

/** A source that is named: a draft has no command line to take it from. */
export type DraftedSource = ConfiguredSource & { readonly location: string };

/**
 * `source` of `migration.yaml`, never with a password in it; of what a preset says itself only its
 * name.
 */
export function writeSource(source: DraftedSource, preset?: ConfiguredPreset): readonly string[] {
  const { location, database, directory, ...reading } =
    preset === undefined ? source : withoutParts(source, presetSource(preset.name));
  // Of a file with a table in it the address says what it is, and takes the table.
  const isTables = database !== undefined && !isAddressed(location);
  const isAddress = isTables || isAddressed(location);
  const { bindDn, ...search } = directory ?? {};
  const further = Object.entries({
    ...reading,
    ...database,
    ...search,
    ...(bindDn === undefined ? {} : { bind: bindDn }),
  }).filter(([, value]) => value !== undefined);
  const address = isTables ? `sqlite:${location}` : withoutPassword(location);
  const place = yamlScalar(isAddress ? address : location);
  if (further.length === 0 && !isAddress && preset === undefined) return [`source: ${place}`];
  return [
    "source:",
    ...(preset === undefined ? [] : [`  preset: ${preset.name}`]),
    `  ${isAddress ? "url" : "path"}: ${place}`,
    ...(preset?.hashes === undefined ? [] : [`  hashes: ${yamlScalar(preset.hashes)}`]),
    ...further.map(([key, value]) => `  ${key}: ${writeValue(value)}`),
  ];
}

/** A source without the parts that are as the preset has them. */
function withoutParts(source: DraftedSource, base: ConfiguredSource): DraftedSource {
  const { location, database, ...parts } = source;
  const { database: usual, ...usualParts } = base;
  const own = unlike({ ...database }, { ...usual });
  return {
    ...unlike(parts, usualParts),
    location,
    ...(Object.keys(own).length === 0 ? {} : { database: own }),
  };
}

/** The entries of an object that another one does not have alike. */
function unlike<T extends object>(object: T, other: object): Partial<T> {
  const known = new Map(Object.entries(other));
  const entries = Object.entries(object).filter(
    ([key, value]) => JSON.stringify(known.get(key)) !== JSON.stringify(value),
  );
  return Object.fromEntries(entries) as Partial<T>;
}

function writeValue(value: string | boolean | readonly string[]): string {
  if (typeof value === "string") return yamlScalar(value);
  return typeof value === "boolean" ? String(value) : `[${value.map(yamlScalar).join(", ")}]`;
}

function isAddressed(location: string): boolean {
  return location.includes("://") || location.startsWith("sqlite:");
}

/** An address whose password stands in a file or in the environment. */
function withoutPassword(address: string): string {
  return address.replace(/^([a-z][a-z0-9+.-]*:\/\/[^/@:]*):[^/@]*@/i, "$1@");
}
