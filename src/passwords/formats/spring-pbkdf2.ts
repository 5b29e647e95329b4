import { concat, decodeHex, encodeHex } from "./bytes.ts";
import type { Computation, Pbkdf2Computation } from "./computation.ts";
import { malformed } from "./faults.ts";
import { checkPbkdf2, isPlainPbkdf2 } from "./pbkdf2-parts.ts";
import type { Fault } from "./stored-format.ts";
import { textFormat } from "./text-format.ts";

/** What Spring's two marks stand for, unless the application says otherwise. */
const SETTINGS = [
  { mark: "{pbkdf2}", digest: "sha1", rounds: 185_000, saltBytes: 8 },
  { mark: "{pbkdf2@SpringSecurity_v5_8}", digest: "sha256", rounds: 310_000, saltBytes: 16 },
] as const;
const KEY_BYTES = 32;

/** Spring Security's: hexadecimal of salt and key, the rest in the application's settings. */
export const springPbkdf2 = textFormat({
  name: "spring-pbkdf2",
  title: "Spring Security's PBKDF2",
  writtenBy: "Spring Security's DelegatingPasswordEncoder with its defaults and no secret",
  looksLike: "{pbkdf2@SpringSecurity_v5_8}<hexadecimal>",
  notCarried: "{pbkdf2} is over SHA-1",
  opening: /^\{pbkdf2(?:@SpringSecurity_v5_8)?\}[0-9a-f]{40}/,
  parse,
  print,
});

function parse(text: string): Pbkdf2Computation | Fault {
  const settings = SETTINGS.find(({ mark }) => text.startsWith(mark));
  const bytes = settings && decodeHex(text.slice(settings.mark.length));
  if (settings === undefined || bytes?.length !== settings.saltBytes + KEY_BYTES) {
    return malformed("is Spring's PBKDF2, cut off or damaged");
  }
  const { digest, rounds, saltBytes } = settings;
  return checkPbkdf2({
    digest,
    rounds,
    salt: bytes.slice(0, saltBytes),
    key: bytes.slice(saltBytes),
  });
}

function print(computation: Computation): string | undefined {
  if (!isPlainPbkdf2(computation) || computation.key.length !== KEY_BYTES) return undefined;
  const settings = SETTINGS.find(
    ({ digest, rounds, saltBytes }) =>
      digest === computation.digest &&
      rounds === computation.rounds &&
      saltBytes === computation.salt.length,
  );
  if (settings === undefined) return undefined;
  return settings.mark + encodeHex(concat(computation.salt, computation.key));
}
