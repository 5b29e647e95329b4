import type { Computation } from "./computation.ts";
import { malformed } from "./faults.ts";
import { passwordSteps } from "./password-steps.ts";
import { type Fault, isFault, type StoredFormat } from "./stored-format.ts";

/** Longer than any text that a library writes. */
const MAX_LENGTH = 1024;

/** A format whose one text holds all that its computation needs. */
export interface TextFormat<Name extends string> extends Pick<
  StoredFormat<Name>,
  "name" | "title" | "writtenBy" | "looksLike" | "notCarried" | "carriedExcept" | "isBare"
> {
  /** What a text of this format begins with. */
  readonly opening: RegExp;
  readonly parse: (text: string) => Computation | Fault;
  /** The inverse of `parse`; undefined for computations of other formats. */
  readonly print: (computation: Computation) => string | undefined;
}

/** A stored format of texts; the password's encoding and a pepper beside it come from the config. */
export function textFormat<Name extends string>(format: TextFormat<Name>): StoredFormat<Name> {
  const { opening, parse, print, ...told } = format;
  return {
    ...told,
    recognises: (value) => typeof value === "string" && opening.test(value),
    read: (value, beside) => {
      if (typeof value !== "string" || !opening.test(value)) {
        return malformed(`is not in the format \`${told.name}\``);
      }
      if (value.length > MAX_LENGTH) return malformed("is too long to be one");
      const parsed = parse(value);
      if (isFault(parsed)) return parsed;
      const steps = passwordSteps(beside);
      if (isFault(steps)) return steps;
      return [{ computation: { ...parsed, preparation: [...steps, ...parsed.preparation] } }];
    },
    write: print,
  };
}
