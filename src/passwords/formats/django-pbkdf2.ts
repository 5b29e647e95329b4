import { decodePaddedBase64, decodeUtf8, encodeBase64, utf8 } from "./bytes.ts";
import type { Digest } from "./computation.ts";
import { malformed } from "./faults.ts";
import { checkWholePbkdf2, isPlainPbkdf2 } from "./pbkdf2-parts.ts";
import type { StoredFormat } from "./stored-format.ts";
import { textFormat } from "./text-format.ts";

/** Django's usual one. */
export const djangoPbkdf2Sha256 = djangoPbkdf2("django-pbkdf2-sha256", "sha256");
/** Django's for other systems' sake. */
export const djangoPbkdf2Sha1 = djangoPbkdf2("django-pbkdf2-sha1", "sha1");

/** `pbkdf2_sha256$<rounds>$<salt as text>$<base64>`. */
function djangoPbkdf2<Name extends string>(name: Name, digest: Digest): StoredFormat<Name> {
  const mark = `pbkdf2_${digest}$`;
  const whole = new RegExp(
    String.raw`^pbkdf2_${digest}\$([1-9]\d{0,8})\$([^$]{1,128})\$([A-Za-z0-9+/]{1,200}={0,2})$`,
  );
  return textFormat({
    name,
    title: `Django's PBKDF2 (${digest})`,
    writtenBy: "Django",
    looksLike: `${mark}<rounds>$<salt>$<base64>`,
    notCarried: digest === "sha1" ? "it is over SHA-1" : "fewer than 4,096 rounds",
    opening: new RegExp(String.raw`^pbkdf2_${digest}\$`),
    parse: (text) => {
      const parts = whole.exec(text);
      if (parts === null) return malformed("is Django's PBKDF2 with a part missing or damaged");
      const [, rounds = "", salt = "", key = ""] = parts;
      return checkWholePbkdf2({
        digest,
        rounds: Number(rounds),
        salt: utf8(salt),
        key: decodePaddedBase64(key),
      });
    },
    print: (computation) => {
      if (!isPlainPbkdf2(computation) || computation.digest !== digest) return undefined;
      const salt = decodeUtf8(computation.salt);
      if (salt === undefined || salt === "" || salt.includes("$")) return undefined;
      return `${mark}${computation.rounds}$${salt}$${encodeBase64(computation.key)}`;
    },
  });
}
