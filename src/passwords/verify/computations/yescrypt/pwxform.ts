import { salsa20 } from "./salsa20.ts";
import { BLOCK_WORDS, carryOf, multiplyHigh, xorWords } from "./words.ts";

/** Words of one of the three S-boxes. */
const BOX_WORDS = 1024;
/** Words of the three together. */
export const BOXES_WORDS = 3 * BOX_WORDS;
const ROUNDS = 6;
/** What one block writes into the third box. */
const WRITTEN_WORDS = (ROUNDS - 2) * BLOCK_WORDS;

/**
 * Yescrypt's own mixing of blocks: multiplications, with additions and exclusive ors out of S-boxes
 * that it writes anew all the time.
 */
export class Pwxform {
  readonly #boxes: Int32Array;
  readonly #block = new Int32Array(BLOCK_WORDS);
  /** Where the three boxes stand; they change their parts with each block. */
  #added = 2 * BOX_WORDS;
  #combined = BOX_WORDS;
  #written = 0;
  /** How far the box is written that is being written. */
  #filled = 0;

  /** @param boxes as the first loop of scrypt filled them; they are changed */
  constructor(boxes: Int32Array) {
    this.#boxes = boxes;
  }

  /** Mixes blocks, in place. */
  mix(blocks: Int32Array): void {
    const block = this.#block;
    const last = blocks.length - BLOCK_WORDS;
    block.set(blocks.subarray(last));
    for (let at = 0; at <= last; at += BLOCK_WORDS) {
      if (last > 0) xorWords(block, blocks, at);
      this.#mixBlock();
      blocks.set(block, at);
    }
    salsa20(blocks, last, 1);
  }

  #mixBlock(): void {
    for (let lane = 0; lane < BLOCK_WORDS; lane += 4) this.#mixLane(lane);
    this.#filled = (this.#filled + WRITTEN_WORDS) % BOX_WORDS;
    const written = this.#written;
    this.#written = this.#combined;
    this.#combined = this.#added;
    this.#added = written;
  }

  /** All rounds of two 64-bit words, a and b: lanes meet only in the boxes, and in different ones. */
  #mixLane(lane: number): void {
    const boxes = this.#boxes;
    const block = this.#block;
    let write = this.#written + this.#filled + lane;
    let aLow = block[lane] ?? 0;
    let aHigh = block[lane + 1] ?? 0;
    let bLow = block[lane + 2] ?? 0;
    let bHigh = block[lane + 3] ?? 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const add = this.#added + ((aLow & 0xff0) >>> 2);
      const combine = this.#combined + ((aHigh & 0xff0) >>> 2);

      const aProduct = Math.imul(aLow, aHigh);
      const aAdded = boxes[add] ?? 0;
      const aSum = (aProduct + aAdded) | 0;
      const aRest = multiplyHigh(aLow, aHigh) + carryOf(aProduct, aAdded, aSum);
      aLow = aSum ^ (boxes[combine] ?? 0);
      aHigh = (aRest + (boxes[add + 1] ?? 0)) ^ (boxes[combine + 1] ?? 0);

      const bProduct = Math.imul(bLow, bHigh);
      const bAdded = boxes[add + 2] ?? 0;
      const bSum = (bProduct + bAdded) | 0;
      const bRest = multiplyHigh(bLow, bHigh) + carryOf(bProduct, bAdded, bSum);
      bLow = bSum ^ (boxes[combine + 2] ?? 0);
      bHigh = (bRest + (boxes[add + 3] ?? 0)) ^ (boxes[combine + 3] ?? 0);

      if (round > 0 && round < ROUNDS - 1) {
        boxes[write] = aLow;
        boxes[write + 1] = aHigh;
        boxes[write + 2] = bLow;
        boxes[write + 3] = bHigh;
        write += BLOCK_WORDS;
      }
    }
    block[lane] = aLow;
    block[lane + 1] = aHigh;
    block[lane + 2] = bLow;
    block[lane + 3] = bHigh;
  }
}
