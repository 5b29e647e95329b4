import { foldWord } from "../fold-word.ts";

/** ISO 3166-1 alpha-2. */
const CODES: ReadonlySet<string> = new Set(
  (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR " +
    "BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ " +
    "EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW " +
    "GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY " +
    "KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV " +
    "MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY " +
    "QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG " +
    "TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
  ).split(" "),
);
const LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl"];
const FURTHER: Readonly<Record<string, string>> = {
  usa: "US",
  uk: "GB",
  greatbritain: "GB",
  england: "GB",
  scotland: "GB",
  wales: "GB",
  holland: "NL",
  brd: "DE",
  czechrepublic: "CZ",
};

let names: ReadonlyMap<string, string> | undefined;

/** Whether a text is a country's code of two letters, in either case. */
export function isCountryCode(text: string): boolean {
  return text.length === 2 && CODES.has(text.toUpperCase());
}

/** Whether a text is a country's name in one of seven languages. */
export function isCountryName(text: string): boolean {
  return codeOfName(text) !== undefined;
}

/** The code of a country that is given by its code or its name. */
export function countryCodeOf(text: string): string | undefined {
  return isCountryCode(text) ? text.toUpperCase() : codeOfName(text);
}

function codeOfName(text: string): string | undefined {
  names ??= new Map([...Object.entries(FURTHER), ...LANGUAGES.flatMap(namesIn)]);
  return names.get(foldWord(text));
}

function namesIn(language: string): [string, string][] {
  const shown = new Intl.DisplayNames(language, { type: "region", fallback: "none" });
  return [...CODES].flatMap((code): [string, string][] => {
    const name = shown.of(code);
    return name === undefined ? [] : [[foldWord(name), code]];
  });
}
