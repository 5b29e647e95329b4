import type { SourceValue } from "../../core/index.ts";
import { decodeBase64, decodeHex, utf8 } from "./bytes.ts";
import { malformed, unsupported } from "./faults.ts";
import { countAt, objectOf, textAt, valueAt } from "./json-object.ts";
import { type Fault, isFault, type SaltOrder, type StoredObject } from "./stored-format.ts";

/** A `custom_password_hash` with its parts as bytes. */
export interface Auth0Object {
  readonly algorithm: string;
  /** As written, in `encoding` where it is not a text of its own. */
  readonly value: string;
  readonly encoding: string | undefined;
  /** Of an HMAC. */
  readonly digest: string | undefined;
  readonly key: Uint8Array | undefined;
  readonly salt: Auth0Salt | undefined;
  readonly passwordEncoding: "utf8" | "utf16le";
  readonly scrypt: Auth0Scrypt;
}

/** A salt beside the password. */
export interface Auth0Salt {
  readonly bytes: Uint8Array;
  readonly order: SaltOrder;
}

/** Scrypt's settings, with Auth0's defaults; `NaN` where one is no whole number. */
export interface Auth0Scrypt {
  readonly keyLength: number;
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
}

/** The object of a value that is Auth0's; Okta's own shape has no `hash.value` beside its algorithm. */
export function auth0ObjectOf(value: SourceValue): StoredObject | undefined {
  const outer = objectOf(value);
  const object = objectOf(valueAt(outer, "custom_password_hash")) ?? outer;
  const hash = objectOf(valueAt(object, "hash"));
  const isAuth0 =
    valueAt(object, "algorithm") !== undefined && valueAt(hash, "value") !== undefined;
  return isAuth0 ? object : undefined;
}

/** Reads the parts that every algorithm has, and those that some have. */
export function readAuth0Object(object: StoredObject): Auth0Object | Fault {
  const hash = objectOf(valueAt(object, "hash"));
  const algorithm = textAt(object, "algorithm");
  const value = textAt(hash, "value");
  if (algorithm === undefined || value === undefined) {
    return malformed("is Auth0's without its algorithm or value");
  }
  const salt = readSalt(valueAt(object, "salt"));
  if (isFault(salt)) return salt;
  const key = readBytes(valueAt(hash, "key"));
  if (isFault(key)) return key;
  const passwordEncoding = readEncoding(objectOf(valueAt(object, "password")));
  if (isFault(passwordEncoding)) return passwordEncoding;
  return {
    algorithm,
    value,
    encoding: textAt(hash, "encoding"),
    digest: textAt(hash, "digest"),
    key,
    salt,
    passwordEncoding,
    scrypt: {
      keyLength: countAt(object, "keylen"),
      cost: countOr(object, "cost", 16_384),
      blockSize: countOr(object, "blockSize", 8),
      parallelization: countOr(object, "parallelization", 1),
    },
  };
}

/** Decodes a hash, a salt or a key; base64 may be that of URLs. */
export function decodeAuth0(text: string, encoding: string): Uint8Array | undefined {
  switch (encoding) {
    case "utf8":
      return utf8(text);
    case "hex":
      return decodeHex(text);
    case "base64":
      return decodeBase64(text) ?? decodeBase64(text, "url");
    default:
      return undefined;
  }
}

function readSalt(found: SourceValue | undefined): Auth0Salt | undefined | Fault {
  const bytes = readBytes(found);
  if (bytes === undefined || isFault(bytes)) return bytes;
  const position = textAt(objectOf(found), "position") ?? "prefix";
  if (position === "prefix") return { bytes, order: "prefix" };
  if (position === "suffix") return { bytes, order: "postfix" };
  return malformed("is Auth0's with a salt that stands neither before nor behind");
}

/** `{value, encoding}`; undefined when there is none. */
function readBytes(found: SourceValue | undefined): Uint8Array | undefined | Fault {
  if (found === undefined || found === null) return undefined;
  const object = objectOf(found);
  const bytes = decodeAuth0(textAt(object, "value") ?? "", textAt(object, "encoding") ?? "utf8");
  return bytes === undefined || bytes.length === 0
    ? malformed("is Auth0's with a salt or key that is not in its encoding")
    : bytes;
}

function readEncoding(password: StoredObject | undefined): "utf8" | "utf16le" | Fault {
  const encoding = textAt(password, "encoding");
  switch (encoding) {
    case undefined:
    case "utf8":
      return "utf8";
    case "utf16le":
    case "ucs2":
      return "utf16le";
    case "ascii":
    case "latin1":
    case "binary":
      return unsupported("is of a password in a Latin encoding, and people sign in with UTF-8");
    default:
      return malformed("is Auth0's with a password encoding that Auth0 does not have");
  }
}

function countOr(object: StoredObject, key: string, otherwise: number): number {
  return valueAt(object, key) === undefined ? otherwise : countAt(object, key);
}
