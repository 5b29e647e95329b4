import type { Computation } from "./computation.ts";
import { malformed } from "./faults.ts";
import { withPasswordSteps } from "./password-steps.ts";
import { type Beside, type Fault, isFault, type StoredFormat } from "./stored-format.ts";

/** Longer than any text that a library writes. */
const MAX_LENGTH = 1024;

/** A format whose one text holds all that its computation needs. */
export interface TextFormat<Name extends string, C extends Computation = Computation> extends Pick<
  StoredFormat<Name>,
  "name" | "title" | "writtenBy" | "looksLike" | "notCarried" | "carriedExcept" | "isBare"
> {
  /** What a text of this format begins with. */
  readonly opening: RegExp;
  readonly parse: (text: string) => C | Fault;
  /** Adds what the config says of every password. @default as steps before the hash */
  readonly compose?: (parsed: C | Fault, beside: Beside) => C | Fault;
  /** Of a text, in characters. @default 1024 */
  readonly maxLength?: number;
  /** The inverse of `parse`; undefined for computations of other formats. */
  readonly print: (computation: Computation) => string | undefined;
}

/** A stored format of texts; the password's encoding and a pepper beside it come from the config. */
export function textFormat<Name extends string, C extends Computation = Computation>(
  format: TextFormat<Name, C>,
): StoredFormat<Name> {
  const { opening, parse, print, compose = withPasswordSteps, maxLength, ...told } = format;
  const longest = maxLength ?? MAX_LENGTH;
  return {
    ...told,
    recognises: (value) => typeof value === "string" && opening.test(value),
    read: (value, beside) => {
      if (typeof value !== "string" || !opening.test(value)) {
        return malformed(`is not in the format \`${told.name}\``);
      }
      if (value.length > longest) return malformed("is too long to be one");
      const computation = compose(parse(value), beside);
      return isFault(computation) ? computation : [{ computation }];
    },
    write: print,
  };
}
