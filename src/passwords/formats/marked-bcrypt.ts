import { readBcryptText, writeBcryptText } from "./bcrypt-parts.ts";
import { utf8 } from "./bytes.ts";
import type { Computation, PreparationStep } from "./computation.ts";
import { isPreparedAs } from "./prepared-as.ts";
import { isFault, type StoredFormat } from "./stored-format.ts";
import { textFormat } from "./text-format.ts";

const HASHED_BEFORE = "the password is hashed before it is hashed";

/** Bcrypt behind the mark of a system that holds several kinds of hash. */
export const markedBcrypt = afterMark({
  name: "marked-bcrypt",
  title: "bcrypt behind {bcrypt}",
  writtenBy: "Spring Security, PingDirectory and OpenDJ; Dovecot as {BLF-CRYPT}",
  mark: "{bcrypt}",
  opening: /^\{(?:bcrypt(?:@\w{1,40})?|blf-crypt)\}/i,
  steps: [],
  carriedExcept: "work factors above 20, and with a pepper",
});

/** Django's bcrypt without a digest before it. */
export const djangoBcrypt = afterMark({
  name: "django-bcrypt",
  title: "Django's bcrypt",
  writtenBy: "Django with BCryptPasswordHasher",
  mark: "bcrypt$",
  opening: /^bcrypt\$/,
  steps: [],
  carriedExcept: "work factors above 20, and with a pepper",
});

/** Django's bcrypt of the hexadecimal SHA-256 of the password. */
export const djangoBcryptSha256 = afterMark({
  name: "django-bcrypt-sha256",
  title: "Django's bcrypt over SHA-256",
  writtenBy: "Django with BCryptSHA256PasswordHasher",
  mark: "bcrypt_sha256$",
  opening: /^bcrypt_sha256\$/,
  steps: [{ step: "digest", digest: "sha256", encoding: "hex" }],
  notCarried: HASHED_BEFORE,
});

/** WordPress' bcrypt of an HMAC of the password without its outer white space. */
export const wordpressBcrypt = afterMark({
  name: "wordpress-bcrypt",
  title: "WordPress' bcrypt",
  writtenBy: "WordPress 6.8 and newer",
  mark: "$wp",
  opening: /^\$wp(?=\$)/,
  steps: [
    { step: "trim" },
    { step: "hmac", digest: "sha384", key: utf8("wp-sha384"), encoding: "base64" },
  ],
  notCarried: HASHED_BEFORE,
});

interface MarkedBcrypt<Name extends string> extends Pick<
  StoredFormat<Name>,
  "name" | "title" | "writtenBy" | "notCarried" | "carriedExcept"
> {
  /** As it is written. */
  readonly mark: string;
  /** As it is recognised. */
  readonly opening: RegExp;
  /** What the system does to every password. */
  readonly steps: readonly PreparationStep[];
}

/** A mark, then bcrypt's own text. */
function afterMark<Name extends string>(format: MarkedBcrypt<Name>): StoredFormat<Name> {
  const { mark, opening, steps, ...told } = format;
  return textFormat({
    ...told,
    looksLike: `${mark}$2b$12$<22 characters of salt><31 characters of value>`,
    opening,
    parse: (text) => {
      const bcrypt = readBcryptText(text.replace(opening, ""));
      return isFault(bcrypt) ? bcrypt : { ...bcrypt, preparation: steps };
    },
    print: (computation: Computation) =>
      computation.kind === "bcrypt" && isPreparedAs(computation, steps)
        ? `${mark}${writeBcryptText(computation)}`
        : undefined,
  });
}
