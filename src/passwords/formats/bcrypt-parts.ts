import type { BcryptComputation } from "./computation.ts";
import { malformed, unsupported } from "./faults.ts";
import type { Fault } from "./stored-format.ts";

/** The last character carries 2 bits of the salt, so that bcrypt itself writes only four of them. */
const SALT = /^[./A-Za-z0-9]{21}[.Oeu]$/;
const VALUE = /^[./A-Za-z0-9]{31}$/;
const MIN_COST = 4;
const MAX_COST = 31;
const OPENING = /^\$2([a-z]?)\$/;
const COST = /^\d\d\$/;
const WHOLE_LENGTH = 60;
const SALT_START = 7;
const VALUE_START = 29;

/** Whether a text is meant to be bcrypt's own, sound or not. */
export function opensAsBcrypt(text: string): boolean {
  return OPENING.test(text);
}

/**
 * Checks the parts of a bcrypt hash.
 *
 * @see docs/okta/password-hashes.md#bcrypt
 */
export function readBcryptParts(
  parts: Pick<BcryptComputation, "version" | "cost" | "salt" | "value">,
): BcryptComputation | Fault {
  const { version, cost, salt, value } = parts;
  if (!SALT.test(salt)) return malformed("is bcrypt with a damaged salt");
  if (!VALUE.test(value)) return malformed("is bcrypt with a damaged value");
  if (!Number.isInteger(cost) || cost < MIN_COST || cost > MAX_COST) {
    return malformed("is bcrypt with a work factor that does not exist");
  }
  return { kind: "bcrypt", preparation: [], version, cost, salt, value };
}

/** Reads `$2b$10$`, 22 characters of salt, 31 of value: cut out as they are, never re-encoded. */
export function readBcryptText(text: string): BcryptComputation | Fault {
  const version = OPENING.exec(text)?.[1];
  switch (version) {
    case undefined:
      return malformed("is not bcrypt: it does not begin with `$2a$`, `$2b$` or `$2y$`");
    case "a":
    case "b":
    case "y":
      return readWhole(text, `2${version}`);
    case "":
      return unsupported("is bcrypt's first version, `$2$`, which other versions can't check");
    case "x":
      return unsupported("is bcrypt `$2x$`, made by a faulty version that nothing else can check");
    default:
      return unsupported(`is of a bcrypt version that is not known, \`$2${version}$\``);
  }
}

/** The text that {@link readBcryptText} reads. */
export function writeBcryptText({ version, cost, salt, value }: BcryptComputation): string {
  return `$${version}$${String(cost).padStart(2, "0")}$${salt}${value}`;
}

function readWhole(text: string, version: "2a" | "2b" | "2y"): BcryptComputation | Fault {
  if (text.length !== WHOLE_LENGTH) {
    return malformed(`is bcrypt of ${text.length} characters instead of ${WHOLE_LENGTH}`);
  }
  if (!COST.test(text.slice(4, SALT_START))) return malformed("is bcrypt without a work factor");
  return readBcryptParts({
    version,
    cost: Number(text.slice(4, 6)),
    salt: text.slice(SALT_START, VALUE_START),
    value: text.slice(VALUE_START),
  });
}
