import type { HashSecrets } from "../../../mapping/index.ts";
import {
  type Beside,
  type HashFormat,
  readStoredHash,
  type StoredHash,
  widerReadings,
} from "../../../passwords/formats/index.ts";
import type { PasswordVerifier } from "../../../passwords/index.ts";
import type { GivenHash } from "./given-hash.ts";

/** A way to read a hash that is tried with a known password. */
export interface Trial {
  readonly stored: StoredHash;
  /** What it takes of the hash's surroundings, as `migration.yaml` names it. */
  readonly settings: Settings;
}

/** What a reading needs besides the format. */
export type Settings = StoredHash["presumes"];

/** A format, or `auto`, with the settings that `migration.yaml` would have beside it. */
export interface Way {
  readonly format: HashFormat;
  readonly settings: Settings;
}

/** The surroundings of a hash: its own, and what the environment's files say for all. */
export function besideOf({ beside }: GivenHash, { params }: HashSecrets): Beside {
  return params === undefined || beside.params !== undefined
    ? beside
    : { ...beside, params: params.reveal() };
}

/** Every reading of a hash that occurs in practice, likely first; then each with the pepper. */
export function trialsOf(given: GivenHash, secrets: HashSecrets): readonly Trial[] {
  const beside = besideOf(given, secrets);
  const plain = widerReadings(given.hash, beside);
  const peppered =
    secrets.pepper === undefined
      ? []
      : widerReadings(given.hash, {
          ...beside,
          pepper: { bytes: secrets.pepper, place: "password-postfix" },
        });
  return [...plain, ...peppered].map((stored) => ({ stored, settings: stored.presumes }));
}

/** The way in which a trial reads. */
export function wayOf({ stored, settings }: Trial): Way {
  return { format: stored.format, settings };
}

/**
 * Reads a hash in one way, as an import does with these lines in `migration.yaml`.
 *
 * @returns undefined where it can't be read so
 */
export function readInWay(
  given: GivenHash,
  { format, settings }: Way,
  secrets: HashSecrets,
): StoredHash | undefined {
  const { salt, rounds, params } = besideOf(given, secrets);
  const { pepperPlace, ...others } = settings;
  const reading = readStoredHash(given.hash, format, {
    ...(salt === undefined ? {} : { salt }),
    ...(rounds === undefined ? {} : { rounds }),
    ...(params === undefined ? {} : { params }),
    ...(pepperPlace === undefined || secrets.pepper === undefined
      ? {}
      : { pepper: { bytes: secrets.pepper, place: pepperPlace } }),
    ...others,
  });
  return reading.kind === "stored" ? reading.stored : undefined;
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
