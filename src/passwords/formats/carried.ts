import type { SourceValue } from "../../core/index.ts";
import { bcrypt } from "./bcrypt.ts";
import { oktaShape } from "./okta-shape.ts";
import { isStoredObject, type StoredFormat, type StoredValue } from "./stored-format.ts";

/**
 * Every format that can be carried; the first that recognises a value reads it. A further one is a
 * file beside this one and a line here.
 */
export const CARRIED = [bcrypt, oktaShape] as const satisfies readonly StoredFormat[];

/** What `password.format` in `migration.yaml` can say; `auto` recognises each record's hash. */
export type HashFormat = "auto" | (typeof CARRIED)[number]["name"];

/** All of {@link HashFormat}, in the order in which they are shown. */
export const HASH_FORMATS: readonly HashFormat[] = ["auto", ...CARRIED.map(({ name }) => name)];

/** The format that a value is meant to be in, when it is one that can be carried. */
export function findCarried(value: StoredValue): StoredFormat | undefined {
  return CARRIED.find((format) => format.recognises(value));
}

/** How people call the format of a value; undefined when it is none that can be carried. */
export function recogniseFormat(value: SourceValue | undefined): string | undefined {
  if (typeof value === "string") return findCarried(value.trim())?.title;
  return isStoredObject(value) ? findCarried(value)?.title : undefined;
}
