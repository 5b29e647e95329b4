import type { PasswordMaterial } from "../../core/index.ts";
import { readBcryptParts } from "./bcrypt-parts.ts";
import type { StoredFormat } from "./stored-format.ts";
import { malformed, unsupported } from "./unusable.ts";

const OPENING = /^\$2([a-z]?)\$/;
const COST = /^\d\d\$/;
const WHOLE_LENGTH = 60;
const SALT_START = 7;
const VALUE_START = 29;

/**
 * Bcrypt as one text: `$2b$10$`, 22 characters of salt, 31 of value; likewise `$2a$` and `$2y$`.
 *
 * The parts are cut out as they are, since Okta takes bcrypt's own alphabet.
 *
 * @see docs/okta/password-hashes.md#bcrypt
 */
export const bcrypt: StoredFormat<"bcrypt"> = {
  name: "bcrypt",
  title: "bcrypt",
  recognises: (value) => typeof value === "string" && OPENING.test(value),
  read: (value) => (typeof value === "string" ? readText(value) : malformed("is no bcrypt text")),
};

function readText(text: string): PasswordMaterial {
  const version = OPENING.exec(text)?.[1];
  switch (version) {
    case undefined:
      return malformed("is not bcrypt: it does not begin with `$2a$`, `$2b$` or `$2y$`");
    case "a":
    case "b":
    case "y":
      return readWhole(text);
    case "":
      return unsupported("is bcrypt's first version, `$2$`, which other versions can't check");
    case "x":
      return unsupported("is bcrypt `$2x$`, made by a faulty version that Okta can't check");
    default:
      return unsupported(`is of a bcrypt version that is not known, \`$2${version}$\``);
  }
}

function readWhole(text: string): PasswordMaterial {
  if (text.length !== WHOLE_LENGTH) {
    return malformed(`is bcrypt of ${text.length} characters instead of ${WHOLE_LENGTH}`);
  }
  if (!COST.test(text.slice(4, SALT_START))) return malformed("is bcrypt without a work factor");
  return readBcryptParts({
    workFactor: Number(text.slice(4, 6)),
    salt: text.slice(SALT_START, VALUE_START),
    value: text.slice(VALUE_START),
  });
}
