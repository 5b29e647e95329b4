import type { SearchEntry } from "ldapts";

import type { SourceValue } from "../../core/index.ts";
import type { AttributeNames } from "./attribute-names.ts";
import { holdsBytes, isText } from "./attribute-value.ts";
import { EntryFields } from "./entry-fields.ts";

/** The attributes of an entry that a directory gave, and its `dn`. */
export function readEntry(
  found: SearchEntry,
  names: AttributeNames,
): ReadonlyMap<string, SourceValue> {
  const entry = new EntryFields(names);
  entry.add("dn", found.name);
  for (const { type, values, parsedBuffers } of found.attributes) {
    const asBytes = holdsBytes(type);
    for (const [at, value] of values.entries()) {
      const isWritten = typeof value === "string" && !asBytes && isText(value);
      entry.add(type, isWritten ? value : (parsedBuffers[at]?.toString("base64") ?? ""));
    }
  }
  return entry.fields;
}
