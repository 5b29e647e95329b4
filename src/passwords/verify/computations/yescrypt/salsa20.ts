import { placeOf } from "./block-order.ts";
import { BLOCK_WORDS } from "./words.ts";

/** The quarter rounds of a double round, columns before rows: four of Salsa20's words each. */
const QUARTER_WORDS = [
  [0, 4, 8, 12],
  [5, 9, 13, 1],
  [10, 14, 2, 6],
  [15, 3, 7, 11],
  [0, 1, 2, 3],
  [5, 6, 7, 4],
  [10, 11, 8, 9],
  [15, 12, 13, 14],
];

/** The same, one behind another, where yescrypt keeps those words. */
const QUARTERS = Uint8Array.from(QUARTER_WORDS.flat(), (word) => placeOf(word));

const work = new Int32Array(BLOCK_WORDS);

/** Salsa20 of the block at a word of `blocks`, in place. */
export function salsa20(blocks: Int32Array, at: number, doubleRounds: number): void {
  for (let word = 0; word < BLOCK_WORDS; word += 1) work[word] = blocks[at + word] ?? 0;
  for (let round = 0; round < doubleRounds; round += 1) {
    for (let quarter = 0; quarter < QUARTERS.length; quarter += 4) mixQuarter(quarter);
  }
  for (let word = 0; word < BLOCK_WORDS; word += 1) {
    blocks[at + word] = ((blocks[at + word] ?? 0) + (work[word] ?? 0)) | 0;
  }
}

function mixQuarter(quarter: number): void {
  const atA = QUARTERS[quarter] ?? 0;
  const atB = QUARTERS[quarter + 1] ?? 0;
  const atC = QUARTERS[quarter + 2] ?? 0;
  const atD = QUARTERS[quarter + 3] ?? 0;
  let a = work[atA] ?? 0;
  let b = work[atB] ?? 0;
  let c = work[atC] ?? 0;
  let d = work[atD] ?? 0;
  b ^= rotate((a + d) | 0, 7);
  c ^= rotate((b + a) | 0, 9);
  d ^= rotate((c + b) | 0, 13);
  a ^= rotate((d + c) | 0, 18);
  work[atA] = a;
  work[atB] = b;
  work[atC] = c;
  work[atD] = d;
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
