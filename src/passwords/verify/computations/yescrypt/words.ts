/*
 * The words of yescrypt's blocks: 32 bits, signed, since V8 computes those fastest.
 */

/** Words of a block of 64 bytes. */
export const BLOCK_WORDS = 16;

/** The high word of the product of two words, both taken as unsigned. */
export function multiplyHigh(left: number, right: number): number {
  const a = left >>> 16;
  const b = left & 0xffff;
  const c = right >>> 16;
  const d = right & 0xffff;
  const middle = (Math.imul(a, d) + (Math.imul(b, d) >>> 16)) | 0;
  const lower = (Math.imul(b, c) + (middle & 0xffff)) | 0;
  return (Math.imul(a, c) + (middle >>> 16) + (lower >>> 16)) | 0;
}

/** What a sum of two words carries over: 1 or 0. */
export function carryOf(left: number, right: number, sum: number): number {
  return ((left & right) | ((left | right) & ~sum)) >>> 31;
}

/** Combines all words of `into` with those of `from` by exclusive or, `from` read from `at` on. */
export function xorWords(into: Int32Array, from: Int32Array, at = 0): void {
  for (let word = 0; word < into.length; word += 1) {
    into[word] = (into[word] ?? 0) ^ (from[at + word] ?? 0);
  }
}
