import codeMappings from "cldr-core/supplemental/codeMappings.json" with { type: "json" };

import { type CleanStep, UNREAD } from "./clean-rule.ts";
import { namesIn, plainWords } from "./names-in-languages.ts";

/** Codes that ISO 3166-1 took back. */
const WITHDRAWN = new Set("AN BU CS DD FX NT SU TP YD YU ZR".split(" "));
/** From here on numbers are for private use, such as that of Kosovo. */
const FIRST_PRIVATE_NUMBER = 900;
/** What people write and no list of names has. */
const ALSO: Readonly<Record<string, string>> = {
  uk: "GB",
  "great britain": "GB",
  england: "GB",
  scotland: "GB",
  wales: "GB",
  "northern ireland": "GB",
  usa: "US",
  us: "US",
  "united states of america": "US",
  america: "US",
  "vereinigte staaten von amerika": "US",
  "etats unis d amerique": "US",
  "estados unidos de america": "US",
  eeuu: "US",
  uae: "AE",
  holland: "NL",
  "the netherlands": "NL",
  "czech republic": "CZ",
  "tschechische republik": "CZ",
  turkey: "TR",
  "russian federation": "RU",
  "republic of ireland": "IE",
  eire: "IE",
  "south korea": "KR",
  "republic of korea": "KR",
  "korea republic of": "KR",
  "ivory coast": "CI",
  "cape verde": "CV",
  swaziland: "SZ",
  macedonia: "MK",
  burma: "MM",
  vatican: "VA",
  "people s republic of china": "CN",
  prc: "CN",
  "hong kong": "HK",
  macau: "MO",
  taiwan: "TW",
  brasil: "BR",
  deutschland: "DE",
  brd: "DE",
  // The European Union's own for Greece.
  el: "GR",
};

/** The codes of ISO 3166-1: two letters by two letters, three letters and number. */
function readCodes(): ReadonlyMap<string, string> {
  const codes = new Map<string, string>();
  for (const [code, entry] of Object.entries(codeMappings.supplemental.codeMappings)) {
    if (!/^[A-Z]{2}$/.test(code) || WITHDRAWN.has(code)) continue;
    if (!("_alpha3" in entry) || !("_numeric" in entry)) continue;
    if (Number(entry._numeric) >= FIRST_PRIVATE_NUMBER) continue;
    codes.set(code, code);
    codes.set(entry._alpha3, code);
    codes.set(entry._numeric, code);
  }
  return codes;
}

let known: ReadonlyMap<string, string> | undefined;
let names: ReadonlyMap<string, string> | undefined;

/** Whether a text is a country's code of two letters, in either case. */
export function isCountryCode(text: string): boolean {
  known ??= readCodes();
  return text.length === 2 && known.has(text.toUpperCase());
}

/** The code of two letters for a code or a country's name in any of the usual languages. */
export function findCountry(text: string): string | undefined {
  known ??= readCodes();
  const trimmed = text.trim();
  const code = known.get(trimmed.toUpperCase());
  if (code !== undefined) return code;
  const plain = plainWords(trimmed);
  const also = ALSO[plain];
  if (also !== undefined && Object.hasOwn(ALSO, plain)) return also;
  names ??= namesIn("region", new Set(known.values()));
  return names.get(plain);
}

/** Codes and names of countries become codes of two letters (ISO 3166-1). */
export const countryStep: CleanStep = (value) => {
  // The usual case, without a look-up that makes lists of names.
  if (typeof value === "boolean") return UNREAD;
  return findCountry(String(value)) ?? UNREAD;
};
