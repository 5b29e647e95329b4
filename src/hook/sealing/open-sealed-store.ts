import { accessSync, constants } from "node:fs";
import type Database from "libsql";
import type { HashLookup, HashStore } from "../checking/hash-store.ts";
import { type Decoy, pickDecoy } from "./decoys.ts";
import { type KeptHash, unpackHash } from "./pack-hash.ts";
import type { SealKey } from "./seal-key.ts";
import { openValue } from "./seal-value.ts";
import { readingErrorOf } from "./store-errors.ts";
import { openFile, readFacts, type StoreFacts, unlockStore } from "./store-file.ts";
import { isSame, type StoreKeys } from "./store-keys.ts";
import { decoyRows, openDecoys } from "./stored-decoys.ts";
import { loginKey, shortNameKey, shortNameOf, shortNameProof } from "./typed-login.ts";

/** A sealed store that is open. */
export interface SealedStore extends HashStore {
  readonly facts: StoreFacts;
  readonly decoys: readonly Decoy[];
  /** Gives the file back; nothing can be looked up after it. */
  close(): void;
}

/**
 * Opens a sealed store to look logins up.
 *
 * @throws {ConfigError} SEALED_STORE_UNREADABLE, SEAL_KEY_WRONG
 */
export function openSealedStore(path: string, key: SealKey): SealedStore {
  let database: Database.Database | undefined;
  try {
    // SQLite would say of no file, and of one that may not be read, that it is none of its own.
    accessSync(path, constants.R_OK);
    database = openFile(path, "ro");
    return new SealedFile(path, database, unlockStore(database, path, key));
  } catch (error) {
    database?.close();
    throw readingErrorOf(error, path);
  }
}

class SealedFile implements SealedStore {
  readonly name = "sealed";
  readonly facts: StoreFacts;
  readonly decoys: readonly Decoy[];
  readonly #database: Database.Database;
  readonly #keys: StoreKeys;
  readonly #findLogin: Database.Statement;
  readonly #findShortName: Database.Statement;

  constructor(path: string, database: Database.Database, keys: StoreKeys) {
    this.#database = database;
    this.#keys = keys;
    this.facts = readFacts(database, path);
    this.decoys = openDecoys(decoyRows(database), keys);
    this.#findLogin = database.prepare("SELECT value FROM login WHERE key = ?").raw(true);
    this.#findShortName = database
      .prepare("SELECT login, proof FROM short_name WHERE key = ?")
      .raw(true);
  }

  find(folded: string): HashLookup {
    try {
      const row = loginKey(this.#keys, folded);
      return this.#open(row) ?? this.#findByShortName(folded) ?? { kind: "unknown" };
    } catch {
      return { kind: "untold", because: "unreadable" };
    }
  }

  decoyFor(folded: string): KeptHash | undefined {
    return pickDecoy(this.decoys, loginKey(this.#keys, folded));
  }

  close(): void {
    this.#database.close();
  }

  #open(row: Uint8Array): HashLookup | undefined {
    const found = this.#findLogin.get([row]) as readonly [Uint8Array] | undefined;
    if (found === undefined) return undefined;
    const packed = openValue(found[0], { key: this.#keys.rows, row });
    if (packed === undefined) return { kind: "untold", because: "damaged" };
    const hash = unpackHash(packed);
    packed.fill(0);
    return { kind: "found", hash };
  }

  #findByShortName(folded: string): HashLookup | undefined {
    if (shortNameOf(folded) !== undefined) return undefined;
    const short = shortNameKey(this.#keys, folded);
    const found = this.#findShortName.get([short]) as
      | readonly [login: Uint8Array | null, proof: Uint8Array | null]
      | undefined;
    if (found === undefined) return undefined;
    const [login, proof] = found;
    if (login === null || proof === null) return { kind: "untold", because: "ambiguous" };
    const isOurs = isSame(proof, shortNameProof(this.#keys, short, login));
    return isOurs ? this.#open(login) : { kind: "untold", because: "damaged" };
  }
}
