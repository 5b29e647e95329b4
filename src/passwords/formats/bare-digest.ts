import { encodeHex } from "./bytes.ts";
import type { Computation, Digest } from "./computation.ts";
import { digestTitle } from "./describe-to-okta.ts";
import { readDigest } from "./digest-readings.ts";
import { DIGEST_SIZES } from "./digest-sizes.ts";
import { decodeDigestText } from "./digest-text.ts";
import { malformed } from "./faults.ts";
import type { StoredFormat } from "./stored-format.ts";

/** Plain MD5. */
export const md5 = bareDigest("md5");
/** Plain SHA-1. */
export const sha1 = bareDigest("sha1");
/** Plain SHA-224. */
export const sha224 = bareDigest("sha224");
/** Plain SHA-256. */
export const sha256 = bareDigest("sha256");
/** Plain SHA-384. */
export const sha384 = bareDigest("sha384");
/** Plain SHA-512. */
export const sha512 = bareDigest("sha512");

/**
 * A digest without any mark, in hexadecimal or base64; its salt, rounds and pepper stand beside it
 * or nowhere.
 *
 * @see docs/okta/password-hashes.md#shapes
 */
function bareDigest<Name extends Digest>(digest: Name): StoredFormat<Name> {
  const title = digestTitle(digest);
  const isOktas = digest !== "sha224" && digest !== "sha384";
  return {
    name: digest,
    title,
    writtenBy: "home-grown systems and old forums",
    looksLike: `<${DIGEST_SIZES[digest] * 2} hexadecimal digits>, or base64; a salt in a column of its own`,
    ...(isOktas
      ? { carriedExcept: "several rounds, UTF-16, and a pepper and a salt on two sides" }
      : { notCarried: `it has no ${title}` }),
    isBare: true,
    recognises: (value, { encoding }) =>
      typeof value === "string" && decodeDigestText(value, digest, encoding) !== undefined,
    read: (value, beside) => {
      const bytes =
        typeof value === "string" ? decodeDigestText(value, digest, beside.encoding) : undefined;
      if (bytes === undefined) return malformed(`is no ${title} in hexadecimal or base64`);
      return readDigest({ digest, value: bytes }, beside);
    },
    write: (computation) => writeBareDigest(computation, digest),
  };
}

function writeBareDigest(computation: Computation, digest: Digest): string | undefined {
  if (computation.kind !== "digest" || computation.digest !== digest) return undefined;
  const { preparation, salted, rounds, value } = computation;
  return preparation.length === 0 && salted === "none" && rounds === 1
    ? encodeHex(value)
    : undefined;
}
