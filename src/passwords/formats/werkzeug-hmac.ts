import { decodeHex, decodeUtf8, encodeHex, utf8 } from "./bytes.ts";
import type { Computation, Digest } from "./computation.ts";
import { DIGEST_SIZES } from "./digest-sizes.ts";
import { malformed } from "./faults.ts";
import { passwordSteps } from "./password-steps.ts";
import { isFault, type StoredFormat } from "./stored-format.ts";

const WHOLE = /^(md5|sha1|sha224|sha256|sha384|sha512)\$([^$]{1,128})\$([0-9a-f]{32,128})$/;
const OPENING = /^(?:md5|sha1|sha224|sha256|sha384|sha512)\$[^$]/;
const SHARED_OPENING = /^(?:md5|sha1)\$([^$]{1,128})\$/;
const SALT = /^[^$]{1,128}$/;
/** Lengths of salt that Django's releases write; none of Werkzeug's does. */
const DJANGO_SALTS = [5, 12, 22];

/**
 * Old Werkzeug: an HMAC of the password, its key the salt as text. `sha1$` and `md5$` are Django's
 * as well, and open where the salt's length is not one of Django's.
 */
export const werkzeugHmac: StoredFormat<"werkzeug-hmac"> = {
  name: "werkzeug-hmac",
  title: "Werkzeug's HMAC",
  writtenBy: "Flask, Werkzeug before 2.3, where a plain method was asked for",
  looksLike: "sha256$<salt>$<hexadecimal digits>",
  notCarried: "it takes plain digests only",
  isBare: true,
  recognises: (value) => typeof value === "string" && OPENING.test(value) && !isDjangos(value),
  read: (value, beside) => {
    const parts = typeof value === "string" ? WHOLE.exec(value) : null;
    const digest = parts?.[1] as Digest | undefined;
    const bytes = decodeHex(parts?.[3] ?? "");
    if (digest === undefined || bytes?.length !== DIGEST_SIZES[digest]) {
      return malformed("is Werkzeug's HMAC with a part missing or damaged");
    }
    const preparation = passwordSteps(beside);
    if (isFault(preparation)) return preparation;
    const salt = utf8(parts?.[2] ?? "");
    return [
      { computation: { kind: "hmac", preparation, digest, keyed: "salt", salt, value: bytes } },
    ];
  },
  write,
};

function isDjangos(text: string): boolean {
  return DJANGO_SALTS.includes(SHARED_OPENING.exec(text)?.[1]?.length ?? 0);
}

function write(computation: Computation): string | undefined {
  if (computation.kind !== "hmac" || computation.keyed !== "salt") return undefined;
  if (computation.preparation.length > 0 || computation.digest === "md4") return undefined;
  const salt = decodeUtf8(computation.salt);
  if (salt === undefined || !SALT.test(salt)) return undefined;
  const text = `${computation.digest}$${salt}$${encodeHex(computation.value)}`;
  return isDjangos(text) ? undefined : text;
}
