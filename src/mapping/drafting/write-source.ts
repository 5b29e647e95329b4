import type { ConfiguredSource } from "../config/migration-config.ts";
import { yamlScalar } from "./yaml-text.ts";

/** A source that is named: a draft has no command line to take it from. */
export type DraftedSource = ConfiguredSource & { readonly location: string };

/** `source` of `migration.yaml`, never with a password in it. */
export function writeSource(source: DraftedSource): readonly string[] {
  const { location, database, directory, ...reading } = source;
  const isAddress = location.includes("://");
  const { bindDn, ...search } = directory ?? {};
  const further = Object.entries({
    ...reading,
    ...database,
    ...search,
    ...(bindDn === undefined ? {} : { bind: bindDn }),
  }).filter(([, value]) => value !== undefined);
  const place = yamlScalar(isAddress ? withoutPassword(location) : location);
  if (further.length === 0 && !isAddress) return [`source: ${place}`];
  return [
    "source:",
    `  ${isAddress ? "url" : "path"}: ${place}`,
    ...further.map(([key, value]) => `  ${key}: ${writeValue(value)}`),
  ];
}

function writeValue(value: string | boolean | readonly string[]): string {
  if (typeof value === "string") return yamlScalar(value);
  return typeof value === "boolean" ? String(value) : `[${value.map(yamlScalar).join(", ")}]`;
}

/** An address whose password stands in a file or in the environment. */
function withoutPassword(address: string): string {
  return address.replace(/^([a-z][a-z0-9+.-]*:\/\/[^/@:]*):[^/@]*@/i, "$1@");
}
