import { createHash } from "node:crypto";
import { Secret } from "../../core/index.ts";
import { computeHash } from "../../passwords/index.ts";
import type { KeptHash } from "./pack-hash.ts";

/** Formats beyond these are too few for anyone to tell by them who is known. */
const MOST_DECOYS = 16;
const PASSWORD_BYTES = 24;

/** A hash of a password that nobody knows, as costly to check as those of its format. */
export interface Decoy {
  readonly hash: KeptHash;
  /** How many logins have hashes of that kind. */
  readonly weight: number;
}

/** Counts hashes by label, and keeps one of each to make decoys of. */
export class DecoyTally {
  readonly #kinds = new Map<string, { readonly hash: KeptHash; weight: number }>();

  add(hash: KeptHash, weight = 1): void {
    const kind = this.#kinds.get(hash.label);
    if (kind === undefined) this.#kinds.set(hash.label, { hash, weight });
    else kind.weight += weight;
  }

  /** How many there are of each label, most first. */
  counts(): readonly { readonly label: string; readonly count: number }[] {
    return this.#sorted().map(({ hash, weight }) => ({ label: hash.label, count: weight }));
  }

  /** Decoys of the most frequent kinds, each hashed anew from a password of its own. */
  async make(randomBytes: (count: number) => Uint8Array): Promise<readonly Decoy[]> {
    const made: Decoy[] = [];
    for (const { hash, weight } of this.#sorted().slice(0, MOST_DECOYS)) {
      const password = new Secret(Buffer.from(randomBytes(PASSWORD_BYTES)).toString("base64"));
      try {
        const computation = await computeHash(hash.computation.reveal(), password);
        made.push({ hash: { ...hash, computation }, weight });
      } catch {
        // Its settings ask for more than can be computed: nobody with such a hash is answered either.
      }
    }
    return made;
  }

  #sorted(): readonly Decoy[] {
    return [...this.#kinds.values()].toSorted((left, right) => right.weight - left.weight);
  }
}

/**
 * The decoy for a login that is not known: always the same for one login, and each kind as often as
 * among the known ones, so that the time of an answer tells nobody who is known.
 *
 * @param key the login's row key
 */
export function pickDecoy(decoys: readonly Decoy[], key: Uint8Array): KeptHash | undefined {
  const total = decoys.reduce((sum, { weight }) => sum + weight, 0);
  const digest = createHash("sha256").update("decoy").update(key).digest();
  let place = (digest.readUInt32BE() / 2 ** 32) * total;
  for (const { hash, weight } of decoys) {
    place -= weight;
    if (place < 0) return hash;
  }
  return decoys[0]?.hash;
}
