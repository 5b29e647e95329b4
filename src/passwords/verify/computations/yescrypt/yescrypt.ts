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
  const { settings, salt, value } = readYescryptText(text);
  return equalTexts(encodeCrypt64(deriveYescryptKey({ password, salt, settings })), value);
}
