import type { PepperPlace } from "../../../../passwords/formats/index.ts";
import type { Way } from "../trials.ts";
import type { KnownAccount } from "./known-account.ts";

/** What `migration.yaml` must say under `password` beside the columns, in the order of its reference. */
export type DetectedConfig = ReadonlyMap<string, string | number | DetectedPepper>;

/** Where a pepper stands. */
interface DetectedPepper {
  readonly place: PepperPlace;
}

/** The settings that a way of reading needs, and the rounds that were given with the hash. */
export function configOf({ format, settings }: Way, { beside }: KnownAccount): DetectedConfig {
  // Bcrypt's are called work factor, and stand in a column of their own.
  const given =
    typeof beside.rounds === "number" && format !== "bcrypt" ? beside.rounds : undefined;
  const { saltOrder, saltEncoding, encoding, passwordEncoding, pepperPlace } = settings;
  const pairs = [
    ["format", format],
    ["saltOrder", saltOrder],
    ["saltEncoding", saltEncoding],
    ["encoding", encoding],
    ["rounds", settings.rounds ?? given],
    ["passwordEncoding", passwordEncoding],
    ["pepper", pepperPlace === undefined ? undefined : { place: pepperPlace }],
  ] as const;
  return new Map(pairs.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
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
