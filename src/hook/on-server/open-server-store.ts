import { type Clock, isMigrationError } from "../../core/index.ts";
import type { HashLookup, HashStore } from "../checking/hash-store.ts";
import { guardPlace } from "../remote/guard-place.ts";
import { type Decoy, pickDecoy } from "../sealing/decoys.ts";
import { type KeptHash, unpackHash } from "../sealing/pack-hash.ts";
import type { SealKey } from "../sealing/seal-key.ts";
import { openValue } from "../sealing/seal-value.ts";
import { readingFromServerErrorOf, unreadableStore } from "../sealing/store-errors.ts";
import type { StoreFacts } from "../sealing/store-file.ts";
import { isSame, type StoreKeys } from "../sealing/store-keys.ts";
import { openDecoys } from "../sealing/stored-decoys.ts";
import { loginKey, shortNameKey, shortNameOf, shortNameProof } from "../sealing/typed-login.ts";
import type { ServerStore } from "./store-server.ts";
import { lookAtTables, readRow, ROW_COLUMNS, tablesIn, unlockRow } from "./store-tables.ts";

/** A sealed store on a server, as it is served. */
export interface ServedStore extends HashStore {
  /** Of the store as it was last seen. */
  readonly facts: StoreFacts;
  readonly decoys: readonly Decoy[];
  /** Whether the server answered when it was last looked at. */
  readonly isReachable: boolean;
  /** Looks at the server every second, until the signal fires. */
  watch(signal: AbortSignal): Promise<void>;
  /** Ends its connections. */
  close(): void;
}

/** Who hears of a store that is served. */
export interface StoreListener {
  /** What was sealed anew counts now. */
  onReloaded(): void;
  /** What was sealed anew can't be used. */
  onNotReloaded(error: unknown): void;
  /** Told once for each change. @param because the server's words, where it is not */
  onReachable(isReachable: boolean, because: string): void;
}

/** What a store is served with. */
export interface ServingParts {
  readonly key: SealKey;
  readonly clock: Clock;
  readonly listener: StoreListener;
}

const LOOK_EVERY_MS = 1_000;
/** Whoever sealed twice while one login was looked up is at it for other reasons. */
const MOST_EDITIONS = 3;

/**
 * Opens a sealed store on a server to look logins up. A login is one statement: it sees the store as it
 * was before a sealing or as it is after it.
 *
 * @throws {ConfigError} SEALED_STORE_UNREADABLE, SEAL_KEY_WRONG
 */
export async function openServerStore(
  place: ServerStore,
  parts: ServingParts,
): Promise<ServedStore> {
  const { server } = place;
  try {
    if ((await lookAtTables(server.ask, place)) !== "there") {
      throw unreadableStore(server.shown, `its schema ${place.schema} has no sealed store`);
    }
    return new StoreOnServer(place, parts, await readEdition(place, parts.key));
  } catch (error) {
    throw readingFromServerErrorOf(error, server.shown);
  }
}

/** All that looking up in one edition of a store needs. */
interface Edition {
  readonly id: Uint8Array;
  readonly keys: StoreKeys;
  readonly facts: StoreFacts;
  readonly decoys: readonly Decoy[];
}

/** @throws {ConfigError} SEALED_STORE_UNREADABLE, SEAL_KEY_WRONG; {Error} of the driver */
async function readEdition({ server, schema }: ServerStore, key: SealKey): Promise<Edition> {
  const { store, decoy } = tablesIn(schema);
  const { rows } = await server.ask(
    `SELECT ${ROW_COLUMNS},
       (SELECT array_agg(key ORDER BY key) FROM ${decoy}) AS decoy_keys,
       (SELECT array_agg(value ORDER BY key) FROM ${decoy}) AS decoy_values
     FROM ${store}`,
  );
  const row = readRow(rows[0], server.shown);
  const keys = unlockRow(row, key, server.shown);
  const decoyKeys = (rows[0]?.["decoy_keys"] ?? []) as readonly Uint8Array[];
  const decoyValues = (rows[0]?.["decoy_values"] ?? []) as readonly Uint8Array[];
  const decoys = decoyKeys.map((one, at) => [one, decoyValues[at] ?? new Uint8Array()] as const);
  return { id: row.edition, keys, facts: row.facts, decoys: openDecoys(decoys, keys) };
}

class StoreOnServer implements ServedStore {
  readonly name = "sealed";
  isReachable = true;
  readonly #place: ServerStore;
  readonly #parts: ServingParts;
  readonly #guarded: (ask: () => Promise<HashLookup>, signal: AbortSignal) => Promise<HashLookup>;
  #edition: Edition;
  /** The edition that could not be used, told of once. */
  #refused = "";
  #reloading: Promise<void> | undefined;

  constructor(place: ServerStore, parts: ServingParts, edition: Edition) {
    this.#place = place;
    this.#parts = parts;
    this.#edition = edition;
    this.#guarded = guardPlace(
      parts.clock,
      (found) => found.kind === "untold" && found.because === "unreadable",
    );
  }

  get facts(): StoreFacts {
    return this.#edition.facts;
  }

  get decoys(): readonly Decoy[] {
    return this.#edition.decoys;
  }

  find(folded: string, signal: AbortSignal): Promise<HashLookup> {
    return this.#guarded(async () => {
      try {
        return await this.#find(folded);
      } catch {
        return { kind: "untold", because: "unreadable" };
      }
    }, signal);
  }

  decoyFor(folded: string): KeptHash | undefined {
    return pickDecoy(this.decoys, loginKey(this.#edition.keys, folded));
  }

  async watch(signal: AbortSignal): Promise<void> {
    const { clock, listener } = this.#parts;
    while (!signal.aborted) {
      await clock.sleep(LOOK_EVERY_MS, signal);
      const because = await this.#look();
      if (signal.aborted) return;
      const isReachable = because === undefined;
      if (isReachable !== this.isReachable) listener.onReachable(isReachable, because ?? "");
      this.isReachable = isReachable;
    }
  }

  close(): void {
    this.#place.server.close();
  }

  /** @returns why the store can't be read; undefined where it can */
  async #look(): Promise<string | undefined> {
    const { server, schema } = this.#place;
    try {
      const { rows } = await server.ask(`SELECT edition, logins FROM ${tablesIn(schema).store}`);
      const [row] = rows;
      if (row === undefined || !isSame(this.#edition.id, row["edition"] as Uint8Array)) {
        await this.#reload();
      } else {
        const facts = { ...this.#edition.facts, logins: Number(row["logins"]) };
        this.#edition = { ...this.#edition, facts };
      }
      return undefined;
    } catch (error) {
      return readingFromServerErrorOf(error, server.shown).message;
    }
  }

  async #find(folded: string): Promise<HashLookup> {
    for (let tries = 0; tries < MOST_EDITIONS; tries += 1) {
      const edition = this.#edition;
      const row = await this.#ask(folded, edition);
      if (row !== undefined && isSame(edition.id, row.edition)) {
        return lookUp(row, folded, edition.keys);
      }
      await this.#reload();
    }
    return { kind: "untold", because: "unreadable" };
  }

  /** @returns undefined where there is no store any more */
  async #ask(folded: string, { keys }: Edition): Promise<FoundRow | undefined> {
    const { server, schema } = this.#place;
    const { store, login, shortName } = tablesIn(schema);
    const short = shortNameOf(folded) === undefined ? shortNameKey(keys, folded) : null;
    const asking = () =>
      server.ask(
        `SELECT store.edition, whole.value, short.key AS short, short.login, short.proof,
           named.value AS named
         FROM ${store} AS store
         LEFT JOIN ${login} AS whole ON whole.key = $1
         LEFT JOIN ${shortName} AS short ON short.key = $2
         LEFT JOIN ${login} AS named ON named.key = short.login`,
        [loginKey(keys, folded), short],
      );
    const askedAtMs = this.#parts.clock.now();
    // A connection that broke while it lay idle fails at once: another one may do.
    const { rows } = await asking().catch((error: unknown) => {
      if (this.#parts.clock.now() - askedAtMs > RETRY_WITHIN_MS) throw error;
      return asking();
    });
    return rows[0] as FoundRow | undefined;
  }

  /** Rejects where there is nothing that can be used; the edition before is not used any longer. */
  async #reload(): Promise<void> {
    this.#reloading ??= this.#readAnew().finally(() => {
      this.#reloading = undefined;
    });
    await this.#reloading;
  }

  async #readAnew(): Promise<void> {
    const { key, listener } = this.#parts;
    try {
      const edition = await readEdition(this.#place, key);
      if (isSame(edition.id, this.#edition.id)) return;
      this.#edition = edition;
      this.#refused = "";
      listener.onReloaded();
    } catch (error) {
      // A server that can't be reached is told of by the watch.
      if (isMigrationError(error) && this.#refused !== error.message) {
        this.#refused = error.message;
        listener.onNotReloaded(error);
      }
      throw error;
    }
  }
}

const RETRY_WITHIN_MS = 500;

/** What a login leads to, of the store as it was at one instant. */
interface FoundRow {
  readonly edition: Uint8Array;
  readonly value: Uint8Array | null;
  readonly short: Uint8Array | null;
  readonly login: Uint8Array | null;
  readonly proof: Uint8Array | null;
  readonly named: Uint8Array | null;
}

function lookUp(found: FoundRow, folded: string, keys: StoreKeys): HashLookup {
  const { value, short, login, proof, named } = found;
  if (value !== null) return open(value, loginKey(keys, folded), keys);
  if (short === null) return { kind: "unknown" };
  if (login === null || proof === null) return { kind: "untold", because: "ambiguous" };
  if (!isSame(proof, shortNameProof(keys, short, login))) {
    return { kind: "untold", because: "damaged" };
  }
  return named === null ? { kind: "unknown" } : open(named, login, keys);
}

function open(value: Uint8Array, row: Uint8Array, keys: StoreKeys): HashLookup {
  const packed = openValue(value, { key: keys.rows, row });
  if (packed === undefined) return { kind: "untold", because: "damaged" };
  const hash = unpackHash(packed);
  packed.fill(0);
  return { kind: "found", hash };
}
