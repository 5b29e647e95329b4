import type Database from "libsql";
import type { Decoy } from "./decoys.ts";
import { unpackHash } from "./pack-hash.ts";
import { openValue } from "./seal-value.ts";
import type { StoreKeys } from "./store-keys.ts";

/** The decoys of a store; those that can't be opened are left out. */
export function openDecoys(database: Database.Database, keys: StoreKeys): readonly Decoy[] {
  const rows = database.prepare("SELECT key, value FROM decoy").raw(true).all([]);
  return (rows as (readonly [Uint8Array, Uint8Array])[]).flatMap(([row, value]) => {
    const packed = openValue(value, { key: keys.rows, row });
    if (packed === undefined) return [];
    const space = packed.indexOf(" ");
    const weight = Number(packed.subarray(0, space).toString("utf8"));
    const hash = unpackHash(packed.subarray(space + 1));
    packed.fill(0);
    return [{ hash, weight }];
  });
}
