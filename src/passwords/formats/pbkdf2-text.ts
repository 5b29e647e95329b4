import type { Pbkdf2Computation } from "./computation.ts";
import { malformed } from "./faults.ts";
import { withPepper } from "./pbkdf2-parts.ts";
import { type Fault, isFault, type StoredFormat } from "./stored-format.ts";

const MAX_LENGTH = 2048;

/** A way to write PBKDF2 as one text. */
export interface Pbkdf2Text<Name extends string> extends Pick<
  StoredFormat<Name>,
  "name" | "title" | "writtenBy" | "looksLike" | "notCarried" | "carriedExcept"
> {
  /** What a text of this format begins with. */
  readonly opening: RegExp;
  readonly parse: (text: string) => Pbkdf2Computation | Fault;
  /** The inverse of `parse`, for a computation without preparation; undefined for those of other formats. */
  readonly print: (computation: Pbkdf2Computation) => string | undefined;
}

/** A stored format of texts of PBKDF2; the password's encoding and a pepper come from the config. */
export function pbkdf2Text<Name extends string>(format: Pbkdf2Text<Name>): StoredFormat<Name> {
  const { opening, parse, print, ...told } = format;
  return {
    ...told,
    recognises: (value) => typeof value === "string" && opening.test(value),
    read: (value, beside) => {
      if (typeof value !== "string" || !opening.test(value)) {
        return malformed(`is not in the format \`${told.name}\``);
      }
      if (value.length > MAX_LENGTH) return malformed("is PBKDF2 and too long to be one");
      const parsed = parse(value);
      const computation = isFault(parsed) ? parsed : withPepper(parsed, beside);
      return isFault(computation) ? computation : [{ computation }];
    },
    write: (computation) =>
      computation.kind === "pbkdf2" && computation.preparation.length === 0
        ? print(computation)
        : undefined,
  };
}
