import type { Digest, PreparationStep } from "./computation.ts";
import { digestTitle } from "./describe-to-okta.ts";
import { readDigest } from "./digest-readings.ts";
import { decodeDigestText } from "./digest-text.ts";
import { malformed } from "./faults.ts";
import { passwordSteps } from "./password-steps.ts";
import { type Beside, isFault, type StoredFormat } from "./stored-format.ts";

/** MD5 of MD5, as vBulletin has it, with its salt behind. */
export const md5OfMd5 = nestedDigest("md5-of-md5", "md5", "md5");
/** MD5 of SHA-1. */
export const md5OfSha1 = nestedDigest("md5-of-sha1", "md5", "sha1");
/** SHA-1 of MD5. */
export const sha1OfMd5 = nestedDigest("sha1-of-md5", "sha1", "md5");
/** SHA-1 of SHA-1, as Redmine and WoltLab have it, with its salt before. */
export const sha1OfSha1 = nestedDigest("sha1-of-sha1", "sha1", "sha1");
/** SHA-256 of MD5. */
export const sha256OfMd5 = nestedDigest("sha256-of-md5", "sha256", "md5");
/** SHA-256 of SHA-1. */
export const sha256OfSha1 = nestedDigest("sha256-of-sha1", "sha256", "sha1");
/** SHA-256 of SHA-256, as XenForo has it, with its salt behind. */
export const sha256OfSha256 = nestedDigest("sha256-of-sha256", "sha256", "sha256");
/** SHA-512 of MD5. */
export const sha512OfMd5 = nestedDigest("sha512-of-md5", "sha512", "md5");
/** SHA-512 of SHA-512. */
export const sha512OfSha512 = nestedDigest("sha512-of-sha512", "sha512", "sha512");

/** A bare digest of the hexadecimal digits (in lower case) of another digest of the password. */
function nestedDigest<Name extends string>(
  name: Name,
  outer: Digest,
  inner: Digest,
): StoredFormat<Name> {
  const title = `${digestTitle(outer)} of hexadecimal ${digestTitle(inner)}`;
  return {
    name,
    title,
    writtenBy: "forums and home-grown systems that hash twice; never found by `auto`",
    looksLike: "<hexadecimal digits or base64>; a salt in a column of its own",
    notCarried: "the password is hashed before it is hashed",
    isNamedOnly: true,
    recognises: (value, { encoding }) =>
      typeof value === "string" && decodeDigestText(value, outer, encoding) !== undefined,
    read: (value, beside) => {
      const bytes =
        typeof value === "string" ? decodeDigestText(value, outer, beside.encoding) : undefined;
      if (bytes === undefined) return malformed(`is no ${title}`);
      const first = firstSteps(beside);
      if (isFault(first)) return first;
      const read = readDigest({ digest: outer, value: bytes }, withoutPasswordSteps(beside));
      if (isFault(read)) return read;
      const steps: readonly PreparationStep[] = [
        ...first,
        { step: "digest", digest: inner, encoding: "hex" },
      ];
      return read.map((one) => ({
        ...one,
        computation: { ...one.computation, preparation: steps },
      }));
    },
  };
}

/** A pepper beside the password goes into the inner digest with it; beside the salt, into the outer. */
function firstSteps(beside: Beside): ReturnType<typeof passwordSteps> {
  const { pepper, ...rest } = beside;
  return passwordSteps(isSaltPepper(beside) || pepper === undefined ? rest : beside);
}

function withoutPasswordSteps(beside: Beside): Beside {
  const { pepper, passwordEncoding: _, ...rest } = beside;
  return isSaltPepper(beside) && pepper !== undefined ? { ...rest, pepper } : rest;
}

function isSaltPepper({ pepper }: Beside): boolean {
  return pepper?.place.startsWith("salt-") === true;
}
