import type { SourceValue } from "../../core/index.ts";
import { decodeBase64 } from "./bytes.ts";
import type { FirebaseScryptComputation } from "./computation.ts";
import { malformed } from "./faults.ts";
import { passwordSteps } from "./password-steps.ts";
import { isAbsent } from "./presence.ts";
import {
  type Beside,
  type Fault,
  isFault,
  type StoredFormat,
  type StoredObject,
} from "./stored-format.ts";

const BASE64_ONLY = /^[A-Za-z0-9+/_-]{1,400}={0,2}$/;
const MAX_ROUNDS = 8;
const MAX_MEM_COST = 14;
const MAX_SALT = 128;

/** Names of each parameter: as the Admin SDK has it, and as the console shows it. */
const NAMES = {
  signerKey: ["signerKey", "base64_signer_key", "base64SignerKey", "signer_key"],
  saltSeparator: [
    "saltSeparator",
    "base64_salt_separator",
    "base64SaltSeparator",
    "salt_separator",
  ],
  rounds: ["rounds"],
  memCost: ["memCost", "mem_cost", "memoryCost", "memory_cost"],
} as const;

/**
 * Firebase's own scrypt. The signer key names the scheme: without it the value is a digest like any
 * other. Salt and parameters are base64 of either alphabet.
 */
export const firebaseScrypt: StoredFormat<"firebase-scrypt"> = {
  name: "firebase-scrypt",
  title: "Firebase's scrypt",
  writtenBy: "Firebase Authentication, Google Identity Platform",
  looksLike: "<base64>; a salt in a column of its own, the project's parameters in the config",
  notCarried: "it has no scrypt",
  recognises: (value, { params }) =>
    typeof value === "string" && BASE64_ONLY.test(value) && hasSignerKey(params),
  read: (value, beside) => {
    const computation = readFirebase(typeof value === "string" ? value : "", beside);
    return isFault(computation) ? computation : [{ computation }];
  },
};

function hasSignerKey(params: StoredObject | undefined): boolean {
  return params !== undefined && !isAbsent(parameter(params, "signerKey"));
}

function readFirebase(text: string, beside: Beside): FirebaseScryptComputation | Fault {
  const { salt: column, params = {} } = beside;
  const signerKey = readBase64(parameter(params, "signerKey"));
  if (signerKey === undefined || signerKey.length === 0) {
    return malformed("is Firebase's, and the signer key beside it is not base64");
  }
  const separator = parameter(params, "saltSeparator");
  const saltSeparator = isAbsent(separator) ? new Uint8Array() : readBase64(separator);
  if (saltSeparator === undefined) {
    return malformed("is Firebase's, and the salt separator beside it is not base64");
  }
  const value = readBase64(text);
  if (value?.length !== signerKey.length) {
    return malformed("is Firebase's of another length than the signer key");
  }
  const salt = isAbsent(column) ? undefined : readBase64(column);
  if (salt === undefined || salt.length === 0 || salt.length > MAX_SALT) {
    return malformed("is Firebase's, and no salt in base64 stands beside it");
  }
  const rounds = readNumber(parameter(params, "rounds"), MAX_ROUNDS);
  const memCost = readNumber(parameter(params, "memCost"), MAX_MEM_COST);
  if (rounds === undefined)
    return malformed(`is Firebase's without rounds from 1 to ${MAX_ROUNDS}`);
  if (memCost === undefined) {
    return malformed(`is Firebase's without a memory cost from 1 to ${MAX_MEM_COST}`);
  }
  const preparation = passwordSteps(beside);
  if (isFault(preparation)) return preparation;
  return {
    kind: "firebase-scrypt",
    preparation,
    signerKey,
    saltSeparator,
    rounds,
    memCost,
    salt,
    value,
  };
}

function parameter(params: StoredObject, name: keyof typeof NAMES): SourceValue | undefined {
  const found = NAMES[name].find((one) => Object.hasOwn(params, one) && !isAbsent(params[one]));
  return found === undefined ? undefined : params[found];
}

function readBase64(found: SourceValue | undefined): Uint8Array | undefined {
  if (typeof found !== "string" || found.length > 1024) return undefined;
  const text = found.trim();
  return decodeBase64(text) ?? decodeBase64(text, "url");
}

function readNumber(found: SourceValue | undefined, max: number): number | undefined {
  const number = typeof found === "string" && /^\s?\d{1,2}\s?$/.test(found) ? Number(found) : found;
  if (typeof number !== "number" || !Number.isInteger(number)) return undefined;
  return number >= 1 && number <= max ? number : undefined;
}
