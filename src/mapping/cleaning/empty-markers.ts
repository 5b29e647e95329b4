import type { CleanStep } from "./clean-rule.ts";

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

/**
 * Takes out values that say that there is none.
 *
 * @param own markers in the place of the usual ones; case does not count
 */
export function emptyStep(attribute: string, own: readonly string[] | undefined): CleanStep {
  const usual = NAMES.has(attribute) ? MARKERS.filter((marker) => NO_WORD.test(marker)) : MARKERS;
  const markers = new Set((own ?? usual).map((marker) => marker.trim().toLowerCase()));
  const longest = Math.max(0, ...[...markers].map((marker) => marker.length));
  return (value) => {
    if (typeof value !== "string") return value;
    // Longer than any marker, whatever white space is around it.
    if (value.length > longest && value.trim().length > longest) return value;
    return markers.has(value.trim().toLowerCase()) ? undefined : value;
  };
}
