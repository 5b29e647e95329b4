import { booleanStep } from "./boolean-words.ts";
import { type CleanRule, type CleanStep, UNREAD } from "./clean-rule.ts";

/** What systems and people write where there is nothing, in small letters. */
const MARKERS: readonly string[] = [
  ..."- -- --- – — . .. … ? ?? ??? / \\ * _ # x xx xxx".split(" "),
  ..."n/a n.a. n.a n\\a #n/a #na #null! \\n (null) <null> [null] {null} nil nan".split(" "),
  // MySQL's dates that are none.
  ..."0000-00-00 0000-00-00t00:00:00 0000-00-00t00:00:00z".split(" "),
  "0000-00-00 00:00:00",
  "na",
  "null",
  "none",
  "(none)",
  "empty",
  "(empty)",
  "(blank)",
  "blank",
  "undefined",
  "unknown",
  "not available",
  "not applicable",
  "not set",
  "not specified",
  "unbekannt",
  "keine angabe",
  "k.a.",
  "k. a.",
  "k/a",
  "leer",
  "entfällt",
  "inconnu",
  "non renseigné",
  "aucun",
  "desconocido",
  "no disponible",
  "ninguno",
  "s/d",
  "sconosciuto",
  "nessuno",
  "onbekend",
  "geen",
  "nvt",
  "n.v.t.",
  "okänd",
  "ukendt",
  "nieznany",
  "brak",
];

/** Somebody may be called Null, None or Na: in names only what is no word counts. */
const NAMES: ReadonlySet<string> = new Set([
  "firstName",
  "lastName",
  "middleName",
  "displayName",
  "nickName",
  "login",
]);
const NO_WORD = /^[^\p{L}]+$|[/\\#<>()[\]{}]/u;

/** The code of Namibia. */
const COUNTRIES: ReadonlySet<string> = new Set(["na"]);

/** The usual markers that mean nothing else in an attribute. */
function markersFor(attribute: string, readAs: CleanRule["kind"] | undefined): readonly string[] {
  if (NAMES.has(attribute)) return MARKERS.filter((marker) => NO_WORD.test(marker));
  // An `x` is a mark that says yes.
  if (readAs === "boolean") return MARKERS.filter((marker) => booleanStep(marker) === UNREAD);
  const isCountry = readAs === "country" || attribute === "countryCode";
  return isCountry ? MARKERS.filter((marker) => !COUNTRIES.has(marker)) : MARKERS;
}

/**
 * Takes out values that say that there is none.
 *
 * @param own markers in the place of the usual ones; case does not count
 * @param readAs what the attribute's values are read as, where a rule says it
 */
export function emptyStep(
  attribute: string,
  own: readonly string[] | undefined,
  readAs?: CleanRule["kind"],
): CleanStep {
  const markers = new Set(
    (own ?? markersFor(attribute, readAs)).map((marker) => marker.trim().toLowerCase()),
  );
  const longest = Math.max(0, ...[...markers].map((marker) => marker.length));
  return (value) => {
    if (typeof value !== "string") return value;
    // Longer than any marker, whatever white space is around it.
    if (value.length > longest && value.trim().length > longest) return value;
    return markers.has(value.trim().toLowerCase()) ? undefined : value;
  };
}
