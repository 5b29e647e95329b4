import type { Clock, Secret } from "../../core/index.ts";
import type { HashLookup, HashStore } from "../checking/hash-store.ts";
import { type Decoy, pickDecoy } from "../sealing/decoys.ts";
import type { KeptHash } from "../sealing/pack-hash.ts";
import { macOf } from "../sealing/store-keys.ts";
import { shortNameOf } from "../sealing/typed-login.ts";
import { guardPlace } from "./guard-place.ts";

/** A login in the forms in which a query can take it. */
export interface AskedLogin {
  /** As `foldTypedLogin` gives it. */
  readonly login: string;
  /** As it was typed, less space around it. */
  readonly username: string;
  /** The part before the `@`, or the whole where there is none. */
  readonly shortName: string;
}

/** The old database, and how it is asked. */
export interface QuerySettings {
  /** Rejects where the database can't be asked. */
  readonly ask: (asked: AskedLogin, signal: AbortSignal) => Promise<HashLookup>;
  /** What is checked for unknown logins until the first hash was found. */
  readonly firstDecoy: KeptHash;
  /** Chooses decoys. */
  readonly key: Secret<Uint8Array>;
  readonly clock: Clock;
}

const STORE = "database";
/** Formats beyond these are too few for anyone to tell by them who is known. */
const MOST_KINDS = 16;

/**
 * Looks hashes up in the old database, behind a circuit breaker. Decoys are the hashes that it gave: of
 * each kind one, as often as it was seen. What a decoy gives is never looked at, so that it can be
 * somebody's.
 */
export function hashesByQuery({ ask, firstDecoy, key, clock }: QuerySettings): HashStore {
  const seen = new Map<string, { readonly hash: KeptHash; weight: number }>();
  const guarded = guardPlace<HashLookup>(
    clock,
    (found) => found.kind === "untold" && found.because === "unreadable",
  );
  const learn = (hash: KeptHash): void => {
    const kind = seen.get(hash.label);
    if (kind !== undefined) kind.weight += 1;
    else if (seen.size < MOST_KINDS) seen.set(hash.label, { hash, weight: 1 });
  };
  const decoys = (): readonly Decoy[] =>
    seen.size === 0 ? [{ hash: firstDecoy, weight: 1 }] : [...seen.values()];
  return {
    name: STORE,
    find: async (login, signal, username) => {
      // No database has such a login, and some call it an error.
      if (username.includes("\0")) return { kind: "unknown" };
      const shortName = shortNameOf(login) ?? login;
      const asking = (): Promise<HashLookup> =>
        ask({ login, username, shortName }, signal).catch(
          () => ({ kind: "untold", because: "unreadable" }) as const,
        );
      const found = await guarded(asking, signal);
      if (found.kind === "found") learn(found.hash);
      return found;
    },
    decoyFor: (login) => pickDecoy(decoys(), macOf(key.reveal(), "decoy", login)),
  };
}
