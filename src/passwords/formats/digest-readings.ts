import type { Digest, DigestComputation, PreparationStep } from "./computation.ts";
import { malformed } from "./faults.ts";
import { foldPepper, type Salting } from "./fold-pepper.ts";
import { encodingSteps, misplacedPepper } from "./password-steps.ts";
import { readRounds } from "./rounds.ts";
import { readSaltColumn } from "./salt-column.ts";
import {
  type Beside,
  type Fault,
  isFault,
  type Presumption,
  type ReadComputation,
  type SaltOrder,
} from "./stored-format.ts";

const ORDERS = ["prefix", "postfix"] as const satisfies readonly SaltOrder[];
const NO_SALT = new Uint8Array();

/** A digest's value and what made it. */
export interface DigestParts {
  readonly digest: Digest;
  readonly value: Uint8Array;
}

/** Every computation that a bare digest can stand for, with the salt that stands beside it or none. */
export function readDigest(parts: DigestParts, beside: Beside): readonly ReadComputation[] | Fault {
  const rounds = readRounds(beside.rounds);
  if (Number.isNaN(rounds)) return malformed("has a number of rounds that is none");
  const saltings = readSaltings(beside);
  if (isFault(saltings)) return saltings;
  const readings: ReadComputation[] = [];
  for (const { salting, presumes } of saltings) {
    const computation = composeDigest({ ...parts, salting, rounds: rounds ?? 1 }, beside);
    if (isFault(computation)) return computation;
    readings.push({ computation, presumes });
  }
  return readings;
}

/** One digest, its pepper folded into the salt or made a step, its password's encoding a step. */
export function composeDigest(
  parts: DigestParts & { readonly salting: Salting; readonly rounds?: number },
  beside: Beside,
): DigestComputation | Fault {
  const peppered = foldPepper(parts.salting, beside.pepper);
  if (peppered === undefined) return misplacedPepper();
  const preparation: readonly PreparationStep[] = [...encodingSteps(beside), ...peppered.steps];
  return {
    kind: "digest",
    preparation,
    digest: parts.digest,
    salted: peppered.salted,
    salt: peppered.salt,
    rounds: parts.rounds ?? 1,
    again: "digest",
    value: parts.value,
  };
}

/** No salt. */
export const UNSALTED: Salting = { salted: "none", salt: NO_SALT };

/** A way in which a salt can go in. */
export interface SaltingReading {
  readonly salting: Salting;
  readonly presumes: Presumption;
}

/** Every way in which what stands beside a hash can be its salt; unsalted where nothing does. */
export function readSaltings(beside: Beside): readonly SaltingReading[] | Fault {
  const column = readSaltColumn(beside);
  if (isFault(column)) return column;
  const isSaltPepper = beside.pepper?.place.startsWith("salt-") === true;
  const salts = column.length === 0 && isSaltPepper ? [{ bytes: NO_SALT, presumes: {} }] : column;
  if (salts.length === 0) return [{ salting: UNSALTED, presumes: {} }];
  const { saltOrder } = beside;
  return salts.flatMap(({ bytes, presumes }) =>
    saltOrder === undefined
      ? ORDERS.map((order) => ({
          salting: { salted: order, salt: bytes },
          presumes: { saltOrder: order, ...presumes },
        }))
      : [{ salting: { salted: saltOrder, salt: bytes }, presumes }],
  );
}
