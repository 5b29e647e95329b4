import { type BcryptHash, type PasswordMaterial, Secret } from "../../core/index.ts";
import { malformed, unsupported } from "./unusable.ts";

/** The last character carries 2 bits of the salt, so that bcrypt itself writes only four of them. */
const SALT = /^[./A-Za-z0-9]{21}[.Oeu]$/;
const VALUE = /^[./A-Za-z0-9]{31}$/;
const MIN_WORK_FACTOR = 4;
const MAX_WORK_FACTOR = 31;
/** Okta takes 1 to 20; bcrypt itself begins at 4. */
const MAX_OKTA_WORK_FACTOR = 20;

/**
 * Checks the three parts of a bcrypt hash.
 *
 * @see docs/okta/password-hashes.md#bcrypt
 */
export function readBcryptParts(parts: Omit<BcryptHash, "algorithm">): PasswordMaterial {
  const { workFactor, salt, value } = parts;
  if (!SALT.test(salt)) return malformed("is bcrypt with a damaged salt");
  if (!VALUE.test(value)) return malformed("is bcrypt with a damaged value");
  if (
    !Number.isInteger(workFactor) ||
    workFactor < MIN_WORK_FACTOR ||
    workFactor > MAX_WORK_FACTOR
  ) {
    return malformed("is bcrypt with a work factor that does not exist");
  }
  if (workFactor > MAX_OKTA_WORK_FACTOR) {
    return unsupported("is bcrypt with a work factor above 20, the highest that Okta takes");
  }
  return { kind: "hash", hash: new Secret({ algorithm: "BCRYPT", workFactor, salt, value }) };
}
