import type { Secret } from "../core/index.ts";
import type { InventedCredential } from "./invent-credentials.ts";
import { DEPARTMENTS, REGIONS } from "./people.ts";
import { type PseudoRandom, seedPseudoRandom } from "./pseudo-random.ts";

/** A user who does not exist, with the columns of a user table. */
export interface InventedUser {
  /** From 1001, in order. */
  readonly id: number;
  /** Unique, also when case and diacritics are ignored; always in a domain reserved for examples. */
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  /** In a range that no telephone network gives out; `null` for every eighth or so. */
  readonly mobile: string | null;
  readonly department: string | null;
  readonly city: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly passwordHash: Secret;
  readonly password: Secret;
}

/** What {@link inventUsers} needs to know. */
export interface InventUsersOptions {
  /** How many to invent. */
  readonly count: number;
  /** The same seed and credentials give the same users, and fewer of them the first ones. */
  readonly seed: number;
  /** Passwords to hand out in turn; users share one when there are fewer of them than users. */
  readonly credentials: readonly [InventedCredential, ...InventedCredential[]];
}

/** Reserved for examples by RFC 2606: mail to them reaches no one. */
const DOMAINS: readonly [string, ...string[]] = [
  "example.com",
  "example.net",
  "example.org",
  "staff.example.com",
];

/** 2012-01-01 to 2026-01-01, in seconds since 1970. */
const CREATED_FROM_S = 1_325_376_000;
const CREATED_UNTIL_S = 1_767_225_600;

/** Invents users one by one, without end in memory: a million cost no more of it than ten. */
export function* inventUsers(options: InventUsersOptions): Generator<InventedUser, void> {
  const random = seedPseudoRandom(options.seed);
  const [firstCredential] = options.credentials;
  for (let index = 0; index < options.count; index += 1) {
    const credential = options.credentials[index % options.credentials.length] ?? firstCredential;
    yield inventUser(random, index + 1, credential);
  }
}

function inventUser(
  random: PseudoRandom,
  ordinal: number,
  credential: InventedCredential,
): InventedUser {
  const region = random.pick(REGIONS);
  const given = random.pick(region.given);
  const family = random.pick(region.family);
  const createdAtS = CREATED_FROM_S + random.below(CREATED_UNTIL_S - CREATED_FROM_S);
  return {
    id: 1000 + ordinal,
    // The ordinal makes the address unique: the names hold no digit.
    email: `${given.ascii}.${family.ascii}${ordinal}@${random.pick(DOMAINS)}`,
    firstName: given.written,
    lastName: family.written,
    mobile: random.below(8) === 0 ? null : inventMobile(random),
    department: random.below(12) === 0 ? null : random.pick(DEPARTMENTS),
    city: random.pick(region.cities),
    country: region.country,
    createdAt: `${new Date(createdAtS * 1000).toISOString().slice(0, 19)}Z`,
    passwordHash: credential.hash,
    password: credential.password,
  };
}

/**
 * A number from the ranges kept for fiction: 555-0100 to 0199 in North America, 07700 900000 to
 * 900999 in the United Kingdom, 06 39 98 00 00 to 99 99 in France.
 */
function inventMobile(random: PseudoRandom): string {
  const kind = random.below(3);
  if (kind === 0) return `+1 ${201 + random.below(700)} 555 01${padded(random.below(100), 2)}`;
  if (kind === 1) return `+44 7700 900${padded(random.below(1000), 3)}`;
  return `+33 6 39 98 ${padded(random.below(100), 2)} ${padded(random.below(100), 2)}`;
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, "0");
}
