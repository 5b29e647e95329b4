import type { Argon2Computation } from "./computation.ts";

const MAX_MEMORY_KIB = 2 ** 20;
const MAX_PASSES = 1000;
const MAX_LANES = 255;
const MIN_KIB_A_LANE = 8;
const MIN_SALT = 8;
const MAX_SALT = 128;

/** Argon2's settings. */
type Argon2Settings = Pick<Argon2Computation, "memoryKib" | "passes" | "lanes">;

/** Whether settings are within what one check may cost: at most 1 GiB and 1,000 passes. */
export function isAffordableArgon2({ memoryKib, passes, lanes }: Argon2Settings): boolean {
  return memoryKib <= MAX_MEMORY_KIB && passes <= MAX_PASSES && lanes <= MAX_LANES;
}

/** Whether each lane has the least memory that Argon2 itself wants. */
export function hasMemoryForLanes({ memoryKib, lanes }: Argon2Settings): boolean {
  return memoryKib >= MIN_KIB_A_LANE * lanes;
}

/** Whether a salt has a length that libraries write. */
export function isArgon2Salt(salt: Uint8Array): boolean {
  return salt.length >= MIN_SALT && salt.length <= MAX_SALT;
}
