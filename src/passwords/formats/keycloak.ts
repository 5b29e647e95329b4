import { opensAsBcrypt, readBcryptText } from "./bcrypt-parts.ts";
import { decodePaddedBase64 } from "./bytes.ts";
import type { Computation, Digest } from "./computation.ts";
import { malformed, unsupported } from "./faults.ts";
import { countAt, objectOf, textAt, valueAt } from "./json-object.ts";
import { readKeycloakArgon2 } from "./keycloak-argon2.ts";
import { withPasswordSteps } from "./password-steps.ts";
import { readPbkdf2Parts, withPepper } from "./pbkdf2-parts.ts";
import {
  type Beside,
  type Fault,
  isFault,
  type StoredFormat,
  type StoredObject,
} from "./stored-format.ts";

const PBKDF2: Readonly<Record<string, Digest>> = {
  pbkdf2: "sha1",
  "pbkdf2-sha256": "sha256",
  "pbkdf2-sha512": "sha512",
};
const KEY_LENGTHS = [20, 32, 64];

/** A credential as Keycloak stores it: two halves, and further parameters for Argon2. */
interface Credential {
  readonly algorithm: string | undefined;
  readonly iterations: number;
  readonly value: string | undefined;
  readonly salt: string | undefined;
  readonly parameters: StoredObject | undefined;
}

/**
 * A password credential of a Keycloak realm's export, as an object or as JSON text; `secretData` and
 * `credentialData` are JSON text inside of it. Exports from before Keycloak 8 have all in one.
 */
export const keycloak: StoredFormat<"keycloak"> = {
  name: "keycloak",
  title: "Keycloak's credential",
  writtenBy: "Keycloak, Red Hat build of Keycloak: the `credentials` of a realm's export",
  looksLike:
    '{"type": "password", "secretData": "{\\"value\\": <base64>, \\"salt\\": <base64>}", "credentialData": "{\\"hashIterations\\": 27500, \\"algorithm\\": \\"pbkdf2-sha256\\"}"}',
  carriedExcept: "argon2, pbkdf2 over SHA-1, and fewer than 4,096 rounds",
  recognises: (value) => {
    const object = objectOf(value);
    return (
      valueAt(object, "secretData") !== undefined ||
      valueAt(object, "credentialData") !== undefined ||
      valueAt(object, "hashedSaltedValue") !== undefined
    );
  },
  read: (value, beside) => {
    const object = objectOf(value);
    if (object === undefined) return malformed("is no Keycloak credential");
    const type = valueAt(object, "type");
    if (type !== undefined && type !== "password") {
      return malformed("is a Keycloak credential of another kind than a password");
    }
    const computation = readCredential(credentialOf(object), beside);
    return isFault(computation) ? computation : [{ computation }];
  },
};

function credentialOf(object: StoredObject): Credential {
  const isOld = valueAt(object, "hashedSaltedValue") !== undefined;
  const secret = isOld ? object : objectOf(valueAt(object, "secretData"));
  const settings = isOld ? object : objectOf(valueAt(object, "credentialData"));
  return {
    algorithm: textAt(settings, "algorithm"),
    iterations: countAt(settings, "hashIterations"),
    value: textAt(secret, isOld ? "hashedSaltedValue" : "value"),
    salt: textAt(secret, "salt"),
    parameters: objectOf(valueAt(settings, "additionalParameters")),
  };
}

function readCredential(credential: Credential, beside: Beside): Computation | Fault {
  const { algorithm, iterations, value, salt, parameters } = credential;
  if (algorithm === undefined) return malformed("is a Keycloak credential without its algorithm");
  if (value === undefined) return malformed("is a Keycloak credential without its value");
  const digest = Object.hasOwn(PBKDF2, algorithm) ? PBKDF2[algorithm] : undefined;
  const [saltBytes, key] = [decodePaddedBase64(salt ?? ""), decodePaddedBase64(value)];
  if (digest !== undefined) {
    const parts = { digest, rounds: iterations, salt: saltBytes, key, keyLengths: KEY_LENGTHS };
    return withPepper(readPbkdf2Parts(parts), beside);
  }
  if (algorithm === "argon2") {
    const argon2 = readKeycloakArgon2({
      passes: iterations,
      salt: saltBytes,
      tag: key,
      parameters,
    });
    return withPasswordSteps(argon2, beside);
  }
  // A wide-spread extension stores bcrypt's whole text as the value.
  if (algorithm === "bcrypt" && opensAsBcrypt(value))
    return withPasswordSteps(readBcryptText(value), beside);
  return unsupported("is a Keycloak credential of an algorithm that Keycloak itself does not have");
}
