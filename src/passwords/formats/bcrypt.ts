import type { Computation } from "./computation.ts";
import { areBcryptHalves, readBcryptHalves } from "./bcrypt-columns.ts";
import { opensAsBcrypt, readBcryptText, writeBcryptText } from "./bcrypt-parts.ts";
import { malformed } from "./faults.ts";
import { passwordSteps } from "./password-steps.ts";
import { isFault, type StoredFormat } from "./stored-format.ts";

const MAX_CARRIED_COST = 20;

/**
 * Bcrypt as one text, as PHP, Laravel, Rails and most others write it; or its value with the salt in
 * a column of its own.
 *
 * @see docs/okta/password-hashes.md#bcrypt
 */
export const bcrypt: StoredFormat<"bcrypt"> = {
  name: "bcrypt",
  title: "bcrypt",
  writtenBy: "PHP, Laravel, Rails, Node.js, Go, Supabase and most others",
  looksLike: "$2b$10$<22 characters of salt><31 characters of value>",
  notCarried: `work factors above ${MAX_CARRIED_COST}`,
  recognises: (value, beside) =>
    typeof value === "string" && (opensAsBcrypt(value) || areBcryptHalves(value, beside)),
  read: (value, beside) => {
    if (typeof value !== "string") return malformed("is no bcrypt text");
    const inHalves = !opensAsBcrypt(value) && areBcryptHalves(value, beside);
    const computation = inHalves ? readBcryptHalves(value, beside) : readBcryptText(value);
    if (isFault(computation)) return computation;
    const preparation = passwordSteps(beside);
    return isFault(preparation) ? preparation : [{ computation: { ...computation, preparation } }];
  },
  write: (computation: Computation) =>
    computation.kind === "bcrypt" && computation.preparation.length === 0
      ? writeBcryptText(computation)
      : undefined,
};
