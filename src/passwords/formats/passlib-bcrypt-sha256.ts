import { readBcryptParts } from "./bcrypt-parts.ts";
import { utf8 } from "./bytes.ts";
import type { BcryptComputation, Computation } from "./computation.ts";
import { malformed } from "./faults.ts";
import { type Fault, isFault } from "./stored-format.ts";
import { textFormat } from "./text-format.ts";

const FIRST = /^\$bcrypt-sha256\$(2[aby]),(\d{1,2})\$([^$]{22})\$([^$]{31})$/;
const SECOND = /^\$bcrypt-sha256\$v=2,t=(2[by]),r=(\d{1,2})\$([^$]{22})\$([^$]{31})$/;

/**
 * Passlib's bcrypt over SHA-256: of the password in its first version, of an HMAC under the text of
 * the salt in its second, in base64 both.
 */
export const passlibBcryptSha256 = textFormat({
  name: "passlib-bcrypt-sha256",
  title: "passlib's bcrypt over SHA-256",
  writtenBy: "Python's passlib",
  looksLike: "$bcrypt-sha256$v=2,t=2b,r=12$<22 characters of salt>$<31 characters of value>",
  notCarried: "the password is hashed before it is hashed",
  opening: /^\$bcrypt-sha256\$/,
  parse,
  print,
});

function parse(text: string): BcryptComputation | Fault {
  const second = SECOND.exec(text);
  const parts = second ?? FIRST.exec(text);
  if (parts === null) return malformed("is bcrypt over SHA-256 with a part missing or damaged");
  const [, version = "", cost = "", salt = "", value = ""] = parts;
  const computation = readBcryptParts({
    version: version === "2a" || version === "2y" ? version : "2b",
    cost: Number(cost),
    salt,
    value,
  });
  if (isFault(computation)) return computation;
  const digest = "sha256";
  const encoding = "base64";
  return {
    ...computation,
    preparation: [
      second === null
        ? { step: "digest", digest, encoding }
        : { step: "hmac", digest, key: utf8(salt), encoding },
    ],
  };
}

function print(computation: Computation): string | undefined {
  if (computation.kind !== "bcrypt" || computation.preparation.length !== 1) return undefined;
  const { preparation, version, cost, salt, value } = computation;
  const [step] = preparation;
  if (step?.step === "digest" && step.digest === "sha256" && step.encoding === "base64") {
    return `$bcrypt-sha256$${version},${cost}$${salt}$${value}`;
  }
  return step?.step === "hmac" && step.digest === "sha256" && version !== "2a"
    ? `$bcrypt-sha256$v=2,t=${version},r=${cost}$${salt}$${value}`
    : undefined;
}
