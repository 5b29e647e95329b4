import type { ConfiguredPreset, ConfiguredSource } from "./migration-config.ts";
import type { SourceShape } from "./source-schema.ts";

/** What `source` says, whichever way it is written. */
export function buildSource(source: SourceShape | undefined): ConfiguredSource | undefined {
  if (source === undefined) return undefined;
  if (typeof source === "string") return { location: source };
  if ("preset" in source) {
    const { preset: _, hashes: _hashes, path, url, ...rest } = source;
    const {
      query,
      table,
      key,
      filter,
      attributes,
      bind,
      startTls,
      sendPasswordInClear,
      ...reading
    } = rest;
    return {
      location: path ?? url,
      ...given(reading),
      ...serverParts({
        query,
        table,
        key,
        filter,
        attributes,
        bind,
        startTls,
        sendPasswordInClear,
      }),
    };
  }
  if ("path" in source) {
    const { path, ...reading } = source;
    return { location: path, ...given(reading) };
  }
  const { url, ...parts } = source;
  return { location: url, ...serverParts(parts) };
}

/** The preset that `source` names. */
export function buildPreset(source: SourceShape | undefined): ConfiguredPreset | undefined {
  if (typeof source !== "object" || !("preset" in source)) return undefined;
  const { preset: name, hashes } = source;
  return { name, hashes };
}

type ServerShape = Omit<Extract<SourceShape, { readonly preset: unknown }>, "preset" | "hashes">;

function serverParts(
  parts: Pick<
    ServerShape,
    | "query"
    | "table"
    | "key"
    | "filter"
    | "attributes"
    | "bind"
    | "startTls"
    | "sendPasswordInClear"
  >,
): Pick<ConfiguredSource, "database" | "directory"> {
  const { query, table, key, filter, attributes, bind, startTls, sendPasswordInClear } = parts;
  const database = given({ query, table, key });
  const directory = given({ filter, attributes, bindDn: bind, startTls, sendPasswordInClear });
  return {
    ...(Object.keys(database).length === 0 ? {} : { database }),
    ...(Object.keys(directory).length === 0 ? {} : { directory }),
  };
}

/** An object without what is undefined in it. */
function given<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
