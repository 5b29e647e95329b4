import { areBcryptHalves, readBcryptHalves } from "./bcrypt-columns.ts";
import { opensAsBcrypt, readBcryptText, writeBcryptText } from "./bcrypt-parts.ts";
import { malformed } from "./faults.ts";
import { withPasswordSteps } from "./password-steps.ts";
import { isFault, type StoredFormat } from "./stored-format.ts";

const MAX_CARRIED_COST = 20;

/**
 * Bcrypt as one text, as PHP, Laravel, Rails and most others write it; or its value with the salt in
 * a column of its own. Devise and others put a pepper behind the password: that is the config's.
 *
 * @see docs/okta/password-hashes.md#bcrypt
 */
export const bcrypt: StoredFormat<"bcrypt"> = {
  name: "bcrypt",
  title: "bcrypt",
  writtenBy: "PHP, Laravel, Rails and Devise, Node.js, Go, Auth0, Supabase and most others",
  looksLike: "$2b$10$<22 characters of salt><31 characters of value>",
  carriedExcept: `work factors above ${MAX_CARRIED_COST}, and with a pepper`,
  recognises: (value, beside) =>
    typeof value === "string" && (opensAsBcrypt(value) || areBcryptHalves(value, beside)),
  read: (value, beside) => {
    if (typeof value !== "string") return malformed("is no bcrypt text");
    const inHalves = !opensAsBcrypt(value) && areBcryptHalves(value, beside);
    const found = inHalves ? readBcryptHalves(value, beside) : readBcryptText(value);
    const computation = withPasswordSteps(found, beside);
    return isFault(computation) ? computation : [{ computation }];
  },
  write: (computation) =>
    computation.kind === "bcrypt" && computation.preparation.length === 0
      ? writeBcryptText(computation)
      : undefined,
};
