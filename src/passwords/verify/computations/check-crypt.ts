import type { CryptComputation } from "../../formats/computation.ts";
import { asCString } from "./c-string.ts";
import { checkMd5Crypt } from "./md5-crypt.ts";
import { checkShaCrypt } from "./sha-crypt.ts";
import { checkYescrypt } from "./yescrypt/yescrypt.ts";

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
