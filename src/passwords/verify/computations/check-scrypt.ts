import { scryptSync } from "node:crypto";
import type { ScryptComputation } from "../../formats/computation.ts";
import { isWithin, MAX_MEMORY_BYTES, MAX_MEMORY_TRAFFIC_BYTES, need } from "./bounds.ts";
import { equalBytes } from "./equal-bytes.ts";

const MAX_KEY_BYTES = 1024;

/** Scrypt's settings, as RFC 7914 names N, r and p. */
export type ScryptSettings = Pick<ScryptComputation, "cost" | "blockSize" | "parallelization">;

/** @throws {NotComputableError} for more than 1 GiB, too much work, and keys of no or absurd length */
export function checkScrypt(computation: ScryptComputation, password: Uint8Array): boolean {
  return equalBytes(computeScrypt(computation, password), computation.key);
}

/** The key of a password, as long as the one that is there. @throws {NotComputableError} as above */
export function computeScrypt(computation: ScryptComputation, password: Uint8Array): Uint8Array {
  const { salt, key } = computation;
  need(isWithin(key.length, 1, MAX_KEY_BYTES), "scrypt's key length");
  return deriveScrypt(password, salt, { ...computation, keyBytes: key.length });
}

/** @throws {NotComputableError} for more than 1 GiB, and too much work */
export function deriveScrypt(
  password: Uint8Array,
  salt: Uint8Array,
  settings: ScryptSettings & { readonly keyBytes: number },
): Buffer {
  const { cost, blockSize, parallelization, keyBytes } = settings;
  need(isWithin(cost, 2, 2 ** 30) && Number.isInteger(Math.log2(cost)), "scrypt's cost");
  need(isWithin(blockSize, 1, 1024), "scrypt's block size");
  const lane = 128 * blockSize;
  const most = Math.floor(MAX_MEMORY_TRAFFIC_BYTES / lane / cost);
  need(isWithin(parallelization, 1, most), "scrypt's parallelization");
  const memory = lane * (cost + parallelization + 2);
  need(memory <= MAX_MEMORY_BYTES + 2 ** 20, "scrypt's memory");
  const maxmem = memory + 2 ** 20;
  return scryptSync(password, salt, keyBytes, { cost, blockSize, parallelization, maxmem });
}
