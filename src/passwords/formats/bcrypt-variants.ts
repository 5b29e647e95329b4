import { readBcryptText, writeBcryptText } from "./bcrypt-parts.ts";
import { utf8 } from "./bytes.ts";
import type { Computation, PreparationStep } from "./computation.ts";
import { isFault, type StoredFormat } from "./stored-format.ts";
import { textFormat } from "./text-format.ts";

/**
 * A bcrypt text behind a mark of its system's own, which may say that the password is hashed before.
 */
interface MarkedBcrypt<Name extends string> extends Pick<
  StoredFormat<Name>,
  "name" | "title" | "writtenBy" | "looksLike" | "notCarried"
> {
  /** Stands in front of `$2b$…`, and is what tells the format. */
  readonly mark: string;
  readonly preparation: readonly PreparationStep[];
}

/** Spring Security's. */
export const springBcrypt = markedBcrypt({
  name: "spring-bcrypt",
  title: "Spring Security's bcrypt",
  writtenBy: "Spring Security's DelegatingPasswordEncoder",
  looksLike: "{bcrypt}$2a$10$<22 characters of salt><31 characters of value>",
  notCarried: "work factors above 20",
  mark: "{bcrypt}",
  preparation: [],
});

/** Django's plain bcrypt, which sees 72 bytes. */
export const djangoBcrypt = markedBcrypt({
  name: "django-bcrypt",
  title: "Django's bcrypt",
  writtenBy: "Django, BCryptPasswordHasher",
  looksLike: "bcrypt$$2b$12$<22 characters of salt><31 characters of value>",
  notCarried: "work factors above 20",
  mark: "bcrypt$",
  preparation: [],
});

/** Django's bcrypt over the hexadecimal SHA-256 of the password. */
export const djangoBcryptSha256 = markedBcrypt({
  name: "django-bcrypt-sha256",
  title: "Django's bcrypt over SHA-256",
  writtenBy: "Django, BCryptSHA256PasswordHasher",
  looksLike: "bcrypt_sha256$$2b$12$<22 characters of salt><31 characters of value>",
  notCarried: "the password is hashed before it is hashed",
  mark: "bcrypt_sha256$",
  preparation: [{ step: "digest", digest: "sha256", encoding: "hex" }],
});

/** WordPress since 6.8: bcrypt over a base64 HMAC-SHA-384 of the trimmed password. */
export const wordpressBcrypt = markedBcrypt({
  name: "wordpress-bcrypt",
  title: "WordPress's bcrypt",
  writtenBy: "WordPress since 6.8",
  looksLike: "$wp$2y$10$<22 characters of salt><31 characters of value>",
  notCarried: "the password is hashed before it is hashed",
  mark: "$wp",
  preparation: [
    { step: "trim" },
    { step: "hmac", digest: "sha384", key: utf8("wp-sha384"), encoding: "base64" },
  ],
});

function markedBcrypt<Name extends string>(format: MarkedBcrypt<Name>): StoredFormat<Name> {
  const { mark, preparation, ...told } = format;
  const escaped = mark.replace(/[${}]/g, String.raw`\$&`);
  return textFormat({
    ...told,
    opening: new RegExp(String.raw`^${escaped}\$2[a-z]?\$`),
    parse: (text) => {
      const computation = readBcryptText(text.slice(mark.length));
      return isFault(computation) ? computation : { ...computation, preparation };
    },
    print: (computation) =>
      computation.kind === "bcrypt" && sameSteps(computation, preparation)
        ? mark + writeBcryptText(computation)
        : undefined,
  });
}

/** Whether a computation's preparation is that of a format. */
function sameSteps({ preparation }: Computation, wanted: readonly PreparationStep[]): boolean {
  return (
    preparation.length === wanted.length &&
    preparation.every(({ step }, index) => step === wanted[index]?.step)
  );
}
