import { decodePaddedBase64, decodeUtf8, encodeBase64, utf8 } from "./bytes.ts";
import { DIGEST_SIZES } from "./digest-sizes.ts";
import { malformed } from "./faults.ts";
import { readPbkdf2Parts } from "./pbkdf2-parts.ts";
import { pbkdf2Text } from "./pbkdf2-text.ts";
import type { StoredFormat } from "./stored-format.ts";

/** Django's default since 1.4. */
export const djangoPbkdf2Sha256 = djangoPbkdf2("django-pbkdf2-sha256", "sha256", {
  carriedExcept: "fewer than 4,096 rounds",
});

/** Django's PBKDF2 over SHA-1. */
export const djangoPbkdf2Sha1 = djangoPbkdf2("django-pbkdf2-sha1", "sha1", {
  notCarried: "it is PBKDF2 over SHA-1; Okta takes SHA-256 and SHA-512",
});

/** Django's PBKDF2: the salt is text, the key base64 of as many bytes as the digest has. */
function djangoPbkdf2<Name extends string>(
  name: Name,
  digest: "sha1" | "sha256",
  carried: Pick<StoredFormat, "notCarried" | "carriedExcept">,
): StoredFormat<Name> {
  const mark = `pbkdf2_${digest}`;
  const size = DIGEST_SIZES[digest];
  const parts = new RegExp(String.raw`^${mark}\$([1-9]\d{0,9})\$([^$]+)\$([^$]+)$`);
  return pbkdf2Text({
    ...carried,
    name,
    title: `Django's ${mark}`,
    writtenBy: digest === "sha256" ? "Django" : "Django with PBKDF2SHA1PasswordHasher",
    looksLike: `${mark}$600000$<salt>$<base64 of ${size} bytes>`,
    opening: new RegExp(String.raw`^${mark}\$`),
    parse: (text) => {
      const [, rounds, salt, key] = parts.exec(text) ?? [];
      if (salt === undefined || key === undefined) {
        return malformed(`is ${mark} with a part missing or damaged`);
      }
      return readPbkdf2Parts({
        digest,
        rounds: Number(rounds),
        salt: utf8(salt),
        key: decodePaddedBase64(key),
        keyLengths: [size],
      });
    },
    print: ({ digest: made, rounds, salt, key }) => {
      const text = decodeUtf8(salt);
      if (made !== digest || key.length !== size || text === undefined) return undefined;
      return text.includes("$") ? undefined : `${mark}$${rounds}$${text}$${encodeBase64(key)}`;
    },
  });
}
