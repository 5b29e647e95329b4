import type { SearchEntry } from "ldapts";

import type { Issue, SourceValue } from "../../core/index.ts";
import { unreadable } from "../unreadable.ts";
import type { AttributeNames } from "./attribute-names.ts";
import { holdsBytes, isText, readValue } from "./attribute-value.ts";
import { EntryFields } from "./entry-fields.ts";

/** The attributes of an entry that a directory gave, and its `dn`; an issue where one can't be read. */
export function readEntry(
  found: SearchEntry,
  names: AttributeNames,
): ReadonlyMap<string, SourceValue> | Issue {
  const entry = new EntryFields(names);
  entry.add("dn", found.name);
  for (const { type, values, parsedBuffers } of found.attributes) {
    const asBytes = holdsBytes(type);
    for (const [at, value] of values.entries()) {
      const isWritten = typeof value === "string" && !asBytes && isText(value);
      const read = isWritten ? value : readValue(type, parsedBuffers[at] ?? Buffer.alloc(0));
      if (read === undefined) return unreadable.attributeText(type);
      entry.add(type, read);
    }
  }
  return entry.fields;
}
