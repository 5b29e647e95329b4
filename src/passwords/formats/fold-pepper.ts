import { concat } from "./bytes.ts";
import type { DigestComputation, PreparationStep } from "./computation.ts";
import type { Pepper } from "./stored-format.ts";

/** Where a digest's salt stands, and what it is. */
export type Salting = Pick<DigestComputation, "salted" | "salt">;

/** A salting that holds the pepper as well, as far as it can, and what remains for the password. */
export interface PepperedSalting extends Salting {
  readonly steps: readonly PreparationStep[];
}

/**
 * Folds a pepper into the salt of a plain digest, where that gives the same input to the digest.
 *
 * With `‖` for joining, p the password, s the salt, k the pepper:
 *
 * | pepper           | unsalted      | salt before          | salt behind          |
 * |------------------|---------------|----------------------|----------------------|
 * | password-prefix  | k‖p = (k)‖p   | s‖(k‖p) = (s‖k)‖p    | (k‖p)‖s: both sides  |
 * | password-postfix | p‖k = p‖(k)   | s‖(p‖k): both sides  | (p‖k)‖s = p‖(k‖s)    |
 * | salt-prefix      | none          | (k‖s)‖p              | p‖(k‖s)              |
 * | salt-postfix     | none          | (s‖k)‖p              | p‖(s‖k)              |
 *
 * Where pepper and salt stand on both sides of the password, joining them into one salt would
 * change the input: the pepper stays a step of its own. A salt's pepper needs a salt.
 *
 * @returns undefined where the pepper belongs to a salt and there is none
 */
export function foldPepper(
  { salted, salt }: Salting,
  pepper: Pepper | undefined,
): PepperedSalting | undefined {
  if (pepper === undefined) return { salted, salt, steps: [] };
  const bytes = pepper.bytes.reveal();
  switch (pepper.place) {
    case "salt-prefix":
      return salted === "none" ? undefined : { salted, salt: concat(bytes, salt), steps: [] };
    case "salt-postfix":
      return salted === "none" ? undefined : { salted, salt: concat(salt, bytes), steps: [] };
    case "password-prefix":
      if (salted === "postfix") return { salted, salt, steps: [{ step: "prepend", bytes }] };
      return { salted: "prefix", salt: concat(salt, bytes), steps: [] };
    case "password-postfix":
      if (salted === "prefix") return { salted, salt, steps: [{ step: "append", bytes }] };
      return { salted: "postfix", salt: concat(bytes, salt), steps: [] };
  }
}
