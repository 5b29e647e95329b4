import type { Secret } from "../../core/index.ts";
import type { InventedCredential } from "../credentials/invent-credentials.ts";
import { type PseudoRandom, seedPseudoRandom } from "../pseudo-random.ts";
import { DEPARTMENTS } from "./departments.ts";
import { inventName } from "./invent-name.ts";
import { FURTHER_REGIONS } from "./further-regions.ts";
import { LATIN_REGIONS } from "./latin-regions.ts";
import type { Region } from "./region.ts";

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
  readonly city: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Such as `de_DE`. */
  readonly locale: string | null;
  /** As the IANA database names it. */
  readonly timezone: string | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly passwordHash: Secret;
  /** Where the format has its salt beside the hash. */
  readonly salt: Secret | null;
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

const REGIONS: readonly [Region, ...Region[]] = [...LATIN_REGIONS, ...FURTHER_REGIONS];

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
  const { first, last } = inventName(region, random);
  const createdAtS = CREATED_FROM_S + random.below(CREATED_UNTIL_S - CREATED_FROM_S);
  return {
    id: 1000 + ordinal,
    // The ordinal makes the address unique: the names hold no digit.
    email: `${first.ascii}.${last.ascii}${ordinal}@${random.pick(DOMAINS)}`,
    firstName: first.written,
    lastName: last.written,
    mobile: random.below(8) === 0 ? null : inventNumber(random.pick(region.mobiles), random),
    department: random.below(12) === 0 ? null : random.pick(DEPARTMENTS),
    city: random.below(20) === 0 ? null : random.pick(region.cities),
    country: region.country,
    locale: random.below(10) === 0 ? null : region.locale,
    timezone: random.below(10) === 0 ? null : random.pick(region.timezones),
    createdAt: `${new Date(createdAtS * 1000).toISOString().slice(0, 19)}Z`,
    passwordHash: credential.hash,
    salt: credential.salt ?? null,
    password: credential.password,
  };
}

function inventNumber(shape: string, random: PseudoRandom): string {
  return shape.replaceAll("#", () => String(random.below(10)));
}
