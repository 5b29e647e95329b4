import type { ConfiguredSource } from "./migration-config.ts";
import type { SourceShape } from "./source-schema.ts";

/** What `source` says, whichever way it is written. */
export function buildSource(source: SourceShape | undefined): ConfiguredSource | undefined {
  if (source === undefined) return undefined;
  if (typeof source === "string") return { location: source };
  if ("path" in source) {
    const { path, ...reading } = source;
    return { location: path, ...given(reading) };
  }
  const { url, query, table, key, filter, attributes, bind, startTls, sendPasswordInClear } =
    source;
  const database = given({ query, table, key });
  const directory = given({ filter, attributes, bindDn: bind, startTls, sendPasswordInClear });
  return {
    location: url,
    ...(Object.keys(database).length === 0 ? {} : { database }),
    ...(Object.keys(directory).length === 0 ? {} : { directory }),
  };
}

/** An object without what is undefined in it. */
function given<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
