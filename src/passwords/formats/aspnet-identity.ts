import { concat, decodePaddedBase64, encodeBase64 } from "./bytes.ts";
import type { Computation, Digest, Pbkdf2Computation } from "./computation.ts";
import { malformed } from "./faults.ts";
import { checkPbkdf2, isPlainPbkdf2 } from "./pbkdf2-parts.ts";
import type { Fault } from "./stored-format.ts";
import { textFormat } from "./text-format.ts";

const V2_ROUNDS = 1000;
const V2_SALT = 16;
const V2_KEY = 32;
/** A zero, the salt and the key. */
const V2_LENGTH = 1 + V2_SALT + V2_KEY;
/** A one, then three numbers of four bytes, big end first: digest, rounds, length of the salt. */
const V3_HEAD = 13;
const V3_DIGESTS = ["sha1", "sha256", "sha512"] as const satisfies readonly Digest[];
/** The library itself refuses shorter salts and keys. */
const V3_MIN = 16;

/** ASP.NET Identity, version 2. */
export const aspnetIdentity2 = textFormat({
  name: "aspnet-identity-v2",
  title: "ASP.NET Identity, version 2",
  writtenBy: "ASP.NET Identity 1 and 2, ASP.NET's universal providers",
  looksLike: "<68 characters of base64 that begin with A>",
  notCarried: "it is PBKDF2 over SHA-1",
  opening: /^A[A-P][A-Za-z0-9+/]{64}==$/,
  parse: parseV2,
  print: printV2,
});

/** ASP.NET Core Identity, version 3. */
export const aspnetIdentity3 = textFormat({
  name: "aspnet-identity-v3",
  title: "ASP.NET Core Identity, version 3",
  writtenBy: "ASP.NET Core Identity",
  looksLike: "AQAAAA<base64>",
  notCarried: "over SHA-1, or fewer than 4,096 rounds",
  opening: /^AQAAAA[A-Za-z0-9+/]/,
  parse: parseV3,
  print: printV3,
});

function parseV2(text: string): Pbkdf2Computation | Fault {
  const bytes = decodePaddedBase64(text);
  if (bytes?.length !== V2_LENGTH || bytes[0] !== 0) {
    return malformed("is ASP.NET Identity's, cut off or damaged");
  }
  const salt = bytes.slice(1, 1 + V2_SALT);
  const key = bytes.slice(1 + V2_SALT);
  return checkPbkdf2({ digest: "sha1", rounds: V2_ROUNDS, salt, key });
}

function printV2(computation: Computation): string | undefined {
  if (!isPlainPbkdf2(computation)) return undefined;
  const { digest, rounds, salt, key } = computation;
  if (digest !== "sha1" || rounds !== V2_ROUNDS) return undefined;
  if (salt.length !== V2_SALT || key.length !== V2_KEY) return undefined;
  return encodeBase64(concat(Uint8Array.of(0), salt, key));
}

function parseV3(text: string): Pbkdf2Computation | Fault {
  const bytes = decodePaddedBase64(text);
  const damaged = malformed("is ASP.NET Core Identity's, cut off or damaged");
  if (bytes === undefined || bytes.length < V3_HEAD || bytes[0] !== 1) return damaged;
  const head = new DataView(bytes.buffer);
  const digest = V3_DIGESTS[head.getUint32(1)];
  const saltEnd = V3_HEAD + head.getUint32(9);
  if (digest === undefined || saltEnd < V3_HEAD + V3_MIN) return damaged;
  if (bytes.length < saltEnd + V3_MIN) return damaged;
  const salt = bytes.slice(V3_HEAD, saltEnd);
  const key = bytes.slice(saltEnd);
  // It derives whole 128-bit blocks; anything else is a text that was cut.
  if (key.length % 16 !== 0) return damaged;
  return checkPbkdf2({ digest, rounds: head.getUint32(5), salt, key });
}

function printV3(computation: Computation): string | undefined {
  if (!isPlainPbkdf2(computation)) return undefined;
  const { rounds, salt, key } = computation;
  const digest = V3_DIGESTS.findIndex((name) => name === computation.digest);
  if (digest < 0 || salt.length < V3_MIN || key.length % 16 !== 0) return undefined;
  const head = new Uint8Array(V3_HEAD);
  const view = new DataView(head.buffer);
  view.setUint8(0, 1);
  view.setUint32(1, digest);
  view.setUint32(5, rounds);
  view.setUint32(9, salt.length);
  return encodeBase64(concat(head, salt, key));
}
