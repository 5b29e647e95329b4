import { readBcryptParts } from "./bcrypt-parts.ts";
import { utf8 } from "./bytes.ts";
import type { BcryptComputation, Computation, PreparationStep } from "./computation.ts";
import { malformed } from "./faults.ts";
import { isPreparedAs } from "./prepared-as.ts";
import { type Fault, isFault } from "./stored-format.ts";
import { textFormat } from "./text-format.ts";

const FIRST = /^\$bcrypt-sha256\$(2[ab]),([1-9]\d?)\$([^$]{22})\$([^$]{31})$/;
const SECOND = /^\$bcrypt-sha256\$v=2,t=2b,r=([1-9]\d?)\$([^$]{22})\$([^$]{31})$/;
const DIGEST: PreparationStep = { step: "digest", digest: "sha256", encoding: "base64" };

/**
 * Passlib's bcrypt over SHA-256, in two versions: of the SHA-256 of the password, and since 1.7.3 of
 * its HMAC under the salt's 22 characters.
 */
export const passlibBcryptSha256 = textFormat({
  name: "passlib-bcrypt-sha256",
  title: "Passlib's bcrypt over SHA-256",
  writtenBy: "Python's Passlib: Flask-Security and others",
  looksLike: "$bcrypt-sha256$v=2,t=2b,r=12$<22 characters of salt>$<31 characters of value>",
  notCarried: "the password is hashed before it is hashed",
  opening: /^\$bcrypt-sha256\$/,
  parse: parseText,
  print: printText,
});

function parseText(text: string): BcryptComputation | Fault {
  const first = FIRST.exec(text);
  const second = SECOND.exec(text);
  if (first === null && second === null) {
    return malformed("is Passlib's bcrypt-sha256 with a part missing or damaged");
  }
  const [cost, salt = "", value = ""] = first?.slice(2) ?? second?.slice(1) ?? [];
  const version = first?.[1] === "2a" ? "2a" : "2b";
  const bcrypt = readBcryptParts({ version, cost: Number(cost), salt, value });
  if (isFault(bcrypt)) return bcrypt;
  return { ...bcrypt, preparation: [first === null ? hmacUnder(salt) : DIGEST] };
}

function printText(computation: Computation): string | undefined {
  if (computation.kind !== "bcrypt") return undefined;
  const { version, cost, salt, value } = computation;
  if (version === "2b" && isPreparedAs(computation, [hmacUnder(salt)])) {
    return `$bcrypt-sha256$v=2,t=2b,r=${cost}$${salt}$${value}`;
  }
  return version !== "2y" && isPreparedAs(computation, [DIGEST])
    ? `$bcrypt-sha256$${version},${cost}$${salt}$${value}`
    : undefined;
}

function hmacUnder(salt: string): PreparationStep {
  return { step: "hmac", digest: "sha256", key: utf8(salt), encoding: "base64" };
}
