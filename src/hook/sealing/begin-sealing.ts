import { copyFile, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type Database from "libsql";
import type { Clock } from "../../core/index.ts";
import { type Decoy, DecoyTally } from "./decoys.ts";
import { type KeptHash, packHash } from "./pack-hash.ts";
import type { SealKey } from "./seal-key.ts";
import { sealValue } from "./seal-value.ts";
import { unwritableStore, writingErrorOf } from "./store-errors.ts";
import {
  createStore,
  firstValue,
  openFile,
  type StoreFacts,
  unlockStore,
  writeFacts,
} from "./store-file.ts";
import type { StoreKeys } from "./store-keys.ts";
import { decoyRows, openDecoys, sealDecoys } from "./stored-decoys.ts";
import {
  foldTypedLogin,
  loginKey,
  shortNameKey,
  shortNameOf,
  shortNameProof,
} from "./typed-login.ts";

/** What a store is sealed with, and where. */
export interface SealingOptions {
  readonly path: string;
  readonly key: SealKey;
  /** Whether logins that the store has and that are not added now are kept. @default "replace" */
  readonly before?: "replace" | "keep";
  readonly clock: Clock;
  /** Fit for secrets. */
  readonly randomBytes: (count: number) => Uint8Array;
}

/** A login, and the hash of its password. */
export interface LoginHash {
  readonly login: string;
  readonly hash: KeptHash;
}

/** How many of some hashes were sealed; the others have a login that was sealed before. */
export interface SealedCounts {
  readonly sealed: number;
  readonly duplicate: number;
}

/** A store that is being sealed: nothing of it is seen before it is committed. */
export interface Sealing {
  /** How many logins the store had before; 0 where there was none. */
  readonly before: number;
  /** Seals hashes. The first of a login holds, as an import takes its first record. */
  add(hashes: readonly LoginHash[]): Promise<SealedCounts>;
  /** Puts the store in the place of the one before, in one step. */
  commit(): Promise<StoreFacts>;
  /** Leaves the store as it was before. */
  discard(): Promise<void>;
  /** Hashes that were added, by label, most first. */
  counts(): ReturnType<DecoyTally["counts"]>;
}

const CACHE_KIB = 256 * 1024;

/**
 * Begins to seal a store, beside its final place; a reader sees the old one or the new one, whole.
 *
 * @throws {ConfigError} SEAL_KEY_WRONG where there is a store under another key;
 *   SEALED_STORE_UNREADABLE where there is something else; SEALED_STORE_UNWRITABLE
 */
export async function beginSealing(options: SealingOptions): Promise<Sealing> {
  const { path, key, randomBytes } = options;
  const former = await lookAtFormer(path, key);
  const beside = `${path}.part`;
  const isKept = former !== undefined && options.before === "keep";
  try {
    await makeBeside(beside, path);
    if (isKept) await copyFile(path, beside);
    const database = openFile(beside, "rw");
    // Nothing but the renaming makes it count: what is cut short is thrown away.
    database.exec(`
      PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
      PRAGMA cache_size = -${CACHE_KIB};
    `);
    const keys = isKept
      ? unlockStore(database, path, key)
      : createStore(database, key, randomBytes);
    database.exec("BEGIN EXCLUSIVE");
    return new SealingFile({ options, beside, database, keys, before: former?.logins ?? 0 });
  } catch (error) {
    throw writingErrorOf(error, path);
  }
}

/** The store that is there now; undefined where there is none. */
async function lookAtFormer(path: string, key: SealKey): Promise<StoreFacts | undefined> {
  const { openSealedStore } = await import("./open-sealed-store.ts");
  const isThere = await open(path, "r").then(
    (file) => file.close().then(() => true),
    (error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
      throw writingErrorOf(error, path);
    },
  );
  if (!isThere) return undefined;
  const store = openSealedStore(path, key);
  store.close();
  return store.facts;
}

/** Makes an empty file of ours, in the place of what an earlier process left there. */
export async function makeBeside(beside: string, path: string): Promise<void> {
  if (isBeingWritten(beside)) {
    throw unwritableStore(path, `another process is sealing it (${beside})`);
  }
  await rm(beside, { force: true });
  const file = await open(beside, "wx", 0o600);
  await file.close();
}

function isBeingWritten(beside: string): boolean {
  let database: Database.Database | undefined;
  try {
    database = openFile(beside, "rw");
    database.exec("PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE; ROLLBACK");
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "SQLITE_BUSY";
  } finally {
    database?.close();
  }
}

interface SealingParts {
  readonly options: SealingOptions;
  readonly beside: string;
  readonly database: Database.Database;
  readonly keys: StoreKeys;
  readonly before: number;
}

class SealingFile implements Sealing {
  readonly before: number;
  readonly #parts: SealingParts;
  readonly #batch: number;
  readonly #tally = new DecoyTally();
  readonly #addLogin: Database.Statement;
  readonly #addShortName: Database.Statement;

  constructor(parts: SealingParts) {
    const { database } = parts;
    this.#parts = parts;
    this.before = parts.before;
    this.#batch = (firstValue<number | null>(database, "SELECT max(batch) FROM login") ?? 0) + 1;
    this.#addLogin = database.prepare(`
      INSERT INTO login (key, value, batch) VALUES (?, ?, ?) ON CONFLICT (key)
      DO UPDATE SET value = excluded.value, batch = excluded.batch WHERE batch <> excluded.batch
    `);
    // One that leads to two logins leads to none from then on.
    this.#addShortName = database.prepare(`
      INSERT INTO short_name (key, login, proof) VALUES (?, ?, ?) ON CONFLICT (key)
      DO UPDATE SET login = NULL, proof = NULL WHERE login IS NOT excluded.login
    `);
  }

  async add(hashes: readonly LoginHash[]): Promise<SealedCounts> {
    const sealed = hashes.filter((one) => this.#addOne(one)).length;
    return { sealed, duplicate: hashes.length - sealed };
  }

  /** @returns whether it was sealed: an earlier one of its login is not sealed over */
  #addOne({ login, hash }: LoginHash): boolean {
    const { options, keys } = this.#parts;
    const folded = foldTypedLogin(login);
    const row = loginKey(keys, folded);
    const packed = packHash(hash);
    const value = sealValue(packed, { key: keys.rows, row }, options.randomBytes);
    packed.fill(0);
    try {
      if (this.#addLogin.run([row, value, this.#batch]).changes === 0) return false;
      const shortName = shortNameOf(folded);
      if (shortName !== undefined) {
        const short = shortNameKey(keys, shortName);
        this.#addShortName.run([short, row, shortNameProof(keys, short, row)]);
      }
    } catch (error) {
      throw writingErrorOf(error, options.path);
    }
    this.#tally.add(hash);
    return true;
  }

  counts(): ReturnType<DecoyTally["counts"]> {
    return this.#tally.counts();
  }

  async commit(): Promise<StoreFacts> {
    const { options, beside, database, keys } = this.#parts;
    try {
      for (const { hash, weight } of openDecoys(decoyRows(database), keys))
        this.#tally.add(hash, weight);
      this.#writeDecoys(await this.#tally.make(options.randomBytes));
      const logins = firstValue<number>(database, "SELECT count(*) FROM login") ?? 0;
      const facts = { logins, sealedAtMs: options.clock.wallNow() };
      writeFacts(database, facts);
      database.exec("COMMIT");
      database.close();
      await putInPlace(beside, options.path);
      return facts;
    } catch (error) {
      throw writingErrorOf(error, options.path);
    }
  }

  async discard(): Promise<void> {
    const { beside, database } = this.#parts;
    if (database.open) database.close();
    await rm(beside, { force: true });
  }

  #writeDecoys(decoys: readonly Decoy[]): void {
    const { database, keys, options } = this.#parts;
    database.exec("DELETE FROM decoy");
    const add = database.prepare("INSERT INTO decoy (key, value) VALUES (?, ?)");
    for (const row of sealDecoys(decoys, keys, options.randomBytes)) add.run([...row]);
  }
}

/** Puts a finished file in the place of the one before. */
export async function putInPlace(beside: string, path: string): Promise<void> {
  const file = await open(beside, "r+");
  await file.chmod(0o600);
  await file.sync();
  await file.close();
  await rename(beside, path);
  const folder = await open(dirname(path), "r").catch(() => undefined);
  // Some systems can't sync a folder; the file is whole either way.
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}
