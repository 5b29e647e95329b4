import { decodeHex, decodeUtf8, encodeHex, utf8 } from "./bytes.ts";
import type { Computation } from "./computation.ts";
import { digestTitle } from "./describe-to-okta.ts";
import { composeDigest, UNSALTED } from "./digest-readings.ts";
import { DIGEST_SIZES } from "./digest-sizes.ts";
import { malformed } from "./faults.ts";
import { isFault, type StoredFormat } from "./stored-format.ts";

const SALT = /^[^$]{1,128}$/;

/** Django's `sha1$`. */
export const djangoSha1 = djangoDigest("django-sha1", "sha1");
/** Django's `md5$`. */
export const djangoMd5 = djangoDigest("django-md5", "md5");

/**
 * Django's old hashers: `sha1$<salt>$<hexadecimal>`, the salt as text before the password, or
 * without salt `sha1$$<hexadecimal>`. Old Werkzeug writes an HMAC in the same shape.
 *
 * @see docs/okta/password-hashes.md#shapes
 */
function djangoDigest<Name extends string>(name: Name, digest: "sha1" | "md5"): StoredFormat<Name> {
  const title = `Django's ${digestTitle(digest)}`;
  const opening = new RegExp(String.raw`^${digest}\$`);
  const digits = DIGEST_SIZES[digest] * 2;
  const whole = new RegExp(String.raw`^${digest}\$([^$]{0,128})\$([0-9a-f]{${digits}})$`);
  return {
    name,
    title,
    writtenBy: "Django before 1.4, or with its hashers for old databases",
    looksLike: `${digest}$<salt>$<${digits} hexadecimal digits>`,
    isBare: true,
    recognises: (value) => typeof value === "string" && opening.test(value),
    read: (value, beside) => {
      const parts = typeof value === "string" ? whole.exec(value) : null;
      const bytes = decodeHex(parts?.[2] ?? "");
      if (parts === null || bytes === undefined) {
        return malformed(`is ${title} with a part missing or damaged`);
      }
      const salt = utf8(parts[1] ?? "");
      const salting = salt.length === 0 ? UNSALTED : ({ salted: "prefix", salt } as const);
      const computation = composeDigest({ digest, value: bytes, salting }, beside);
      return isFault(computation) ? computation : [{ computation }];
    },
    write: (computation) => writeDjango(computation, digest),
  };
}

function writeDjango(computation: Computation, digest: "sha1" | "md5"): string | undefined {
  if (computation.kind !== "digest" || computation.digest !== digest) return undefined;
  const { preparation, rounds, salted, salt, value } = computation;
  if (preparation.length > 0 || rounds !== 1 || salted === "postfix") return undefined;
  if (salted === "none") return `${digest}$$${encodeHex(value)}`;
  const text = decodeUtf8(salt);
  return text === undefined || !SALT.test(text)
    ? undefined
    : `${digest}$${text}$${encodeHex(value)}`;
}
