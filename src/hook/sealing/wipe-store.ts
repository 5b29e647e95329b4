import { copyFile, rm } from "node:fs/promises";
import type Database from "libsql";
import { makeBeside, putInPlace } from "./begin-sealing.ts";
import { openSealedStore } from "./open-sealed-store.ts";
import type { SealKey } from "./seal-key.ts";
import { writingErrorOf } from "./store-errors.ts";
import { firstValue, openFile, readFacts, unlockStore, writeFacts } from "./store-file.ts";
import { foldTypedLogin, loginKey, shortNameKey, shortNameOf } from "./typed-login.ts";

/**
 * Hashes that are being taken out of a store. Of a file nothing is seen before it is committed; on a
 * server they are gone at once.
 */
export interface Wiping {
  /** Takes the hashes of logins out. @returns how many there were */
  wipe(logins: readonly string[]): Promise<number>;
  /** Puts the store without them in the place of the one before, in one step. @returns logins that are left */
  commit(): Promise<number>;
  /** Leaves the store without what is not committed. */
  discard(): Promise<void>;
}

/**
 * Begins to take hashes out of a sealed store, beside its place: a service that serves it goes on with the
 * old one, and then takes the new one.
 *
 * @throws {ConfigError} SEALED_STORE_UNREADABLE, SEAL_KEY_WRONG, SEALED_STORE_UNWRITABLE
 */
export async function beginWiping(path: string, key: SealKey): Promise<Wiping> {
  openSealedStore(path, key).close();
  const beside = `${path}.part`;
  let database: Database.Database | undefined;
  await makeBeside(beside, path).catch((error: unknown) => {
    throw writingErrorOf(error, path);
  });
  try {
    await copyFile(path, beside);
    database = openFile(beside, "rw");
    const keys = unlockStore(database, path, key);
    const facts = readFacts(database, path);
    // What is taken out is overwritten, and nothing but the renaming makes it count.
    database.exec(
      "PRAGMA secure_delete = ON; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN EXCLUSIVE",
    );
    return wipingOf({ path, beside, database, keys, sealedAtMs: facts.sealedAtMs });
  } catch (error) {
    database?.close();
    await rm(beside, { force: true }).catch(() => undefined);
    throw writingErrorOf(error, path);
  }
}

interface WipingParts {
  readonly path: string;
  readonly beside: string;
  readonly database: Database.Database;
  readonly keys: ReturnType<typeof unlockStore>;
  readonly sealedAtMs: number;
}

function wipingOf({ path, beside, database, keys, sealedAtMs }: WipingParts): Wiping {
  const removeLogin = database.prepare("DELETE FROM login WHERE key = ?");
  const removeShortName = database.prepare("DELETE FROM short_name WHERE key = ? AND login = ?");
  const wipeOne = (login: string): boolean => {
    const folded = foldTypedLogin(login);
    const row = loginKey(keys, folded);
    const shortName = shortNameOf(folded);
    if (shortName !== undefined) removeShortName.run([shortNameKey(keys, shortName), row]);
    return removeLogin.run([row]).changes > 0;
  };
  return {
    wipe: async (logins) => logins.filter(wipeOne).length,
    commit: async () => {
      try {
        const logins = firstValue<number>(database, "SELECT count(*) FROM login") ?? 0;
        writeFacts(database, { logins, sealedAtMs });
        database.exec("COMMIT; VACUUM");
        database.close();
        await putInPlace(beside, path);
        return logins;
      } catch (error) {
        throw writingErrorOf(error, path);
      }
    },
    discard: async () => {
      if (database.open) database.close();
      await rm(beside, { force: true });
    },
  };
}
