import { readBcryptParts } from "./bcrypt-parts.ts";
import { decodeBase64 } from "./bytes.ts";
import type { Computation, Digest } from "./computation.ts";
import { malformed, unsupported } from "./faults.ts";
import { objectOf, textIn, wholeIn } from "./json-value.ts";
import { passwordSteps } from "./password-steps.ts";
import { checkPbkdf2 } from "./pbkdf2-parts.ts";
import {
  type Beside,
  type Fault,
  isFault,
  type StoredFormat,
  type StoredObject,
  type StoredValue,
} from "./stored-format.ts";

/** Digest and bytes of the derived key, by FusionAuth's name. */
const PBKDF2: Readonly<Record<string, { readonly digest: Digest; readonly bytes: number }>> = {
  "salted-pbkdf2-hmac-sha256": { digest: "sha256", bytes: 32 },
  "salted-pbkdf2-hmac-sha256-512": { digest: "sha256", bytes: 64 },
  "salted-pbkdf2-hmac-sha512-512": { digest: "sha512", bytes: 64 },
};

/**
 * A FusionAuth user's `encryptionScheme`, `factor`, `salt` and `password`: in one object, or in
 * columns of which `password.params` names the first two.
 */
export const fusionauth: StoredFormat<"fusionauth"> = {
  name: "fusionauth",
  title: "FusionAuth",
  writtenBy: "FusionAuth",
  looksLike:
    '{"encryptionScheme": "salted-pbkdf2-hmac-sha256", "factor": 24000, "salt": <base64>, "password": <base64>}',
  notCarried: "other schemes than bcrypt and PBKDF2",
  recognises: (value, beside) => schemeOf(value, beside) !== undefined,
  read: (value, beside) => {
    const computation = readUser(gather(value, beside));
    if (isFault(computation)) return computation;
    const preparation = passwordSteps(beside);
    return isFault(preparation) ? preparation : [{ computation: { ...computation, preparation } }];
  },
};

function schemeOf(value: StoredValue, { params = {} }: Beside): string | undefined {
  return textIn(objectOf(value) ?? params, "encryptionScheme");
}

/** The user's four properties, wherever they stand. */
function gather(value: StoredValue, { salt, rounds, params = {} }: Beside): StoredObject {
  const object = objectOf(value);
  if (object !== undefined) return object;
  return {
    ...(salt === undefined ? {} : { salt }),
    ...(rounds === undefined || rounds === null ? {} : { factor: rounds }),
    ...params,
    password: value,
  };
}

function readUser(user: StoredObject): Computation | Fault {
  const scheme = (textIn(user, "encryptionScheme") ?? "").toLowerCase();
  const factor = wholeIn(user, "factor");
  const salt = textIn(user, "salt");
  const value = textIn(user, "password") ?? textIn(user, "hash");
  if (salt === undefined || value === undefined) {
    return malformed("is FusionAuth's without its salt or its password");
  }
  if (scheme === "bcrypt") return readBcryptParts({ version: "2b", cost: factor, salt, value });
  const settings = Object.hasOwn(PBKDF2, scheme) ? PBKDF2[scheme] : undefined;
  if (settings === undefined) {
    return unsupported("is of a FusionAuth scheme whose computation is not documented");
  }
  const key = decodeBase64(value);
  return checkPbkdf2({
    digest: settings.digest,
    rounds: factor,
    salt: decodeBase64(salt),
    key: key?.length === settings.bytes ? key : undefined,
  });
}
