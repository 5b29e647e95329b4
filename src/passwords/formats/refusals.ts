import { unsupported } from "./faults.ts";
import type { Fault } from "./stored-format.ts";

/** Texts that are known and are no hash, or one that nothing here can check. */
const REFUSALS: readonly (readonly [opening: RegExp, what: string])[] = [
  [/^\{(?:noop|clear|cleartext|plain|plaintext)\}/i, "is clear text, which is never sent nor kept"],
  [/^\{sasl\}/i, "is none: its mark, {SASL}, says that another system knows the password"],
  [/^(?:!{1,2}|\*|\*LK\*|![A-Za-z0-9]{32,64})$/, "is none: it marks an account without a password"],
  [/^\$sha1\$/, "is NetBSD's SHA-1 crypt, which other systems can't check"],
  [/^\$md5[,$]/, "is Solaris' MD5 crypt, which other systems can't check"],
];

/** Why a value of no format is refused by name; undefined when nothing is known of it. */
export function refusalOf(text: string): Fault | undefined {
  const refusal = REFUSALS.find(([opening]) => opening.test(text));
  return refusal === undefined ? undefined : unsupported(refusal[1]);
}
