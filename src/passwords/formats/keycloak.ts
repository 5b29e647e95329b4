import { decodeBase64 } from "./bytes.ts";
import type { Computation, Digest } from "./computation.ts";
import { checkArgon2 } from "./argon2-parts.ts";
import { malformed, unsupported } from "./faults.ts";
import { innerObject, objectOf, ownValue, textIn, wholeIn } from "./json-value.ts";
import { passwordSteps } from "./password-steps.ts";
import { checkPbkdf2 } from "./pbkdf2-parts.ts";
import { type Fault, isFault, type StoredFormat, type StoredObject } from "./stored-format.ts";

const PBKDF2: Readonly<Record<string, Digest>> = {
  pbkdf2: "sha1",
  "pbkdf2-sha256": "sha256",
  "pbkdf2-sha512": "sha512",
};
const ARGON2_VERSIONS: Readonly<Record<string, number>> = { "1.0": 16, "1.3": 19 };

/**
 * A credential as a Keycloak realm export holds it: `secretData` and `credentialData` are JSON text
 * inside of it. Older exports have the same values side by side.
 */
export const keycloak: StoredFormat<"keycloak"> = {
  name: "keycloak",
  title: "Keycloak's credential",
  writtenBy: "Keycloak, Red Hat build of Keycloak: users[].credentials[] of a realm export",
  looksLike:
    '{"type": "password", "secretData": "{\\"value\\":<base64>,\\"salt\\":<base64>}", "credentialData": "{\\"hashIterations\\":27500,\\"algorithm\\":\\"pbkdf2-sha256\\"}"}',
  notCarried: "Argon2, PBKDF2 over SHA-1, or fewer than 4,096 rounds",
  recognises: (value) => {
    const object = objectOf(value);
    return object !== undefined && (hasSecret(object) || "hashedSaltedValue" in object);
  },
  read: (value, beside) => {
    const object = objectOf(value);
    if (object === undefined) return malformed("is no JSON object");
    const computation = readCredential(object);
    if (isFault(computation)) return computation;
    const preparation = passwordSteps(beside);
    return isFault(preparation) ? preparation : [{ computation: { ...computation, preparation } }];
  },
};

function hasSecret(object: StoredObject): boolean {
  return "secretData" in object && "credentialData" in object;
}

function readCredential(object: StoredObject): Computation | Fault {
  const type = textIn(object, "type");
  if (type !== undefined && type !== "password") {
    return malformed("is a Keycloak credential, and not of the type `password`");
  }
  if (!hasSecret(object)) return readOlder(object);
  const secret = innerObject(object, "secretData");
  const settings = innerObject(object, "credentialData");
  if (secret === undefined || settings === undefined) {
    return malformed("is a Keycloak credential whose secretData or credentialData is no JSON");
  }
  return compute(settings, { value: textIn(secret, "value"), salt: textIn(secret, "salt") });
}

function readOlder(object: StoredObject): Computation | Fault {
  return compute(object, {
    value: textIn(object, "hashedSaltedValue"),
    salt: textIn(object, "salt"),
  });
}

interface Material {
  readonly value: string | undefined;
  readonly salt: string | undefined;
}

function compute(settings: StoredObject, material: Material): Computation | Fault {
  const key = decodeBase64(material.value ?? "");
  const salt = decodeBase64(material.salt ?? "");
  const rounds = wholeIn(settings, "hashIterations");
  const algorithm = textIn(settings, "algorithm") ?? "";
  const digest = Object.hasOwn(PBKDF2, algorithm) ? PBKDF2[algorithm] : undefined;
  if (digest !== undefined) return checkPbkdf2({ digest, rounds, salt, key });
  if (algorithm !== "argon2") {
    return unsupported("is a Keycloak credential of an algorithm that is not Keycloak's own");
  }
  if (salt === undefined || key === undefined) return malformed("is Argon2, damaged");
  const more = innerObject(settings, "additionalParameters") ?? {};
  const variant = firstText(more, "type") ?? "id";
  if (variant !== "i" && variant !== "d" && variant !== "id") {
    return malformed("is Argon2 of a type that does not exist");
  }
  return checkArgon2({
    variant,
    version: ARGON2_VERSIONS[firstText(more, "version") ?? "1.3"] ?? Number.NaN,
    memoryKib: Number(firstText(more, "memory")),
    passes: rounds,
    lanes: Number(firstText(more, "parallelism")),
    salt,
    tag: key,
  });
}

/** Keycloak writes each parameter as a list of one text. */
function firstText(object: StoredObject, key: string): string | undefined {
  const found = ownValue(object, key);
  const first: unknown = Array.isArray(found) ? found[0] : found;
  return typeof first === "string" && first.length < 20 ? first : undefined;
}
