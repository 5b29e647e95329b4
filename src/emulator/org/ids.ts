const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ORDINAL_DIGITS = 5;
const TAIL_DIGITS = 12;
/** 29 bits fit into five base-62 digits; the limit is 536 million objects of a kind. */
const MASK = 0x1fffffff;
const SPREAD = 0x9e3779b1;
const UNSPREAD = inverse(SPREAD);

/**
 * Ids in the shape of Okta's: three characters of kind, then 17 letters and digits.
 *
 * The ordinal of an object is hidden in its id, so that no index from id to object is needed. Ids do
 * not rise with the ordinals, as they do not in Okta.
 */
export class IdMaker {
  /** What all ids of one org end in. */
  readonly tail: string;

  /** @param source numbers from 0 up to 1, or the end of the ids of an org that there was before */
  constructor(source: (() => number) | string) {
    this.tail = typeof source === "string" ? source : randomText(TAIL_DIGITS, source);
  }

  /** @param kind three characters, such as `00u` for users */
  idOf(kind: string, ordinal: number): string {
    return kind + digits(Math.imul(ordinal, SPREAD) & MASK) + this.tail;
  }

  /** The ordinal behind an id of this org and kind; -1 for any other text. */
  ordinalOf(kind: string, id: string): number {
    if (id.length !== kind.length + ORDINAL_DIGITS + TAIL_DIGITS) return -1;
    if (!id.startsWith(kind) || !id.endsWith(this.tail)) return -1;
    let spread = 0;
    for (const character of id.slice(kind.length, kind.length + ORDINAL_DIGITS)) {
      const digit = ALPHABET.indexOf(character);
      if (digit < 0) return -1;
      spread = spread * ALPHABET.length + digit;
    }
    return spread > MASK ? -1 : Math.imul(spread, UNSPREAD) & MASK;
  }
}

/** Letters and digits drawn at random. */
export function randomText(length: number, random: () => number): string {
  let text = "";
  for (let index = 0; index < length; index += 1) {
    text += ALPHABET.charAt(Math.floor(random() * ALPHABET.length));
  }
  return text;
}

function digits(value: number): string {
  let text = "";
  let rest = value;
  for (let index = 0; index < ORDINAL_DIGITS; index += 1) {
    text = ALPHABET.charAt(rest % ALPHABET.length) + text;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return text;
}

/** Inverse of an odd number modulo 2^32, by Newton's iteration. */
function inverse(odd: number): number {
  let guess = odd;
  for (let round = 0; round < 5; round += 1) guess = Math.imul(guess, 2 - Math.imul(odd, guess));
  return guess;
}
