import { createHmac } from "node:crypto";
import type { HmacComputation } from "../../formats/computation.ts";
import { need } from "./bounds.ts";
import { equalBytes } from "./equal-bytes.ts";

/** @throws {NotComputableError} for MD4, or no value */
export function checkHmac(computation: HmacComputation, password: Uint8Array): boolean {
  return equalBytes(computeHmac(computation, password), computation.value);
}

/** The value of a password. @throws {NotComputableError} for MD4 */
export function computeHmac(computation: HmacComputation, password: Uint8Array): Uint8Array {
  const { digest, keyed, salt } = computation;
  need(digest !== "md4", "the digest of an HMAC");
  const [key, text] = keyed === "salt" ? [salt, password] : [password, salt];
  return createHmac(digest, key).update(text).digest();
}
