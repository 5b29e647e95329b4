/** Languages whose names of countries and languages are understood. */
const LANGUAGES =
  "en de fr es it pt nl pl cs sk hu ro bg el hr sl sr da sv nb fi et lv lt tr ru uk ar he fa hi th vi id ms ca ja ko zh zh-Hant".split(
    " ",
  );
const MARKS = /\p{M}+/gu;
const NO_WORDS = /[^\p{L}\p{N}]+/gu;

/** A text without case, accents, signs and repeated blanks, so that spellings compare. */
export function plainWords(text: string): string {
  return text.normalize("NFD").replace(MARKS, "").toLowerCase().replace(NO_WORDS, " ").trim();
}

/**
 * Codes by their names in all those languages, as Unicode's own data has them; a name that means
 * several is left out. It takes some 50 ms: made once, when a name is first met.
 */
export function namesIn(
  type: "region" | "language",
  codes: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const language of LANGUAGES) {
    for (const style of ["long", "short"] as const) {
      const names = new Intl.DisplayNames([language], { type, style, fallback: "none" });
      for (const code of codes) {
        const name = plainWords(names.of(code) ?? "");
        if (name === "") continue;
        if (found.has(name) && found.get(name) !== code) ambiguous.add(name);
        else found.set(name, code);
      }
    }
  }
  for (const name of ambiguous) found.delete(name);
  return found;
}
