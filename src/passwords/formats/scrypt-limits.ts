import type { ScryptComputation } from "./computation.ts";
import { malformed } from "./faults.ts";
import type { Fault } from "./stored-format.ts";

const MAX_MEMORY_BYTES = 2 ** 30;
const MAX_PARALLELIZATION = 64;
const MAX_SALT = 256;
/** Lengths of key that libraries write; another one is a text that was cut. */
const KEY_LENGTHS = [16, 24, 32, 48, 64];

/** Scrypt's settings. */
type ScryptSettings = Pick<ScryptComputation, "cost" | "blockSize" | "parallelization">;

/** Whether N is a power of two, as RFC 7914 wants it. */
export function isScryptCost(cost: number): boolean {
  return Number.isSafeInteger(cost) && cost >= 2 && Number.isInteger(Math.log2(cost));
}

/** Whether settings are within what one check may cost: at most 1 GiB. */
export function isAffordableScrypt({ cost, blockSize, parallelization }: ScryptSettings): boolean {
  return 128 * cost * blockSize <= MAX_MEMORY_BYTES && parallelization <= MAX_PARALLELIZATION;
}

/** Checks scrypt's settings: within RFC 7914, and within what one check may cost. */
export function checkScrypt(
  parts: Omit<ScryptComputation, "kind" | "preparation">,
): ScryptComputation | Fault {
  const { cost, blockSize, parallelization, salt, key } = parts;
  if (!isScryptCost(cost)) return malformed("is scrypt whose N is no power of two");
  if (blockSize < 1 || parallelization < 1) return malformed("is scrypt without its settings");
  if (!isAffordableScrypt(parts)) return malformed("is scrypt whose settings are beyond reason");
  if (salt.length > MAX_SALT) return malformed("is scrypt with a damaged salt");
  if (!KEY_LENGTHS.includes(key.length)) return malformed("is scrypt with a damaged value");
  return { kind: "scrypt", preparation: [], ...parts };
}
