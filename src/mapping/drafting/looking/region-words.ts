let zones: ReadonlySet<string> | undefined;
let languages: ReadonlySet<string> | undefined;
const LETTERS = Array.from("abcdefghijklmnopqrstuvwxyz");

/** Whether a text is the IANA name of a time zone, in whichever case. */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]+(?:[/_+-][A-Za-z0-9]+)*$/.test(text)) return false;
  zones ??= new Set(
    [...Intl.supportedValuesOf("timeZone"), "UTC", "Etc/UTC", "GMT", "CET", "EST5EDT"].map((zone) =>
      zone.toLowerCase(),
    ),
  );
  return zones.has(text.toLowerCase());
}

/** Whether a text is a language's code of two letters. */
export function isLanguageCode(text: string): boolean {
  languages ??= new Set(allCodes());
  return languages.has(text.toLowerCase());
}

function allCodes(): string[] {
  const names = new Intl.DisplayNames("en", { type: "language", fallback: "none" });
  return LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).filter(
    (code) => names.of(code) !== undefined,
  );
}
