import { createHash, createHmac, pbkdf2Sync } from "node:crypto";
import { shuffle, unshuffle } from "./block-order.ts";
import { mixMemory } from "./mix-memory.ts";
import type { YescryptSettings } from "./settings.ts";

const KEY_BYTES = 32;
/** From this size on a smaller run comes first, whose key stands in for the password. */
const PREHASH_COST = 0x100;
const PREHASH_WORK = 0x20000;
const PREHASH_PART = 64;

/** What yescrypt makes a key of. */
interface Input {
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  readonly settings: YescryptSettings;
}

/** The 32 bytes that a yescrypt text holds. The settings must be within bounds. */
export function deriveYescryptKey(input: Input): Uint8Array {
  const { cost, blockSize, parallelization } = input.settings;
  const perLane = Math.floor(cost / parallelization);
  let { password } = input;
  if (perLane >= PREHASH_COST && perLane * blockSize >= PREHASH_WORK) {
    const settings = { ...input.settings, cost: cost / PREHASH_PART, time: 0 };
    password = run({ ...input, settings }, "yescrypt-prehash");
  }
  const key = run({ ...input, password }, "yescrypt");
  return createHash("sha256")
    .update(hmac(key, Buffer.from("Client Key")))
    .digest();
}

function run({ password, salt, settings }: Input, purpose: string): Uint8Array {
  const seed = hmac(Buffer.from(purpose), password);
  const length = 128 * settings.blockSize * settings.parallelization;
  const start = pbkdf2Sync(seed, salt, 1, length, "sha256");
  const blocks = shuffle(start);
  const { boxSeed } = mixMemory(blocks, settings);
  const secret = hmac(unshuffle(boxSeed), start.subarray(0, KEY_BYTES));
  return pbkdf2Sync(secret, unshuffle(blocks), 1, KEY_BYTES, "sha256");
}

function hmac(key: Uint8Array, text: Uint8Array): Uint8Array {
  return createHmac("sha256", key).update(text).digest();
}
