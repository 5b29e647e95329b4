import { concat, decodeHex, encodeHex } from "./bytes.ts";
import type { Computation, DigestComputation } from "./computation.ts";
import { composeDigest } from "./digest-readings.ts";
import { malformed } from "./faults.ts";
import { isFault, type StoredFormat } from "./stored-format.ts";

const OPENING = /^\{sha256\}(?=[0-9a-f]{79})/;
const SALT_BYTES = 8;
const BYTES = SALT_BYTES + 32;
const ROUNDS = 1024;

/**
 * Spring's StandardPasswordEncoder: SHA-256 in 1,024 rounds, eight bytes of salt before the password.
 * Its secret, where it has one, is a pepper before the password. LDAP's `{SHA256}` is base64.
 */
export const springSha256: StoredFormat<"spring-sha256"> = {
  name: "spring-sha256",
  title: "Spring's StandardPasswordEncoder",
  writtenBy: "Spring Security before 5, and its {sha256}",
  looksLike: "{sha256}<80 hexadecimal digits>",
  notCarried: "it has 1024 rounds, and Okta takes one",
  recognises: (value) => typeof value === "string" && OPENING.test(value),
  read: (value, beside) => {
    const bytes = typeof value === "string" ? decodeHex(value.replace(OPENING, "")) : undefined;
    if (bytes?.length !== BYTES) return malformed("is Spring's {sha256} with digits missing");
    const salting = { salted: "prefix", salt: bytes.slice(0, SALT_BYTES) } as const;
    const parts = {
      digest: "sha256",
      value: bytes.slice(SALT_BYTES),
      salting,
      rounds: ROUNDS,
    } as const;
    const computation = composeDigest(parts, beside);
    return isFault(computation) ? computation : [{ computation }];
  },
  write: (computation) => (isOwn(computation) ? print(computation) : undefined),
};

function isOwn(computation: Computation): computation is DigestComputation {
  return (
    computation.kind === "digest" &&
    computation.digest === "sha256" &&
    computation.preparation.length === 0 &&
    computation.rounds === ROUNDS &&
    computation.salted === "prefix" &&
    computation.salt.length === SALT_BYTES
  );
}

function print({ salt, value }: DigestComputation): string {
  return `{sha256}${encodeHex(concat(salt, value))}`;
}
