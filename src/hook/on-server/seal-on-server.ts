import {
  type LoginHash,
  type SealedCounts,
  type Sealing,
  type SealingOptions,
} from "../sealing/begin-sealing.ts";
import { DecoyTally } from "../sealing/decoys.ts";
import { packHash } from "../sealing/pack-hash.ts";
import { sealValue } from "../sealing/seal-value.ts";
import { undecidedSealing, writingOnServerErrorOf } from "../sealing/store-errors.ts";
import type { StoreFacts } from "../sealing/store-file.ts";
import { deriveStoreKeys, type StoreKeys } from "../sealing/store-keys.ts";
import { openDecoys, sealDecoys } from "../sealing/stored-decoys.ts";
import {
  foldTypedLogin,
  loginKey,
  shortNameKey,
  shortNameOf,
  shortNameProof,
} from "../sealing/typed-login.ts";
import type { ServerStore, ServerTransaction } from "./store-server.ts";
import {
  createTables,
  lockStore,
  lookAtTables,
  readRow,
  ROW_COLUMNS,
  type StoreRow,
  tablesIn,
  unlockRow,
  writeRow,
} from "./store-tables.ts";

const SALT_BYTES = 32;
const EDITION_BYTES = 16;
/** A wiping has the store for moments only; another sealing has it for long. */
const WAIT_MS = 2_000;

/**
 * Begins to seal a store on a server, in one transaction: whoever reads it goes on with the one before,
 * and has the new one as a whole from its commit on. A process that is killed leaves nothing behind.
 *
 * @throws {ConfigError} SEAL_KEY_WRONG where there is a store under another key;
 *   SEALED_STORE_UNREADABLE where there is something else; SEALED_STORE_UNWRITABLE
 */
export async function beginSealingOnServer(
  place: ServerStore,
  options: Omit<SealingOptions, "path">,
): Promise<Sealing> {
  const { server, schema } = place;
  const { key, before = "replace", randomBytes } = options;
  const transaction = await server.begin();
  const { ask } = transaction;
  try {
    await lockStore(ask, schema, WAIT_MS);
    const { store, login, shortName, decoy } = tablesIn(schema);
    const standing = await lookAtTables(ask, place);
    if (standing !== "there") await createTables(ask, schema, standing);
    const former =
      standing === "there" ? (await ask(`SELECT ${ROW_COLUMNS} FROM ${store}`)).rows[0] : undefined;
    const row = former === undefined ? undefined : readRow(former, server.shown);
    const formerKeys = row === undefined ? undefined : unlockRow(row, key, server.shown);
    const isKept = before === "keep" && row !== undefined;
    const salt = isKept ? row.salt : randomBytes(SALT_BYTES);
    if (!isKept) {
      for (const table of [login, shortName, decoy]) await ask(`DELETE FROM ${table}`);
    }
    return new SealingOnServer({
      place,
      options,
      transaction,
      salt,
      keys: (isKept ? formerKeys : undefined) ?? deriveStoreKeys(key, salt),
      before: row?.facts.logins ?? 0,
      edition: randomBytes(EDITION_BYTES),
    });
  } catch (error) {
    transaction.undo();
    throw writingOnServerErrorOf(error, server.shown);
  }
}

interface SealingParts {
  readonly place: ServerStore;
  readonly options: Omit<SealingOptions, "path">;
  readonly transaction: ServerTransaction;
  readonly salt: Uint8Array;
  readonly keys: StoreKeys;
  readonly before: number;
  readonly edition: Uint8Array;
}

/** A login's row, sealed. */
interface SealedLogin extends LoginHash {
  readonly row: Buffer;
  readonly value: Buffer;
  readonly folded: string;
}

class SealingOnServer implements Sealing {
  readonly before: number;
  readonly #parts: SealingParts;
  readonly #tally = new DecoyTally();

  constructor(parts: SealingParts) {
    this.#parts = parts;
    this.before = parts.before;
  }

  async add(hashes: readonly LoginHash[]): Promise<SealedCounts> {
    const { server } = this.#parts.place;
    try {
      const sealed = await this.#addLogins(hashes);
      await this.#addShortNames(sealed);
      for (const { hash } of sealed) this.#tally.add(hash);
      return { sealed: sealed.length, duplicate: hashes.length - sealed.length };
    } catch (error) {
      throw writingOnServerErrorOf(error, server.shown);
    }
  }

  counts(): ReturnType<DecoyTally["counts"]> {
    return this.#tally.counts();
  }

  async commit(): Promise<StoreFacts> {
    const { place, options, transaction, salt, keys, edition } = this.#parts;
    const { server, schema } = place;
    const { ask } = transaction;
    const { login } = tablesIn(schema);
    let row: StoreRow;
    try {
      await this.#writeDecoys();
      const { rows } = await ask(`SELECT count(*) AS logins FROM ${login}`);
      const facts = {
        logins: Number(rows[0]?.["logins"]),
        sealedAtMs: options.clock.wallNow(),
      };
      row = { edition, salt, check: keys.check, facts };
      await writeRow(ask, schema, row);
    } catch (error) {
      throw writingOnServerErrorOf(error, server.shown);
    }
    await transaction.commit().catch((error: unknown) => this.#settle(error));
    return row.facts;
  }

  async discard(): Promise<void> {
    this.#parts.transaction.undo();
  }

  /** Finds out whether a commit went well whose answer was none. */
  async #settle(error: unknown): Promise<void> {
    const { place, edition } = this.#parts;
    const { server, schema } = place;
    const { rows } = await server
      .ask(`SELECT edition FROM ${tablesIn(schema).store} WHERE edition = $1`, [edition])
      .catch(() => {
        throw undecidedSealing(server.shown, error);
      });
    if (rows.length === 0) throw writingOnServerErrorOf(error, server.shown);
  }

  /** @returns those that were sealed */
  async #addLogins(hashes: readonly LoginHash[]): Promise<readonly SealedLogin[]> {
    const { place, options, transaction, keys, edition } = this.#parts;
    const rows = new Map<string, SealedLogin>();
    for (const { login, hash } of hashes) {
      const folded = foldTypedLogin(login);
      const row = loginKey(keys, folded);
      const id = row.toString("base64");
      if (rows.has(id)) continue;
      const packed = packHash(hash);
      const value = sealValue(packed, { key: keys.rows, row }, options.randomBytes);
      packed.fill(0);
      rows.set(id, { login, hash, row, value, folded });
    }
    const all = [...rows.values()];
    const { login } = tablesIn(place.schema);
    const added = await transaction.ask(
      `INSERT INTO ${login} AS known (key, value, batch)
       SELECT key, value, $3 FROM unnest($1::bytea[], $2::bytea[]) AS new (key, value)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value, batch = excluded.batch
       WHERE known.batch <> excluded.batch
       RETURNING key`,
      [all.map(({ row }) => row), all.map(({ value }) => value), edition],
    );
    return added.rows.flatMap(({ key }) => rows.get((key as Buffer).toString("base64")) ?? []);
  }

  /** One that leads to two logins leads to none from then on. */
  async #addShortNames(sealed: readonly SealedLogin[]): Promise<void> {
    const { place, transaction, keys } = this.#parts;
    const names = new Map<string, { readonly short: Buffer; readonly login: Buffer | null }>();
    for (const { folded, row } of sealed) {
      const shortName = shortNameOf(folded);
      if (shortName === undefined) continue;
      const short = shortNameKey(keys, shortName);
      names.set(shortName, { short, login: names.has(shortName) ? null : row });
    }
    const all = [...names.values()];
    await transaction.ask(
      `INSERT INTO ${tablesIn(place.schema).shortName} AS known (key, login, proof)
       SELECT * FROM unnest($1::bytea[], $2::bytea[], $3::bytea[])
       ON CONFLICT (key) DO UPDATE SET login = NULL, proof = NULL
       WHERE known.login IS DISTINCT FROM excluded.login`,
      [
        all.map(({ short }) => short),
        all.map(({ login }) => login),
        all.map(({ short, login }) => login && shortNameProof(keys, short, login)),
      ],
    );
  }

  async #writeDecoys(): Promise<void> {
    const { place, options, transaction, keys } = this.#parts;
    const { ask } = transaction;
    const { decoy } = tablesIn(place.schema);
    const { rows } = await ask(`SELECT key, value FROM ${decoy}`);
    const former = rows.map(({ key, value }) => [key as Buffer, value as Buffer] as const);
    for (const { hash, weight } of openDecoys(former, keys)) this.#tally.add(hash, weight);
    await ask(`DELETE FROM ${decoy}`);
    const made = await this.#tally.make(options.randomBytes);
    for (const row of sealDecoys(made, keys, options.randomBytes)) {
      await ask(`INSERT INTO ${decoy} (key, value) VALUES ($1, $2)`, [...row]);
    }
  }
}
