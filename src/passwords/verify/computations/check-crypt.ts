import type { CryptComputation } from "../../formats/computation.ts";
import { asCString } from "./c-string.ts";
import { checkMd5Crypt, computeMd5Crypt } from "./md5-crypt.ts";
import { checkShaCrypt, computeShaCrypt } from "./sha-crypt.ts";
import { checkYescrypt, computeYescrypt } from "./yescrypt/yescrypt.ts";

/**
 * `crypt(3)`: of nothing behind a NUL, like the functions of C whose texts these are.
 *
 * @throws {NotComputableError} when the text is damaged or asks for too much
 */
export function checkCrypt({ scheme, text }: CryptComputation, password: Uint8Array): boolean {
  const seen = asCString(password);
  switch (scheme) {
    case "md5":
    case "apr1":
      return checkMd5Crypt(text, seen);
    case "sha256":
    case "sha512":
      return checkShaCrypt(text, seen);
    case "yescrypt":
      return checkYescrypt(text, seen);
  }
}

/**
 * The whole text of a password: what is there, with its last part computed.
 *
 * @throws {NotComputableError} when the text is damaged or asks for too much
 */
export function computeCrypt({ scheme, text }: CryptComputation, password: Uint8Array): string {
  const settings = text.slice(0, text.lastIndexOf("$") + 1);
  return settings + lastPart(scheme, text, asCString(password));
}

function lastPart(scheme: CryptComputation["scheme"], text: string, seen: Uint8Array): string {
  switch (scheme) {
    case "md5":
    case "apr1":
      return computeMd5Crypt(text, seen);
    case "sha256":
    case "sha512":
      return computeShaCrypt(text, seen);
    case "yescrypt":
      return computeYescrypt(text, seen);
  }
}
