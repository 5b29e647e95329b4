const UNPRINTABLE =
  /[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/gu;
const MAX_CHARACTERS = 60;

/** Text of the source, fit to stand in a message: without control characters, cut to 60 characters. */
export function printable(text: string): string {
  const clean = text.replace(UNPRINTABLE, "\u{fffd}");
  return clean.length > MAX_CHARACTERS ? `${clean.slice(0, MAX_CHARACTERS)}…` : clean;
}

/** A location as people know it: the path, or `standard input`. */
export function printableLocation(location: string): string {
  return location === "-" ? "standard input" : location.replace(UNPRINTABLE, "\u{fffd}");
}
