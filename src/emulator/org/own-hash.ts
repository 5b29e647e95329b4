import { createHash, randomBytes } from "node:crypto";

/** What the org stores of a password that it has seen: it keeps none in the clear. */
export function hashOwn(password: string): string {
  const salt = randomBytes(16);
  const value = createHash("sha512").update(password).update(salt).digest("base64");
  const saltOrder = "POSTFIX";
  return JSON.stringify({ algorithm: "SHA-512", salt: salt.toString("base64"), saltOrder, value });
}
