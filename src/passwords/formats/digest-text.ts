import { decodeBytes, decodeHex } from "./bytes.ts";
import type { ByteEncoding, Digest } from "./computation.ts";
import { DIGEST_SIZES } from "./digest-sizes.ts";

const HEX = /^(?:0x)?(?:[0-9a-f]{2}){1,64}$/i;
const BASE64 = ["base64", "base64url"] as const;
const MAX_LENGTH = 2 + 2 * DIGEST_SIZES.sha512;

/**
 * Decodes a bare digest: hexadecimal of either case, perhaps behind `0x`, or base64 of either
 * alphabet. What is hexadecimal throughout, and long enough for a digest, is taken for nothing else.
 *
 * @param encoding how it is written, if that is known
 * @returns undefined when it is no digest of this kind
 */
export function decodeDigestText(
  text: string,
  digest: Digest,
  encoding?: ByteEncoding,
): Uint8Array | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const bytes = decodeText(text, encoding);
  return bytes?.length === DIGEST_SIZES[digest] ? bytes : undefined;
}

function decodeText(text: string, encoding: ByteEncoding | undefined): Uint8Array | undefined {
  if (encoding === "hex") return decodeHex(withoutPrefix(text));
  if (encoding !== undefined) return decodeBytes(text, encoding);
  if (isHexDigest(text)) return decodeHex(withoutPrefix(text));
  for (const one of BASE64) {
    const bytes = decodeBytes(text, one);
    if (bytes !== undefined) return bytes;
  }
  return undefined;
}

function isHexDigest(text: string): boolean {
  if (!HEX.test(text)) return false;
  const bytes = withoutPrefix(text).length / 2;
  return Object.values(DIGEST_SIZES).includes(bytes);
}

function withoutPrefix(text: string): string {
  return /^0x/i.test(text) ? text.slice(2) : text;
}
