import { bcrypt } from "./bcrypt.ts";
import { CRYPT_FORMATS } from "./crypt.ts";
import { malformed, unsupported } from "./faults.ts";
import { scryptCrypt } from "./scrypt-crypt.ts";
import type { StoredFormat } from "./stored-format.ts";

const OPENING = /^\{crypt\}/i;
const DES = /^(?:[./0-9A-Za-z]{13}|_[./0-9A-Za-z]{19})$/;
const HELD: readonly StoredFormat[] = [bcrypt, ...CRYPT_FORMATS, scryptCrypt];

/** A directory's mark around what crypt(3) wrote, bcrypt among it. */
export const ldapCrypt: StoredFormat<"ldap-crypt"> = {
  name: "ldap-crypt",
  title: "LDAP {CRYPT}",
  writtenBy: "OpenLDAP and other directories",
  looksLike: "{CRYPT}$6$<salt>$<86 characters>, or any other text of crypt(3)",
  carriedExcept: "what is not bcrypt",
  recognises: (value) => typeof value === "string" && OPENING.test(value),
  read: (value, beside) => {
    const text = typeof value === "string" ? value.replace(OPENING, "") : "";
    if (DES.test(text))
      return unsupported("is {CRYPT} of the old DES kind, which is too weak to use");
    const held = HELD.find((format) => text.startsWith("$") && format.recognises(text, {}));
    if (held === undefined) return malformed("is {CRYPT} of a kind that is not known");
    return held.read(text, withoutColumns(beside));
  },
  write: (computation) => {
    for (const format of HELD) {
      const text = format.write?.(computation);
      if (text !== undefined) return `{CRYPT}${text}`;
    }
    return undefined;
  },
};

/** What it holds has its salt and rounds in itself. */
function withoutColumns<T extends { readonly salt?: unknown; readonly rounds?: unknown }>(
  beside: T,
): Omit<T, "salt" | "rounds"> {
  const { salt: _salt, rounds: _rounds, ...rest } = beside;
  return rest;
}
