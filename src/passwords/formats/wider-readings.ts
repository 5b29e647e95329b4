import type { SourceValue } from "../../core/index.ts";
import { encodeHex } from "./bytes.ts";
import type { Computation } from "./computation.ts";
import { FORMATS, type FormatName } from "./format-table.ts";
import { isAbsent } from "./presence.ts";
import {
  type Beside,
  isFault,
  isStoredObject,
  type Presumption,
  type StoredFormat,
  type StoredValue,
} from "./stored-format.ts";
import type { StoredHash } from "./stored-hash.ts";
import { toStoredHash } from "./to-stored-hash.ts";
import {
  besideUnder,
  combinations,
  DIGEST_ROUNDS,
  PBKDF2_ROUNDS,
  pepperPlaces,
  RARE_DIGEST_ROUNDS,
  saltEncodings,
  saltOrders,
  UTF16,
} from "./wider-settings.ts";

/** More than a value has in practice: each is checked against a password, which must end. */
const MAX_READINGS = 600;

const ALL: readonly StoredFormat[] = FORMATS;
const BARE = ALL.filter(({ isBare }) => isBare === true);
const PBKDF2 = ALL.filter(({ name }) => name.startsWith("bare-pbkdf2"));
const OTHERS_BY_NAME = ALL.filter((one) => one.isNamedOnly === true && !PBKDF2.includes(one));

/** Formats, and the settings to read a value under with each of them. */
interface Tier {
  readonly formats: readonly StoredFormat[];
  readonly settings: readonly Presumption[];
}

/**
 * Every reading of a value that occurs in practice, whatever the config says of order, encoding and
 * format: for a known password to tell which one holds. Without a password it decides nothing.
 *
 * @param beside what stands beside the value; its salt, rounds, parameters and pepper are taken as
 *   they are, all else is tried in every way
 * @returns from the likely to the rare, at most {@link MAX_READINGS}, no computation twice; each
 *   with the settings, besides its format, that would make `migration.yaml` read the value so
 */
export function widerReadings(
  found: SourceValue | undefined,
  beside: Beside,
): readonly StoredHash[] {
  const value = typeof found === "string" ? found.trim() : found;
  if (isAbsent(value) || (typeof value !== "string" && !isStoredObject(value))) return [];
  const readings = new Map<string, StoredHash>();
  for (const { formats, settings } of tiersOf(value, beside)) {
    for (const format of formats) {
      for (const one of settings) {
        for (const reading of readUnder(format, { value, beside, settings: one })) {
          const key = keyOf(reading.computation.reveal());
          if (!readings.has(key)) readings.set(key, reading);
          if (readings.size === MAX_READINGS) return [...readings.values()];
        }
      }
    }
  }
  return [...readings.values()];
}

/** What is marked is of the format that its mark names; what is bare can be much. */
function tiersOf(value: StoredValue, beside: Beside): readonly Tier[] {
  const peppers = pepperPlaces(beside);
  const marked = ALL.find(
    (one) => one.isNamedOnly !== true && one.recognises(value, besideUnder(beside, {})),
  );
  if (marked !== undefined && marked.isBare !== true) {
    const settings = [...peppers, ...combinations(UTF16, peppers)];
    return [{ formats: [marked], settings }];
  }
  const salts = combinations(saltEncodings(beside), saltOrders(beside));
  return [
    { formats: BARE, settings: combinations(peppers, salts) },
    { formats: BARE, settings: combinations(UTF16, peppers, salts) },
    { formats: OTHERS_BY_NAME, settings: combinations(peppers, salts) },
    { formats: BARE, settings: combinations(DIGEST_ROUNDS, salts) },
    { formats: PBKDF2, settings: saltEncodings(beside) },
    { formats: PBKDF2, settings: combinations(PBKDF2_ROUNDS, saltEncodings(beside)) },
    { formats: BARE, settings: combinations(RARE_DIGEST_ROUNDS, salts) },
  ];
}

function readUnder(
  format: StoredFormat,
  given: {
    readonly value: StoredValue;
    readonly beside: Beside;
    readonly settings: Presumption;
  },
): readonly StoredHash[] {
  const beside = besideUnder(given.beside, given.settings);
  if (!format.recognises(given.value, beside)) return [];
  const read = format.read(given.value, beside);
  if (isFault(read)) return [];
  return read.map(({ computation, presumes }) =>
    toStoredHash(format.name as FormatName, {
      computation,
      presumes: { ...given.settings, ...presumes },
    }),
  );
}

/** Equal for equal computations. Holds material, and leaves this file nowhere. */
function keyOf(computation: Computation): string {
  return JSON.stringify(computation, (_name, part: unknown) =>
    part instanceof Uint8Array ? encodeHex(part) : part,
  );
}
