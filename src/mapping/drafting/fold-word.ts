/** A word without case, accents and everything that is neither letter nor digit. */
export function foldWord(word: string): string {
  return word
    .normalize("NFD")
    .replace(/ß/g, "ss")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
}

const UMLAUTS: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue" };

/** The ways in which a word may be written without accents: `straße`, `größe` as `grosse`, `groesse`. */
export function foldedForms(word: string): readonly string[] {
  const plain = foldWord(word);
  const lower = word.normalize("NFC").toLowerCase();
  if (!/[äöü]/.test(lower)) return [plain];
  return [plain, foldWord(lower.replace(/[äöü]/g, (umlaut) => UMLAUTS[umlaut] ?? umlaut))];
}
