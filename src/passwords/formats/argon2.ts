import { hasMemoryForLanes, isAffordableArgon2, isArgon2Salt } from "./argon2-limits.ts";
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
const MIN_TAG = 16;
const MAX_TAG = 128;

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
  if (salt === undefined || !isArgon2Salt(salt)) return malformed("is Argon2 with a damaged salt");
  // Libraries write whole 32-bit words; another length is a text that was cut.
  if (tag === undefined || tag.length < MIN_TAG || tag.length > MAX_TAG || tag.length % 4 > 0) {
    return malformed("is Argon2 with a damaged value");
  }
  const version = Number(parts[1] ?? UNWRITTEN_VERSION);
  const settings = {
    memoryKib: Number(parts[2]),
    passes: Number(parts[3]),
    lanes: Number(parts[4]),
  };
  if (!isAffordableArgon2(settings)) {
    return malformed("is Argon2 whose settings are beyond reason");
  }
  if (!hasMemoryForLanes(settings)) return malformed("is Argon2 with too little memory");
  return { kind: "argon2", preparation: [], variant, version, ...settings, salt, tag };
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
