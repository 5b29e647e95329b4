import { bcrypt } from "./bcrypt.ts";
import { oktaShape } from "./okta-shape.ts";
import type { StoredFormat } from "./stored-format.ts";

/**
 * Every format that is known. With `auto`, the first that recognises a value reads it, so that marks
 * stand before bare shapes. A further one is a file beside this one and a line here;
 * `docs/reference/password-formats.md` is generated from it.
 */
export const FORMATS = [bcrypt, oktaShape] as const satisfies readonly StoredFormat[];

/** The name of a format, as `migration.yaml` and reports have it. */
export type FormatName = (typeof FORMATS)[number]["name"];

/** What `password.format` in `migration.yaml` can say; `auto` recognises each record's hash. */
export type HashFormat = "auto" | FormatName;

/** All of {@link HashFormat}, in the order in which they are shown. */
export const HASH_FORMATS: readonly HashFormat[] = ["auto", ...FORMATS.map(({ name }) => name)];
