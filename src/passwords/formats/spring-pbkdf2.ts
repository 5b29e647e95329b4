import { concat, decodeHex, encodeHex } from "./bytes.ts";
import type { Pbkdf2Computation } from "./computation.ts";
import { malformed } from "./faults.ts";
import { readPbkdf2Parts } from "./pbkdf2-parts.ts";
import { pbkdf2Text } from "./pbkdf2-text.ts";
import type { Fault, StoredFormat } from "./stored-format.ts";

const KEY_BYTES = 32;
const HEX = /^[0-9a-f]+$/;

/** What the text leaves out: Spring Security's defaults of a release. */
interface Defaults {
  readonly digest: "sha1" | "sha256";
  readonly rounds: number;
  readonly saltBytes: number;
}

/** Spring's `{pbkdf2}`, with the defaults of 5.5. */
export const springPbkdf2Sha1 = springPbkdf2("spring-pbkdf2-sha1", "{pbkdf2}", {
  digest: "sha1",
  rounds: 185_000,
  saltBytes: 8,
  carried: { notCarried: "it is PBKDF2 over SHA-1; Okta takes SHA-256 and SHA-512" },
});

/** Spring's PBKDF2 with the defaults of 5.8. */
export const springPbkdf2Sha256 = springPbkdf2(
  "spring-pbkdf2-sha256",
  "{pbkdf2@SpringSecurity_v5_8}",
  { digest: "sha256", rounds: 310_000, saltBytes: 16, carried: {} },
);

/**
 * Spring Security's PBKDF2: hexadecimal of salt and key. Its `secret`, where one is set, stands behind
 * the salt: a pepper of `salt-postfix`.
 */
function springPbkdf2<Name extends string>(
  name: Name,
  mark: string,
  settings: Defaults & { readonly carried: Pick<StoredFormat, "notCarried"> },
): StoredFormat<Name> {
  const { saltBytes, digest, rounds } = settings;
  return pbkdf2Text({
    ...settings.carried,
    name,
    title: `Spring's ${mark}`,
    writtenBy: `Spring Security with its defaults of ${digest === "sha1" ? "5.5" : "5.8"}`,
    looksLike: `${mark}<hexadecimal of ${saltBytes} bytes of salt and ${KEY_BYTES} of key>`,
    // A directory writes the same mark before rounds and `$`.
    opening: new RegExp(String.raw`^\{${mark.slice(1, -1)}\}(?!\d+\$)`),
    parse: (text) => parseText(text.slice(mark.length), settings),
    print: (computation) => {
      const { salt, key } = computation;
      const fits = computation.digest === digest && computation.rounds === rounds;
      return fits && salt.length === saltBytes && key.length === KEY_BYTES
        ? mark + encodeHex(concat(salt, key))
        : undefined;
    },
  });
}

function parseText(text: string, settings: Defaults): Pbkdf2Computation | Fault {
  const { digest, rounds, saltBytes } = settings;
  const bytes = HEX.test(text) ? decodeHex(text) : undefined;
  if (bytes?.length !== saltBytes + KEY_BYTES) {
    const digits = (saltBytes + KEY_BYTES) * 2;
    return malformed(`is Spring's PBKDF2 without its ${digits} hexadecimal digits`);
  }
  return readPbkdf2Parts({
    digest,
    rounds,
    salt: bytes.slice(0, saltBytes),
    key: bytes.slice(saltBytes),
    keyLengths: [KEY_BYTES],
  });
}
