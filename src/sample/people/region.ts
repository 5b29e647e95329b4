/** A part of a name as it is written, and as it appears in an e-mail address. */
export interface NamePart {
  readonly written: string;
  /** Lower-case ASCII letters. */
  readonly ascii: string;
}

/** Names, places and habits that belong together. */
export interface Region {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Language and country, such as `de_DE`. */
  readonly locale: string;
  /** As the IANA database names them. */
  readonly timezones: Names<string>;
  readonly cities: Names<string>;
  /** Numbers that no network gives out; each `#` stands for a digit. */
  readonly mobiles: Names<string>;
  readonly given: Names<NamePart>;
  readonly family: Names<NamePart>;
  /** Whether people have two given names or a double family name at times. */
  readonly doubles: boolean;
}

/** A list that is not empty. */
export type Names<T> = readonly [T, ...T[]];

/** A region as its list writes it: names are separated by spaces, or by `|` where they hold some. */
export interface RegionNotes {
  readonly locale: string;
  readonly zones: string;
  readonly cities: string;
  readonly mobiles: string;
  /** `written=ascii` or, where lower-casing is enough, `Written`. */
  readonly given: string;
  readonly family: string;
  /** @default true */
  readonly doubles?: boolean;
}

/** Reads a region's notes; its country is that of its locale. */
export function readRegion(notes: RegionNotes): Region {
  return {
    country: notes.locale.slice(-2),
    locale: notes.locale,
    timezones: listed(notes.zones),
    cities: listed(notes.cities),
    mobiles: divided(notes.mobiles, "|"),
    given: readNames(notes.given),
    family: readNames(notes.family),
    doubles: notes.doubles ?? true,
  };
}

function listed(notes: string): Names<string> {
  return divided(notes, notes.includes("|") ? "|" : " ");
}

function divided(notes: string, separator: string): Names<string> {
  const [first = "", ...others] = notes.split(separator);
  return [first, ...others];
}

function readNames(notes: string): Names<NamePart> {
  const [first, ...others] = listed(notes);
  return [readName(first), ...others.map(readName)];
}

function readName(name: string): NamePart {
  const [written = "", ascii = written.toLowerCase()] = name.split("=");
  return { written, ascii };
}
