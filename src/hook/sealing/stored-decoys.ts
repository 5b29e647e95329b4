import type Database from "libsql";
import type { Decoy } from "./decoys.ts";
import { packHash, unpackHash } from "./pack-hash.ts";
import { openValue, sealValue } from "./seal-value.ts";
import type { StoreKeys } from "./store-keys.ts";

const KEY_BYTES = 32;

/** A decoy as it is stored: a random key, and what is sealed for it. */
export type DecoyRow = readonly [key: Uint8Array, value: Uint8Array];

/** The decoys of a file, as they are stored. */
export function decoyRows(database: Database.Database): readonly DecoyRow[] {
  return database.prepare("SELECT key, value FROM decoy").raw(true).all([]) as DecoyRow[];
}

/** Opens decoys; those that can't be opened are left out. */
export function openDecoys(rows: readonly DecoyRow[], keys: StoreKeys): readonly Decoy[] {
  return rows.flatMap(([row, value]) => {
    const packed = openValue(value, { key: keys.rows, row });
    if (packed === undefined) return [];
    const space = packed.indexOf(" ");
    const weight = Number(packed.subarray(0, space).toString("utf8"));
    const hash = unpackHash(packed.subarray(space + 1));
    packed.fill(0);
    return [{ hash, weight }];
  });
}

/** Seals decoys, each with the number of logins that have its kind. */
export function sealDecoys(
  decoys: readonly Decoy[],
  keys: StoreKeys,
  randomBytes: (count: number) => Uint8Array,
): readonly DecoyRow[] {
  return decoys.map(({ hash, weight }) => {
    const row = Buffer.from(randomBytes(KEY_BYTES));
    const packed = Buffer.concat([Buffer.from(`${weight} `), packHash(hash)]);
    const value = sealValue(packed, { key: keys.rows, row }, randomBytes);
    packed.fill(0);
    return [row, value];
  });
}
