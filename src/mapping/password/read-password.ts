import type { SourceRecord, SourceValue } from "../../core/index.ts";
import {
  type Beside,
  isAbsent,
  type Reading,
  readStoredHash,
} from "../../passwords/formats/index.ts";
import type { PasswordRule } from "../config/migration-config.ts";
import { readColumnPath } from "../values/column-path.ts";
import { isList } from "../values/is-list.ts";
import type { HashPlaces } from "./find-places.ts";
import type { HashSecrets } from "./hash-secrets.ts";

/** Reads what a record holds of a password. Never throws. */
export type PasswordReader = (record: SourceRecord) => Reading;

/**
 * A reader for records whose hashes stand at these places.
 *
 * Of several values, as directories have them, the first that Okta can take is read, else the first
 * that is a stored hash at all. The others are not looked at again.
 */
export function createPasswordReader(
  places: HashPlaces,
  rule: PasswordRule | undefined,
  secrets: HashSecrets,
): PasswordReader {
  const { hash, salt, rounds, params, format } = places;
  const fixed = besideAll(places, rule, secrets);
  const { params: all, ...rest } = fixed;
  const standsAlone = salt === undefined && typeof rounds !== "object" && params.length === 0;
  return (record) => {
    const found = readColumnPath(record, hash);
    // Most hashes stand alone, and a million of them need no object each.
    const beside = standsAlone ? fixed : besideOne(record);
    return isList(found)
      ? bestOf(found.map((value) => readStoredHash(value, format, beside)))
      : readStoredHash(found, format, beside);
  };

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

/** The reading of the value that counts, of several values of one record. */
function bestOf(readings: readonly Reading[]): Reading {
  return (
    readings.find((one) => one.kind === "stored" && one.stored.okta.kind === "hash") ??
    readings.find(({ kind }) => kind === "stored") ??
    readings.find(({ kind }) => kind === "ambiguous") ??
    readings.find(({ kind }) => kind === "unusable") ?? { kind: "absent" }
  );
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
