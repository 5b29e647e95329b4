import { hashRawSync } from "@node-rs/argon2";
import type { Argon2Computation } from "../../formats/computation.ts";
import { isWithin, MAX_MEMORY_BYTES, MAX_MEMORY_TRAFFIC_BYTES, need } from "./bounds.ts";
import { equalBytes } from "./equal-bytes.ts";

const KIB = 1024;
const MAX_LANES = 255;
const MAX_TAG_BYTES = 1024;
const MIN_SALT_BYTES = 8;

/** As the library numbers them. */
const VARIANTS = { d: 0, i: 1, id: 2 } as const;
const VERSIONS: Readonly<Record<number, 0 | 1>> = { 0x10: 0, 0x13: 1 };

/** @throws {NotComputableError} for more than 1 GiB, too many passes, and settings that Argon2 forbids */
export function checkArgon2(computation: Argon2Computation, password: Uint8Array): boolean {
  return equalBytes(computeArgon2(computation, password), computation.tag);
}

/** The tag of a password, as long as the one that is there. @throws {NotComputableError} as above */
export function computeArgon2(computation: Argon2Computation, password: Uint8Array): Uint8Array {
  const { memoryKib, passes, lanes, salt, tag } = computation;
  const version = VERSIONS[computation.version];
  need(version !== undefined, "Argon2's version");
  need(isWithin(lanes, 1, MAX_LANES), "Argon2's parallelism");
  need(isWithin(memoryKib, 8 * lanes, MAX_MEMORY_BYTES / KIB), "Argon2's memory");
  need(isWithin(passes, 1, MAX_MEMORY_TRAFFIC_BYTES / KIB / memoryKib), "Argon2's passes");
  need(isWithin(tag.length, 4, MAX_TAG_BYTES), "the length of Argon2's tag");
  need(salt.length >= MIN_SALT_BYTES, "the length of Argon2's salt");
  return hashRawSync(password, {
    algorithm: VARIANTS[computation.variant],
    version,
    memoryCost: memoryKib,
    timeCost: passes,
    parallelism: lanes,
    outputLen: tag.length,
    salt,
  });
}
