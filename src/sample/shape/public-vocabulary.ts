/** Words for yes and no. */
const BOOLEANS: ReadonlySet<string> = new Set("true false yes no y n t f on off 0 1".split(" "));

const COUNTRIES = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
const LANGUAGES = new Intl.DisplayNames("en", { type: "language", fallback: "none" });
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

const KINDS: readonly ((word: string) => boolean)[] = [
  (word) => BOOLEANS.has(word.toLowerCase()),
  (word) => /^[A-Za-z]{2}$/.test(word) && COUNTRIES.of(word.toUpperCase()) !== undefined,
  (word) => /^[A-Za-z]{2}$/.test(word) && LANGUAGES.of(word.toLowerCase()) !== undefined,
  (word) => /^[A-Z]{3}$/.test(word) && CURRENCIES.has(word),
];

/**
 * Whether all words are of one public vocabulary, which says nothing of anyone: yes and no, or the
 * codes of ISO for countries (two letters), languages (two letters) and currencies.
 */
export function arePublic(words: readonly string[]): boolean {
  return KINDS.some((isOf) => words.every(isOf));
}
