import { encodeCrypt64 } from "../crypt64.ts";
import { equalTexts } from "../equal-bytes.ts";
import { deriveYescryptKey } from "./derive-key.ts";
import { readYescryptText } from "./settings.ts";

/**
 * `$y$`, the usual hash of current Linux systems, as libxcrypt computes it.
 *
 * @throws {NotComputableError} when the text is damaged or asks for too much
 * @see https://www.openwall.com/yescrypt/
 */
export function checkYescrypt(text: string, password: Uint8Array): boolean {
  return equalTexts(computeYescrypt(text, password), readYescryptText(text).value);
}

/** The last part of a text, for a password. @throws {NotComputableError} as above */
export function computeYescrypt(text: string, password: Uint8Array): string {
  const { settings, salt } = readYescryptText(text);
  return encodeCrypt64(deriveYescryptKey({ password, salt, settings }));
}
