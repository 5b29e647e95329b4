import type { Pbkdf2Computation } from "./computation.ts";
import { withPepper } from "./pbkdf2-parts.ts";
import type { StoredFormat } from "./stored-format.ts";
import { type TextFormat, textFormat } from "./text-format.ts";

/** Salts of PBKDF2 may be long. */
const MAX_LENGTH = 2048;

/** A way to write PBKDF2 as one text. */
export interface Pbkdf2Text<Name extends string> extends Pick<
  TextFormat<Name, Pbkdf2Computation>,
  | "name"
  | "title"
  | "writtenBy"
  | "looksLike"
  | "notCarried"
  | "carriedExcept"
  | "opening"
  | "parse"
> {
  /** The inverse of `parse`, for a computation without preparation; undefined for those of other formats. */
  readonly print: (computation: Pbkdf2Computation) => string | undefined;
}

/** A stored format of texts of PBKDF2; a pepper beside the salt becomes part of it. */
export function pbkdf2Text<Name extends string>(format: Pbkdf2Text<Name>): StoredFormat<Name> {
  return textFormat<Name, Pbkdf2Computation>({
    ...format,
    maxLength: MAX_LENGTH,
    compose: withPepper,
    print: (computation) =>
      computation.kind === "pbkdf2" && computation.preparation.length === 0
        ? format.print(computation)
        : undefined,
  });
}
