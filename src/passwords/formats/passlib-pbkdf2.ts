import { decodeBase64, encodeBase64 } from "./bytes.ts";
import type { Digest } from "./computation.ts";
import { malformed } from "./faults.ts";
import { checkWholePbkdf2, isPlainPbkdf2 } from "./pbkdf2-parts.ts";
import type { StoredFormat } from "./stored-format.ts";
import { textFormat } from "./text-format.ts";

/** Passlib's over SHA-256. */
export const passlibPbkdf2Sha256 = passlibPbkdf2("passlib-pbkdf2-sha256", "sha256");
/** Passlib's over SHA-512. */
export const passlibPbkdf2Sha512 = passlibPbkdf2("passlib-pbkdf2-sha512", "sha512");
/** Passlib's over SHA-1. */
export const passlibPbkdf2Sha1 = passlibPbkdf2("passlib-pbkdf2-sha1", "sha1");

const adapted = { alphabet: "adapted", padded: false } as const;

/** `$pbkdf2-sha256$<rounds>$<salt>$<key>` in passlib's base64, which has `.` for `+`. */
function passlibPbkdf2<Name extends string>(name: Name, digest: Digest): StoredFormat<Name> {
  const mark = digest === "sha1" ? "$pbkdf2$" : `$pbkdf2-${digest}$`;
  const escaped = mark.replaceAll("$", String.raw`\$`);
  const opening = new RegExp(`^${escaped}\\d`);
  const whole = new RegExp(
    `^${escaped}([1-9]\\d{0,8})\\$([./A-Za-z0-9]{0,1366})\\$([./A-Za-z0-9]{1,200})$`,
  );
  return textFormat({
    name,
    title: `passlib's PBKDF2 (${digest})`,
    writtenBy: "Python's passlib",
    looksLike: `${mark}<rounds>$<salt>$<key>`,
    notCarried: digest === "sha1" ? "it is over SHA-1" : "fewer than 4,096 rounds",
    opening,
    parse: (text) => {
      const parts = whole.exec(text);
      if (parts === null) return malformed("is passlib's PBKDF2 with a part missing or damaged");
      const [, rounds = "", salt = "", key = ""] = parts;
      return checkWholePbkdf2({
        digest,
        rounds: Number(rounds),
        salt: decodeBase64(salt, "adapted"),
        key: decodeBase64(key, "adapted"),
      });
    },
    print: (computation) => {
      if (!isPlainPbkdf2(computation) || computation.digest !== digest) return undefined;
      const { rounds, salt, key } = computation;
      return `${mark}${rounds}$${encodeBase64(salt, adapted)}$${encodeBase64(key, adapted)}`;
    },
  });
}
