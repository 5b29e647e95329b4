import { writingOnServerErrorOf } from "../sealing/store-errors.ts";
import type { SealKey } from "../sealing/seal-key.ts";
import type { StoreKeys } from "../sealing/store-keys.ts";
import { foldTypedLogin, loginKey, shortNameKey, shortNameOf } from "../sealing/typed-login.ts";
import type { Wiping } from "../sealing/wipe-store.ts";
import type { AskServer, ServerStore } from "./store-server.ts";
import { lockStore, readRow, ROW_COLUMNS, tablesIn, unlockRow } from "./store-tables.ts";

/** A sealing has the store for as long as its source takes to be read. */
const WAIT_MS = 10 * 60_000;

/**
 * Begins to take hashes out of a sealed store on a server. Logins that are given at once are taken out at
 * once, in a transaction of their own; another wiping or a sealing may come between two of them.
 *
 * @throws {ConfigError} SEALED_STORE_UNREADABLE, SEAL_KEY_WRONG, SEALED_STORE_UNWRITABLE
 */
export async function beginWipingOnServer(place: ServerStore, key: SealKey): Promise<Wiping> {
  const { server, schema } = place;
  const { store } = tablesIn(schema);
  const change = async <T>(work: (ask: AskServer, keys: StoreKeys) => Promise<T>): Promise<T> => {
    const transaction = await server.begin();
    const { ask } = transaction;
    try {
      await lockStore(ask, schema, WAIT_MS);
      // Whatever was sealed meanwhile: rows are found by the keys of the store as it is now.
      const { rows } = await ask(`SELECT ${ROW_COLUMNS} FROM ${store}`);
      const done = await work(ask, unlockRow(readRow(rows[0], server.shown), key, server.shown));
      await transaction.commit();
      return done;
    } catch (error) {
      transaction.undo();
      throw writingOnServerErrorOf(error, server.shown);
    }
  };
  await change(async () => undefined);
  return {
    wipe: (logins) => change((ask, keys) => wipe(ask, schema, { logins, keys })),
    commit: () =>
      change(async (ask) => {
        const { rows } = await ask(`SELECT logins FROM ${store}`);
        return Number(rows[0]?.["logins"]);
      }),
    discard: async () => undefined,
  };
}

async function wipe(
  ask: AskServer,
  schema: string,
  { logins, keys }: { readonly logins: readonly string[]; readonly keys: StoreKeys },
): Promise<number> {
  const { store, login, shortName } = tablesIn(schema);
  const folded = logins.map(foldTypedLogin);
  const shorts = folded.map((one) => {
    const name = shortNameOf(one);
    return name === undefined ? null : shortNameKey(keys, name);
  });
  const rows = folded.map((one) => loginKey(keys, one));
  await ask(
    `DELETE FROM ${shortName} AS known USING unnest($1::bytea[], $2::bytea[]) AS gone (key, login)
     WHERE known.key = gone.key AND known.login = gone.login`,
    [shorts, rows],
  );
  const { changed } = await ask(`DELETE FROM ${login} WHERE key = ANY ($1::bytea[])`, [rows]);
  if (changed > 0) await ask(`UPDATE ${store} SET logins = logins - $1`, [changed]);
  return changed;
}
