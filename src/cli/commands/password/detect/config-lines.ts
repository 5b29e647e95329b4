import type { PepperPlace } from "../../../../passwords/formats/index.ts";
import type { Trial } from "../trials.ts";
import type { KnownAccount } from "./known-account.ts";

/** What `migration.yaml` must say under `password` beside the columns, in the order of its reference. */
export type DetectedConfig = ReadonlyMap<string, string | number | DetectedPepper>;

/** Where a pepper stands. */
interface DetectedPepper {
  readonly place: PepperPlace;
}

/** The settings that a way of reading needs: those that were given with the hash, and what was found. */
export function configOf({ stored, settings }: Trial, { beside }: KnownAccount): DetectedConfig {
  const { format } = stored;
  const all = { ...givenSettings(beside, format), ...settings };
  const { saltOrder, saltEncoding, encoding, rounds, passwordEncoding, pepperPlace } = all;
  const pairs = [
    ["format", format],
    ["saltOrder", saltOrder],
    ["saltEncoding", saltEncoding],
    ["encoding", encoding],
    ["rounds", rounds],
    ["passwordEncoding", passwordEncoding],
    ["pepper", pepperPlace === undefined ? undefined : { place: pepperPlace }],
  ] as const;
  return new Map(pairs.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

function givenSettings(
  { saltOrder, saltEncoding, encoding, rounds, passwordEncoding }: KnownAccount["beside"],
  format: string,
): Trial["settings"] {
  return {
    ...(saltOrder === undefined ? {} : { saltOrder }),
    ...(saltEncoding === undefined ? {} : { saltEncoding }),
    ...(encoding === undefined ? {} : { encoding }),
    // Bcrypt's are called work factor, and stand in a column of their own.
    ...(typeof rounds === "number" && format !== "bcrypt" ? { rounds } : {}),
    ...(passwordEncoding === "utf16le" ? { passwordEncoding } : {}),
  };
}

/** The lines of `migration.yaml`, with names to be filled in for the columns. */
export function configLines(config: DetectedConfig, { beside }: KnownAccount): readonly string[] {
  const hasSalt = beside.salt !== undefined && beside.salt !== null;
  return [
    "password:",
    "  hash: your_hash_column",
    ...(hasSalt ? ["  salt: your_salt_column"] : []),
    ...[...config].map(([key, value]) => `  ${key}: ${shown(value)}`),
  ];
}

function shown(value: string | number | DetectedPepper): string {
  return typeof value === "object" ? `{place: ${value.place}}` : String(value);
}
