import { BLOCK_WORDS } from "./words.ts";

/*
 * Yescrypt works on blocks whose words stand in another order than Salsa20 has them, made for the
 * vector units of processors: its place `i` holds Salsa20's word `5 i mod 16`.
 */

const BYTES_PER_WORD = 4;

/** Where yescrypt keeps a word of Salsa20's. */
export function placeOf(word: number): number {
  return (word * 13) % BLOCK_WORDS;
}

/** Words in yescrypt's order, of bytes in Salsa20's. */
export function shuffle(bytes: Uint8Array): Int32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const words = new Int32Array(bytes.length / BYTES_PER_WORD);
  for (let index = 0; index < words.length; index += 1) {
    words[shuffled(index)] = view.getInt32(index * BYTES_PER_WORD, true);
  }
  return words;
}

/** The inverse of {@link shuffle}. */
export function unshuffle(words: Int32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(words.length * BYTES_PER_WORD));
  for (let index = 0; index < words.length; index += 1) {
    view.setInt32(index * BYTES_PER_WORD, words[shuffled(index)] ?? 0, true);
  }
  return new Uint8Array(view.buffer);
}

function shuffled(index: number): number {
  const word = index % BLOCK_WORDS;
  return index - word + placeOf(word);
}
