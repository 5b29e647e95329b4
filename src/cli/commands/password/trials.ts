import type { Secret } from "../../../core/index.ts";
import type { Beside, PepperPlace, StoredHash } from "../../../passwords/formats/index.ts";
import type { GivenHash } from "./given-hash.ts";
import { type HashSecrets, type PasswordVerifier, widerReadings } from "./stand-ins.ts";

/** A way to read a hash that is tried with a known password. */
export interface Trial {
  readonly stored: StoredHash;
  /** What it takes of the hash's surroundings, as `migration.yaml` names it. */
  readonly settings: Settings;
}

/** What a reading needs besides the format. */
export type Settings = StoredHash["presumes"] & { readonly pepperPlace?: PepperPlace };

const PEPPER_PLACES: readonly PepperPlace[] = [
  "password-postfix",
  "password-prefix",
  "salt-postfix",
  "salt-prefix",
];

/** The surroundings of a hash: its own, and what the environment's files say for all. */
export function besideOf({ beside }: GivenHash, { params }: HashSecrets): Beside {
  return params === undefined || beside.params !== undefined
    ? beside
    : { ...beside, params: params.reveal() };
}

/** Every reading of a hash that occurs in practice, likely first; with a pepper, each of its places. */
export function trialsOf(given: GivenHash, secrets: HashSecrets): readonly Trial[] {
  const beside = besideOf(given, secrets);
  const plain = widerReadings(given.hash, beside).map(asTrial);
  return secrets.pepper === undefined
    ? plain
    : [...plain, ...pepperedTrials(given, beside, secrets.pepper)];
}

function pepperedTrials(
  given: GivenHash,
  beside: Beside,
  bytes: Secret<Uint8Array>,
): readonly Trial[] {
  return PEPPER_PLACES.flatMap((place) =>
    widerReadings(given.hash, { ...beside, pepper: { bytes, place } }).map((stored) => ({
      stored,
      settings: { ...stored.presumes, pepperPlace: place },
    })),
  );
}

function asTrial(stored: StoredHash): Trial {
  return { stored, settings: stored.presumes };
}

/** What came of trials one after the other. */
export interface TrialEnd {
  /** The first that holds. */
  readonly right: Trial | undefined;
  /** Whether one could not be computed, so that nobody knows. */
  readonly isUnsure: boolean;
}

/**
 * Tries readings with a password until one holds.
 *
 * @param password stays as it is; the verifier gets copies
 */
export async function firstRight(
  trials: readonly Trial[],
  password: Uint8Array,
  verifier: PasswordVerifier,
): Promise<TrialEnd> {
  let isUnsure = false;
  for (const trial of trials) {
    const { computation } = trial.stored;
    const verdict = await verifier.verify({ computation, password: Uint8Array.from(password) });
    if (verdict === "right") return { right: trial, isUnsure: false };
    if (verdict !== "wrong") isUnsure = true;
  }
  return { right: undefined, isUnsure };
}
