import { decodeBase64, encodeBase64 } from "./bytes.ts";
import type { Argon2Computation, Computation } from "./computation.ts";
import { malformed } from "./faults.ts";
import type { Fault, StoredFormat } from "./stored-format.ts";
import { textFormat } from "./text-format.ts";

/** Django's, Spring's and LDAP's marks; they say nothing that the text does not say itself. */
const MARK = String.raw`(?:argon2(?=\$)|\{[Aa][Rr][Gg][Oo][Nn]2(?:@\w{1,40})?\})?`;
const PARTS =
  /\$argon2(?:id|i|d)(?:\$v=(16|19))?\$m=([1-9]\d{0,7}),t=([1-9]\d{0,3}),p=([1-9]\d{0,2})\$([A-Za-z0-9+/]{1,200})\$([A-Za-z0-9+/]{1,200})$/;
/** Texts from before the version was written down. */
const UNWRITTEN_VERSION = 16;
const MAX_MEMORY_KIB = 2 ** 20;
const MAX_PASSES = 1000;
const MAX_LANES = 255;
const MIN_KIB_A_LANE = 8;
const MIN_SALT = 8;
const MIN_TAG = 16;
const MAX_BYTES = 128;

/** Argon2id. */
export const argon2id = argon2("argon2id", "id");
/** Argon2i. */
export const argon2i = argon2("argon2i", "i");
/** Argon2d. */
export const argon2d = argon2("argon2d", "d");

function argon2<Name extends string>(
  name: Name,
  variant: Argon2Computation["variant"],
): StoredFormat<Name> {
  return textFormat({
    name,
    title: `Argon2${variant}`,
    writtenBy: "PHP, Python, Spring, Django, OpenLDAP and most new systems",
    looksLike: `$argon2${variant}$v=19$m=65536,t=3,p=4$<salt>$<hash>`,
    notCarried: "it has no Argon2",
    opening: new RegExp(String.raw`^${MARK}\$argon2${variant}\$`),
    parse: (text) => parseArgon2(text, variant),
    print: (computation) => printArgon2(computation, variant),
  });
}

function parseArgon2(
  text: string,
  variant: Argon2Computation["variant"],
): Argon2Computation | Fault {
  const parts = PARTS.exec(text);
  if (parts === null) return malformed("is Argon2 with a part missing or damaged");
  const salt = decodeBase64(parts[5] ?? "");
  const tag = decodeBase64(parts[6] ?? "");
  if (salt === undefined || salt.length < MIN_SALT || salt.length > MAX_BYTES) {
    return malformed("is Argon2 with a damaged salt");
  }
  // Libraries write whole 32-bit words; another length is a text that was cut.
  if (tag === undefined || tag.length < MIN_TAG || tag.length > MAX_BYTES || tag.length % 4 > 0) {
    return malformed("is Argon2 with a damaged value");
  }
  const version = Number(parts[1] ?? UNWRITTEN_VERSION);
  const [memoryKib, passes, lanes] = [Number(parts[2]), Number(parts[3]), Number(parts[4])];
  if (memoryKib > MAX_MEMORY_KIB || passes > MAX_PASSES || lanes > MAX_LANES) {
    return malformed("is Argon2 whose settings are beyond reason");
  }
  if (memoryKib < MIN_KIB_A_LANE * lanes) return malformed("is Argon2 with too little memory");
  return { kind: "argon2", preparation: [], variant, version, memoryKib, passes, lanes, salt, tag };
}

function printArgon2(
  computation: Computation,
  variant: Argon2Computation["variant"],
): string | undefined {
  if (computation.kind !== "argon2" || computation.variant !== variant) return undefined;
  if (computation.preparation.length > 0) return undefined;
  const { version, memoryKib, passes, lanes } = computation;
  const salt = encodeBase64(computation.salt, { padded: false });
  const tag = encodeBase64(computation.tag, { padded: false });
  return `$argon2${variant}$v=${version}$m=${memoryKib},t=${passes},p=${lanes}$${salt}$${tag}`;
}
