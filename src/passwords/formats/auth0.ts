import { isPlainDigest, readHmac, readPlainDigest, readScrypt } from "./auth0-bytes.ts";
import { type Auth0Object, auth0ObjectOf, readAuth0Object } from "./auth0-object.ts";
import type { Computation, PreparationStep } from "./computation.ts";
import { malformed } from "./faults.ts";
import { withPasswordSteps } from "./password-steps.ts";
import { withPepper } from "./pbkdf2-parts.ts";
import { readPhcPbkdf2 } from "./phc-pbkdf2.ts";
import { type Beside, type Fault, isFault, type StoredFormat } from "./stored-format.ts";

const PHC_DEFAULTS = { rounds: 100_000, keyLength: 64 };
/** The formats that an algorithm's text can be of, by the beginning of their names. */
const HELD: Readonly<Record<string, readonly string[]>> = {
  argon2: ["argon2"],
  bcrypt: ["bcrypt"],
  ldap: ["ldap-sha", "ldap-ssha", "ldap-md5", "ldap-smd5"],
};

/**
 * A user's `custom_password_hash` of an Auth0 import.
 *
 * @param textFormats the formats that read what it holds as text
 */
export function auth0(textFormats: readonly StoredFormat[]): StoredFormat<"auth0"> {
  return {
    name: "auth0",
    title: "Auth0's custom_password_hash",
    writtenBy: "files for Auth0's import of users",
    looksLike:
      '{"algorithm": "sha256", "hash": {"value": <hexadecimal>, "encoding": "hex"}, "salt": {"value": <text>, "position": "prefix"}}',
    carriedExcept: "argon2, hmac, md4 and scrypt, peppers, and passwords in UTF-16",
    recognises: (value) => auth0ObjectOf(value) !== undefined,
    read: (value, beside) => {
      const found = auth0ObjectOf(value);
      const object = found === undefined ? malformed("is not Auth0's") : readAuth0Object(found);
      if (isFault(object)) return object;
      const { passwordEncoding } = object;
      const told = passwordEncoding === "utf8" ? beside : { ...beside, passwordEncoding };
      const computation = readAlgorithm(object, told, textFormats);
      return isFault(computation) ? computation : [{ computation }];
    },
  };
}

function readAlgorithm(
  object: Auth0Object,
  beside: Beside,
  textFormats: readonly StoredFormat[],
): Computation | Fault {
  const { algorithm, value, salt } = object;
  if (Object.hasOwn(HELD, algorithm)) {
    const held = withPasswordSteps(readHeld(object, textFormats), beside);
    return isFault(held) || salt === undefined ? held : saltPassword(held, salt);
  }
  switch (algorithm) {
    case "pbkdf2": {
      if (salt !== undefined) return misplacedSalt();
      return withPepper(readPhcPbkdf2(value, PHC_DEFAULTS), beside);
    }
    case "hmac":
      return withPasswordSteps(readHmac(object), beside);
    case "scrypt":
      return withPasswordSteps(readScrypt(object), beside);
    default:
      return isPlainDigest(algorithm)
        ? withPasswordSteps(readPlainDigest(object, algorithm), beside)
        : malformed("is Auth0's with an algorithm that Auth0 does not have");
  }
}

/** A text of its own, which holds its salt; bcrypt's password may have another one beside it. */
function readHeld(
  { algorithm, value, salt }: Auth0Object,
  textFormats: readonly StoredFormat[],
): Computation | Fault {
  if (salt !== undefined && algorithm !== "bcrypt") return misplacedSalt();
  const starts = HELD[algorithm] ?? [];
  const format = textFormats.find(
    (one) => starts.some((start) => one.name.startsWith(start)) && one.recognises(value, {}),
  );
  const read = format?.read(value, {});
  if (read === undefined) return malformed("is Auth0's and not in its algorithm's own format");
  if (isFault(read)) return read;
  const [only] = read;
  return only?.computation ?? malformed("is Auth0's without a value");
}

function saltPassword(
  computation: Computation,
  { bytes, order }: NonNullable<Auth0Object["salt"]>,
): Computation {
  const step: PreparationStep = { step: order === "prefix" ? "prepend" : "append", bytes };
  return { ...computation, preparation: [...computation.preparation, step] };
}

function misplacedSalt(): Fault {
  return malformed("is Auth0's with a salt beside a text that holds its own");
}
