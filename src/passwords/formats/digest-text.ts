import { decodeBytes, decodeHex } from "./bytes.ts";
import type { ByteEncoding, Digest } from "./computation.ts";
import { DIGEST_SIZES } from "./digest-sizes.ts";

/** So many hexadecimal digits and nothing else are never base64 by chance. */
const HEX = /^(?:0x)?[0-9a-f]{22,}$/i;
const BASE64 = ["base64", "base64url"] as const;
const MAX_LENGTH = 2 + 2 * DIGEST_SIZES.sha512;

/**
 * Decodes a bare digest: hexadecimal of either case, perhaps behind `0x`, or base64 of either
 * alphabet. What is hexadecimal throughout is taken for nothing else, so that one that was cut is
 * found out.
 *
 * @param encoding how it is written, if that is known
 * @returns undefined when it is no digest of this kind
 */
export function decodeDigestText(
  text: string,
  digest: Digest,
  encoding?: ByteEncoding,
): Uint8Array | undefined {
  const bytes = decodeBareText(text, encoding);
  return bytes?.length === DIGEST_SIZES[digest] ? bytes : undefined;
}

/** Decodes bytes of any length, up to 64, that are written like a bare digest. */
export function decodeBareText(text: string, encoding?: ByteEncoding): Uint8Array | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  if (encoding === "hex" || (encoding === undefined && HEX.test(text))) {
    return decodeHex(text.replace(/^0x/i, ""));
  }
  for (const one of encoding === undefined ? BASE64 : [encoding]) {
    const bytes = decodeBytes(text, one);
    if (bytes !== undefined) return bytes;
  }
  return undefined;
}
