import { BLOCK_WORDS, xorWords } from "./words.ts";

/** A way to mix blocks in place. */
export interface BlockMix {
  mix(blocks: Int32Array): void;
}

/** What a loop of scrypt works on. */
export interface Loop {
  /** The blocks of one lane; changed in place. */
  readonly blocks: Int32Array;
  /** Copies of blocks. */
  readonly memory: Int32Array;
  readonly mixer: BlockMix;
  readonly times: number;
}

/** Scrypt's first loop: fills the memory, a copy each time. */
export function fillMemory({ blocks, memory, mixer, times }: Loop): void {
  for (let time = 0; time < times; time += 1) {
    memory.set(blocks, time * blocks.length);
    mixer.mix(blocks);
  }
}

/** The same as yescrypt does it: what was written before is read at once. */
export function fillAndReadMemory({ blocks, memory, mixer, times }: Loop): void {
  for (let time = 0; time < times; time += 1) {
    memory.set(blocks, time * blocks.length);
    if (time > 1) {
      const power = floorToPower(time);
      const copy = (selector(blocks) & (power - 1)) + (time - power);
      xorWords(blocks, memory, copy * blocks.length);
    }
    mixer.mix(blocks);
  }
}

/** Scrypt's second loop: reads the memory here and there. @param copies a power of two */
export function readMemory(loop: Loop, copies: number): void {
  const { blocks, memory, mixer, times } = loop;
  for (let time = 0; time < times; time += 1) {
    xorWords(blocks, memory, (selector(blocks) & (copies - 1)) * blocks.length);
    mixer.mix(blocks);
  }
}

/** The same as yescrypt does it: what was read is written. @param copies a power of two */
export function readAndWriteMemory(loop: Loop, copies: number): void {
  const { blocks, memory, mixer, times } = loop;
  for (let time = 0; time < times; time += 1) {
    const at = (selector(blocks) & (copies - 1)) * blocks.length;
    xorWords(blocks, memory, at);
    memory.set(blocks, at);
    mixer.mix(blocks);
  }
}

/** The largest power of two that is not above a number. */
export function floorToPower(number: number): number {
  return 2 ** Math.floor(Math.log2(number));
}

/** What says where the memory is read: the first word of the last block. */
function selector(blocks: Int32Array): number {
  return blocks[blocks.length - BLOCK_WORDS] ?? 0;
}
