import windowsZones from "cldr-core/supplemental/windowsZones.json" with { type: "json" };

import { type CleanStep, UNREAD } from "./clean-rule.ts";

/** Okta's spelling of a zone without an offset, and others of it. */
const ALSO: Readonly<Record<string, string>> = {
  utc: "UTC",
  gmt: "GMT",
  z: "UTC",
  "etc/utc": "Etc/UTC",
};
/** CLDR's word for the zone that stands for a whole Windows zone. */
const WHOLE_WORLD = "001";

let zones: ReadonlyMap<string, string> | undefined;

/** IANA's names by themselves and by those of Windows, in small letters. */
function readZones(): ReadonlyMap<string, string> {
  const found = new Map<string, string>(Object.entries(ALSO));
  for (const { mapZone } of windowsZones.supplemental.windowsZones.mapTimezones) {
    const { _other: windows, _type: names, _territory: territory } = mapZone;
    for (const name of names.split(" ")) {
      found.set(name.toLowerCase(), name);
      if (territory === WHOLE_WORLD) found.set(windows.toLowerCase(), name);
    }
  }
  for (const name of Intl.supportedValuesOf("timeZone")) found.set(name.toLowerCase(), name);
  return found;
}

/** Windows' names and other spellings of time zones become IANA's: `Europe/Berlin`. */
export const timeZoneStep: CleanStep = (value) => {
  if (typeof value !== "string") return UNREAD;
  zones ??= readZones();
  const text = value.trim();
  const name = zones.get(
    text
      .toLowerCase()
      .replace(/\s*\/\s*/g, "/")
      .replace(/ (?=\w+$)/, (blank) => blank),
  );
  if (name !== undefined) return name;
  return isZone(text) ? text : UNREAD;
};

const valid = new Map<string, boolean>();

/** Whether the machine's own data knows a zone, such as an older name of one. */
function isZone(name: string): boolean {
  if (!/^[A-Za-z][\w+/-]{2,60}$/.test(name)) return false;
  let known = valid.get(name);
  if (known === undefined) {
    known = tryZone(name);
    // As many as there are zones, and some mistakes.
    if (valid.size < 2_000) valid.set(name, known);
  }
  return known;
}

function tryZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
