import type { Argon2Computation } from "./computation.ts";
import { malformed } from "./faults.ts";
import type { Fault } from "./stored-format.ts";

const MAX_MEMORY_KIB = 2 ** 21;
const MAX_PASSES = 1000;
const MAX_LANES = 255;
const MIN_KIB_A_LANE = 8;
const MIN_SALT = 8;
const MIN_TAG = 16;
const MAX_BYTES = 128;

/** Checks Argon2's settings: within its own bounds, and within what one check may cost. */
export function checkArgon2(
  parts: Omit<Argon2Computation, "kind" | "preparation">,
): Argon2Computation | Fault {
  const { version, memoryKib, passes, lanes, salt, tag } = parts;
  if (salt.length < MIN_SALT || salt.length > MAX_BYTES) {
    return malformed("is Argon2 with a damaged salt");
  }
  // Libraries write whole 32-bit words; another length is a text that was cut.
  if (tag.length < MIN_TAG || tag.length > MAX_BYTES || tag.length % 4 > 0) {
    return malformed("is Argon2 with a damaged value");
  }
  const settings = [memoryKib, passes, lanes];
  if (
    (version !== 16 && version !== 19) ||
    !settings.every((one) => Number.isSafeInteger(one) && one > 0)
  ) {
    return malformed("is Argon2 without its settings");
  }
  if (memoryKib > MAX_MEMORY_KIB || passes > MAX_PASSES || lanes > MAX_LANES) {
    return malformed("is Argon2 whose settings are beyond reason");
  }
  if (memoryKib < MIN_KIB_A_LANE * lanes) return malformed("is Argon2 with too little memory");
  return { kind: "argon2", preparation: [], ...parts };
}
