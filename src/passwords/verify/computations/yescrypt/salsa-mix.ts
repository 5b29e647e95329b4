import { salsa20 } from "./salsa20.ts";
import type { BlockMix } from "./smix.ts";
import { BLOCK_WORDS } from "./words.ts";

const DOUBLE_ROUNDS = 4;

/** Scrypt's own mixing, by Salsa20/8, of two blocks: yescrypt makes its S-boxes with it. */
export const salsaMix: BlockMix = {
  mix(blocks) {
    mixInto(blocks, 0, BLOCK_WORDS);
    mixInto(blocks, BLOCK_WORDS, 0);
  },
};

function mixInto(blocks: Int32Array, at: number, from: number): void {
  for (let word = 0; word < BLOCK_WORDS; word += 1) {
    blocks[at + word] = (blocks[at + word] ?? 0) ^ (blocks[from + word] ?? 0);
  }
  salsa20(blocks, at, DOUBLE_ROUNDS);
}
