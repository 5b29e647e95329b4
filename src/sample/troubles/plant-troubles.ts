import type { InventedUser } from "../people/invent-users.ts";
import { type PseudoRandom, seedPseudoRandom } from "../pseudo-random.ts";
import { respellLogin, spoilUser } from "./spoil-user.ts";
import { type Trouble, TROUBLE_KINDS, type TroubleShares } from "./trouble.ts";

/** A user, and what was planted in it. */
export interface PlantedUser {
  readonly user: InventedUser;
  readonly trouble: Trouble | undefined;
}

/** Keeps troubles apart from the people that the same seed invents. */
const SEED_OF_TROUBLES = 0x5eed_0bad;

/** Sound users whose login may be taken again; the latest ones. */
const REMEMBERED = 512;

/**
 * Plants troubles in about the share of users that is asked for, at most one in each. Users without
 * one are the same as without any share.
 *
 * A duplicate takes the login of an earlier user who is sound, in another spelling; where there is none
 * yet, nothing is planted.
 */
export function* plantTroubles(
  users: Iterable<InventedUser>,
  options: { readonly shares: TroubleShares; readonly seed: number },
): Generator<PlantedUser, void> {
  const random = seedPseudoRandom(options.seed ^ SEED_OF_TROUBLES);
  const draw = drawTrouble(options.shares);
  const sound: string[] = [];
  let soundCount = 0;
  for (const user of users) {
    const trouble = draw(random);
    const planted = trouble === undefined ? undefined : plant(user, trouble, { sound, random });
    if (planted !== undefined) {
      yield { user: planted, trouble };
      continue;
    }
    sound[soundCount % REMEMBERED] = user.email;
    soundCount += 1;
    yield { user, trouble: undefined };
  }
}

const SCALE = 1_000_000;

function drawTrouble(shares: TroubleShares): (random: PseudoRandom) => Trouble | undefined {
  const limits: (readonly [Trouble, number])[] = [];
  let limit = 0;
  for (const kind of TROUBLE_KINDS) {
    limit += (shares[kind] ?? 0) * SCALE;
    limits.push([kind, limit]);
  }
  return (random) => {
    const drawn = random.below(SCALE);
    return limits.find(([, below]) => drawn < below)?.[0];
  };
}

function plant(
  user: InventedUser,
  trouble: Trouble,
  from: { readonly sound: readonly string[]; readonly random: PseudoRandom },
): InventedUser | undefined {
  const { sound, random } = from;
  if (trouble !== "duplicate-case" && trouble !== "duplicate-accent") {
    return spoilUser(user, trouble, random);
  }
  const login = sound[random.below(sound.length)];
  return login === undefined ? undefined : { ...user, email: respellLogin(login, trouble, random) };
}
