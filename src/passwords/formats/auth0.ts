import { decodeBytes, utf8 } from "./bytes.ts";
import type { Computation, Digest, PreparationStep } from "./computation.ts";
import { DIGEST_SIZES } from "./digest-sizes.ts";
import { malformed, unsupported } from "./faults.ts";
import { innerObject, objectOf, textIn, wholeIn } from "./json-value.ts";
import { checkScrypt } from "./scrypt-limits.ts";
import { type Fault, isFault, type StoredFormat, type StoredObject } from "./stored-format.ts";

/** Algorithms whose value is a whole text of another format. */
const WHOLE_TEXTS = new Set(["argon2", "bcrypt", "ldap", "pbkdf2"]);
const DIGESTS = new Set(["md4", "md5", "sha1", "sha224", "sha256", "sha384", "sha512"]);
const UNICODE = new Set(["utf8", "utf-8", "ascii"]);
const UTF_16 = new Set(["utf16le", "ucs2", "utf-16le", "ucs-2"]);
const SCRYPT_DEFAULTS = { cost: 16_384, blockSize: 8, parallelization: 1 };

/**
 * The `custom_password_hash` of Auth0's bulk import.
 *
 * @param texts the formats that a whole text in it can be of
 */
export function auth0Format(texts: readonly StoredFormat[]): StoredFormat<"auth0"> {
  return {
    name: "auth0",
    title: "Auth0's custom_password_hash",
    writtenBy: "files for Auth0's bulk user import",
    looksLike:
      '{"algorithm": "sha256", "hash": {"value": <hex>, "encoding": "hex"}, "salt": {"value": <text>, "position": "prefix"}}',
    notCarried: "what the algorithm that it names is not carried for",
    recognises: (value) => {
      const object = objectOf(value);
      if (object === undefined) return false;
      const named = unwrap(object);
      return textIn(named, "algorithm") !== undefined && innerObject(named, "hash") !== undefined;
    },
    read: (value) => {
      const object = objectOf(value);
      if (object === undefined) return malformed("is no JSON object");
      const computation = readObject(unwrap(object), texts);
      return isFault(computation) ? computation : [{ computation }];
    },
  };
}

function unwrap(object: StoredObject): StoredObject {
  return innerObject(object, "custom_password_hash") ?? object;
}

function readObject(object: StoredObject, texts: readonly StoredFormat[]): Computation | Fault {
  const algorithm = (textIn(object, "algorithm") ?? "").toLowerCase();
  const hash = innerObject(object, "hash") ?? {};
  const value = textIn(hash, "value");
  if (value === undefined) return malformed("is Auth0's without hash.value");
  const preparation = readPasswordEncoding(object);
  if (isFault(preparation)) return preparation;
  const computation = WHOLE_TEXTS.has(algorithm)
    ? readText(value, texts)
    : readParts({ algorithm, object, hash, value });
  if (isFault(computation)) return computation;
  return { ...computation, preparation: [...preparation, ...computation.preparation] };
}

function readPasswordEncoding(object: StoredObject): readonly PreparationStep[] | Fault {
  const encoding = textIn(innerObject(object, "password") ?? {}, "encoding")?.toLowerCase();
  if (encoding === undefined || UNICODE.has(encoding)) return [];
  if (UTF_16.has(encoding)) return [{ step: "utf16le" }];
  return unsupported("is of a password encoding that nothing else can check");
}

function readText(value: string, texts: readonly StoredFormat[]): Computation | Fault {
  const format = texts.find((one) => one.recognises(value, {}));
  const read = format?.read(value, {});
  if (read === undefined) return malformed("is Auth0's with a hash.value of no known format");
  if (isFault(read)) return read;
  return read[0]?.computation ?? malformed("is Auth0's with a hash.value of no known format");
}

interface Auth0Parts {
  readonly algorithm: string;
  readonly object: StoredObject;
  readonly hash: StoredObject;
  readonly value: string;
}

function readParts({ algorithm, object, hash, value }: Auth0Parts): Computation | Fault {
  const bytes = decodeWith(value, textIn(hash, "encoding") ?? "utf8");
  const salt = readSalt(object);
  if (isFault(salt)) return salt;
  if (bytes === undefined)
    return malformed("is Auth0's whose hash.value is not as hash.encoding says");
  if (algorithm === "scrypt") return readScrypt(object, { key: bytes, salt: salt.bytes });
  const isHmac = algorithm === "hmac";
  const digest = isHmac ? (textIn(hash, "digest") ?? "").toLowerCase() : algorithm;
  if (!DIGESTS.has(digest)) return unsupported("is of an algorithm that nothing else can check");
  if (bytes.length !== DIGEST_SIZES[digest as Digest]) {
    return malformed("is Auth0's whose hash.value has another length than its digest");
  }
  return isHmac
    ? readHmac({ digest: digest as Digest, value: bytes, hash, salt })
    : {
        kind: "digest",
        preparation: [],
        digest: digest as Digest,
        salted: salt.position,
        salt: salt.bytes,
        rounds: 1,
        again: "digest",
        value: bytes,
      };
}

interface Auth0Salt {
  readonly bytes: Uint8Array;
  readonly position: "none" | "prefix" | "postfix";
}

/** A salt without a position stands in front. */
function readSalt(object: StoredObject): Auth0Salt | Fault {
  const salt = innerObject(object, "salt");
  const value = salt && textIn(salt, "value");
  if (salt === undefined || value === undefined || value === "") {
    return { bytes: new Uint8Array(), position: "none" };
  }
  const bytes = decodeWith(value, textIn(salt, "encoding") ?? "utf8");
  if (bytes === undefined) return malformed("is Auth0's whose salt is not as salt.encoding says");
  const position = textIn(salt, "position") ?? "prefix";
  if (position !== "prefix" && position !== "suffix") {
    return malformed("is Auth0's whose salt.position is neither prefix nor suffix");
  }
  return { bytes, position: position === "suffix" ? "postfix" : "prefix" };
}

function readScrypt(
  object: StoredObject,
  parts: { readonly key: Uint8Array; readonly salt: Uint8Array },
): Computation | Fault {
  const setting = (name: keyof typeof SCRYPT_DEFAULTS): number =>
    name in object ? wholeIn(object, name) : SCRYPT_DEFAULTS[name];
  const keylen = "keylen" in object ? wholeIn(object, "keylen") : parts.key.length;
  if (keylen !== parts.key.length) {
    return malformed("is Auth0's scrypt whose hash.value is not of keylen bytes");
  }
  return checkScrypt({
    cost: setting("cost"),
    blockSize: setting("blockSize"),
    parallelization: setting("parallelization"),
    ...parts,
  });
}

function readHmac(parts: {
  readonly digest: Digest;
  readonly value: Uint8Array;
  readonly hash: StoredObject;
  readonly salt: Auth0Salt;
}): Computation | Fault {
  const { digest, value, hash, salt } = parts;
  const key = innerObject(hash, "key") ?? {};
  const keyBytes = decodeWith(textIn(key, "value") ?? "", textIn(key, "encoding") ?? "utf8");
  if (keyBytes === undefined || keyBytes.length === 0) {
    return malformed("is Auth0's HMAC whose hash.key is missing, or not as its encoding says");
  }
  const { position, bytes } = salt;
  const preparation: readonly PreparationStep[] =
    position === "none" ? [] : [{ step: position === "prefix" ? "prepend" : "append", bytes }];
  return { kind: "hmac", preparation, digest, keyed: "salt", salt: keyBytes, value };
}

function decodeWith(text: string, encoding: string): Uint8Array | undefined {
  switch (encoding.toLowerCase()) {
    case "hex":
    case "base64":
      return decodeBytes(text, encoding.toLowerCase() === "hex" ? "hex" : "base64");
    case "utf8":
    case "utf-8":
    case "ascii":
      return utf8(text);
    default:
      return undefined;
  }
}
