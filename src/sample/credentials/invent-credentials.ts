import { InvariantError, Secret } from "../../core/index.ts";
import { type Computation, FORMATS, type FormatName } from "../../passwords/formats/index.ts";
import { computeHash, hashBcrypt } from "../../passwords/index.ts";
import { seedPseudoRandom } from "../pseudo-random.ts";
import { inventPassword } from "./invent-password.ts";
import { PAIRS, type StoredText } from "./recipe.ts";
import { unsaltedRecipe } from "./column-recipes.ts";
import { recipeOf, type SampleHash } from "./sample-hashes.ts";

/** A password of an invented user and its hash as a table would hold it. */
export interface InventedCredential {
  readonly format: SampleHash;
  readonly password: Secret;
  /** As the format writes it, such as `$2b$04$…`. */
  readonly hash: Secret;
  /** What stands in the column of the salt, for formats that have one. */
  readonly salt?: Secret;
}

/** What {@link inventCredentials} needs to know. */
export interface InventCredentialsOptions {
  /** Users they are for; fewer credentials are made when a format has fewer pairs. */
  readonly count: number;
  readonly seed: number;
  /** Formats that users get in turn. @default bcrypt alone */
  readonly formats?: readonly SampleHash[];
}

const SALT_BYTES = 16;
const BCRYPT_COST = 4;

/** Keeps passwords apart from the people that the same seed invents. */
const SEED_OF_CREDENTIALS = 0x5eed_0001;

/**
 * Invents passwords and hashes them, each with a salt of its own and with the least settings of its
 * format: a few milliseconds each, so that a pool of them is there at once.
 *
 * The formats come in turn. Their pools are of different sizes: the credentials are as many as the
 * greatest has, times the number of formats, and smaller pools repeat. The same options give the same
 * credentials, hashes included, and a format's pool is the same whatever the others are.
 */
export async function inventCredentials(
  options: InventCredentialsOptions,
): Promise<readonly InventedCredential[]> {
  const { count, seed, formats = ["bcrypt"] } = options;
  const share = Math.ceil(count / formats.length);
  const pools: (readonly InventedCredential[])[] = [];
  for (const format of formats) pools.push(await inventPool(format, share, { seed }));
  const longest = Math.max(...pools.map((pool) => pool.length));
  return Array.from({ length: longest }, (_, index) => index)
    .flatMap((index) => pools.flatMap((pool) => pool[index % pool.length] ?? []))
    .slice(0, count);
}

/**
 * The pairs of one format.
 *
 * @param most how many are wanted
 * @param options `unsalted`: without a salt where it would stand in a column of its own
 */
export async function inventPool(
  format: SampleHash,
  most: number,
  { seed, unsalted = false }: { readonly seed: number; readonly unsalted?: boolean },
): Promise<readonly InventedCredential[]> {
  const recipe = unsalted ? unsaltedRecipe(format) : recipeOf(format, seed);
  if (recipe === undefined) throw new InvariantError(`no recipe makes ${format}`);
  const pairs = Math.min(most, recipe.pairs ?? PAIRS);
  if (format === "bcrypt") return inventBcrypt(pairs, seed);
  const random = seedPseudoRandom(seed ^ SEED_OF_CREDENTIALS ^ hashOfName(format));
  const write = recipe.write ?? ((computation) => ({ hash: textOf(format, computation) }));
  const pool: InventedCredential[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const password = new Secret(inventPassword(random));
    const computation = await computeHash(recipe.draw(random), password);
    pool.push(toCredential(format, password, write(computation.reveal())));
  }
  return pool;
}

/** Bcrypt has threads of its own, which make a thousand of them in a quarter of the time. */
async function inventBcrypt(pairs: number, seed: number): Promise<readonly InventedCredential[]> {
  const random = seedPseudoRandom(seed ^ SEED_OF_CREDENTIALS);
  const plain = Array.from({ length: pairs }, () => ({
    password: inventPassword(random),
    salt: random.bytes(SALT_BYTES),
  }));
  return await Promise.all(
    plain.map(async ({ password, salt }) => ({
      format: "bcrypt" as const,
      password: new Secret(password),
      hash: new Secret(await hashBcrypt(password, BCRYPT_COST, salt)),
    })),
  );
}

function toCredential(
  format: SampleHash,
  password: Secret,
  { hash, salt }: StoredText,
): InventedCredential {
  const credential = { format, password, hash: new Secret(hash) };
  return salt === undefined ? credential : { ...credential, salt: new Secret(salt) };
}

function textOf(format: FormatName, computation: Computation): string {
  const writer = FORMATS.find(({ name }) => name === format);
  const text = writer !== undefined && "write" in writer ? writer.write?.(computation) : undefined;
  if (text === undefined) throw new InvariantError(`${format} can't write what was made for it`);
  return text;
}

function hashOfName(name: string): number {
  return Array.from(name).reduce((sum, one) => Math.imul(sum, 31) + one.charCodeAt(0), 7);
}
