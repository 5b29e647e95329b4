import type { DirectorySchema } from "../core/index.ts";
import { findNearest, plainName, suggest } from "./did-you-mean.ts";
import { showName } from "./show-name.ts";

/**
 * What is to be said of an attribute that the schema does not have and that may be a slip for one
 * it has. Without the org's own schema most are only noted, since they may be custom attributes.
 */
export function judgeAttribute(
  attribute: string,
  schema: DirectorySchema,
  mapped: ReadonlySet<string>,
): { readonly kind: "mistake" | "note"; readonly text: string } | undefined {
  if (schema.attributes.has(attribute)) return undefined;
  const free = [...schema.attributes.keys()].filter((name) => !mapped.has(name));
  const nearest = findNearest(attribute, free);
  if (nearest === undefined) return undefined;
  const same = plainName(nearest) === plainName(attribute);
  const slip = attribute.length <= nearest.length && attribute.length > 3;
  if (schema.origin === "org" || same || slip) {
    const text = `There is no attribute ${showName(attribute)}.${suggest(nearest)}`;
    return { kind: "mistake", text };
  }
  const text = `${showName(attribute)} is none of Okta's own attributes, though \`${nearest}\` is.`;
  return { kind: "note", text };
}
