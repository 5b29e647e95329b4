import type { SourceRecord, SourceValue } from "../../core/index.ts";
import {
  type Beside,
  isAbsent,
  type Reading,
  readStoredHash,
} from "../../passwords/formats/index.ts";
import type { PasswordRule } from "../config/migration-config.ts";
import { readColumnPath } from "../values/column-path.ts";
import type { HashPlaces } from "./find-places.ts";
import type { HashSecrets } from "./hash-secrets.ts";

/** Reads what a record holds of a password. Never throws. */
export type PasswordReader = (record: SourceRecord) => Reading;

/** A reader for records whose hashes stand at these places. */
export function createPasswordReader(
  places: HashPlaces,
  rule: PasswordRule | undefined,
  secrets: HashSecrets,
): PasswordReader {
  const { hash, salt, rounds, params, format } = places;
  const fixed = besideAll(places, rule, secrets);
  const { params: all, ...rest } = fixed;
  const standsAlone = salt === undefined && typeof rounds !== "object" && params.length === 0;
  return (record) =>
    readStoredHash(
      readColumnPath(record, hash),
      format,
      // Most hashes stand alone, and a million of them need no object each.
      standsAlone ? fixed : besideOne(record),
    );

  function besideOne(record: SourceRecord): Beside {
    const own: { -readonly [Key in keyof Beside]: Beside[Key] } = {};
    if (salt !== undefined) own.salt = readColumnPath(record, salt) ?? null;
    if (typeof rounds === "object") own.rounds = readColumnPath(record, rounds) ?? null;
    const given = readParams(record);
    if (given !== undefined) own.params = given;
    return Object.assign(own, rest);
  }

  function readParams(record: SourceRecord): Beside["params"] {
    const given: [string, SourceValue][] = [];
    for (const { name, path } of params) {
      const value = readColumnPath(record, path);
      if (!isAbsent(value)) given.push([name, value]);
    }
    if (given.length === 0) return all;
    return { ...all, ...Object.fromEntries(given) };
  }
}

/** What stands beside every hash alike. */
function besideAll(
  { rounds }: HashPlaces,
  rule: PasswordRule | undefined,
  { pepper, params }: HashSecrets,
): Beside {
  return {
    ...rule?.settings,
    ...(typeof rounds === "number" ? { rounds } : {}),
    ...(rule?.pepper === undefined || pepper === undefined
      ? {}
      : { pepper: { bytes: pepper, place: rule.pepper.place } }),
    ...(params === undefined ? {} : { params: params.reveal() }),
  };
}
