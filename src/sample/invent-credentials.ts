import { Secret } from "../core/index.ts";
import { hashBcrypt } from "../passwords/index.ts";
import { type PseudoRandom, seedPseudoRandom } from "./pseudo-random.ts";

/** A password of an invented user and its hash as a table would hold it. */
export interface InventedCredential {
  readonly password: Secret;
  /** Modular crypt format, such as `$2b$04$…`. */
  readonly hash: Secret;
}

/** What {@link inventCredentials} needs to know. */
export interface InventCredentialsOptions {
  /** How many to invent. */
  readonly count: number;
  readonly seed: number;
  /**
   * Bcrypt's cost, from 4. The default takes a millisecond a hash; a real table has 10 or more,
   * which makes no difference to a migration, as hashes are carried and not computed.
   *
   * @default 4
   */
  readonly cost?: number;
}

const SALT_BYTES = 16;

/** Keeps passwords apart from the people that the same seed invents. */
const SEED_OF_CREDENTIALS = 0x5eed_0001;

const WORDS: readonly [string, ...string[]] = [
  "amber",
  "brook",
  "cedar",
  "drift",
  "ember",
  "forêt",
  "grün",
  "harbour",
  "ivory",
  "juniper",
  "kelp",
  "lantern",
  "meadow",
  "niño",
  "orchard",
  "pebble",
  "quartz",
  "river",
  "saffron",
  "tundra",
  "umber",
  "вітер",
  "willow",
  "さくら",
];

/**
 * Invents passwords and hashes them with bcrypt, each with a salt of its own.
 *
 * The same options give the same credentials, hashes included. Some passwords are not ASCII, none
 * is longer than the 72 bytes that bcrypt reads.
 */
export async function inventCredentials(
  options: InventCredentialsOptions,
): Promise<readonly InventedCredential[]> {
  const random = seedPseudoRandom(options.seed ^ SEED_OF_CREDENTIALS);
  const plain = Array.from({ length: options.count }, () => ({
    password: inventPassword(random),
    salt: random.bytes(SALT_BYTES),
  }));
  return await Promise.all(
    plain.map(async ({ password, salt }) => ({
      password: new Secret(password),
      hash: new Secret(await hashBcrypt(password, options.cost ?? 4, salt)),
    })),
  );
}

function inventPassword(random: PseudoRandom): string {
  const digits = 100 + random.below(9900);
  return `${random.pick(WORDS)}-${random.pick(WORDS)}-${digits}`;
}
