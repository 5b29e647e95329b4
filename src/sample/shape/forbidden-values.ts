/** Bits of each filter; the next one is begun when one is full. Together they are 108 MiB. */
const SIZES = [2 ** 20, 2 ** 22, 2 ** 24, 2 ** 26, 2 ** 28, 2 ** 29];
/** Bits that a value has to itself when a filter is full. The last one is never full. */
const BITS_A_VALUE = 16;
const PROBES = 4;

/** Shorter values say nothing of anyone, and can't be avoided. */
const LONGEST_ALLOWED = 3;
/** Words, but no mere numbers. */
const WORDS = /\p{L}[\p{L}\p{M}\p{N}]{3,}/gu;

/**
 * Remembers every value of a source that is longer than three characters, in memory that has an end:
 * Bloom filters. None is ever overlooked; some other texts are taken for one, about one of a hundred
 * in a source with thirty million different values, which costs no more than another draw.
 *
 * Case, and white space at both ends, do not count.
 */
export class ForbiddenValues {
  readonly #filters: Uint32Array[] = [];
  #held = 0;

  add(text: string): void {
    if (text.length <= LONGEST_ALLOWED) return;
    const hashes = hashesOf(fold(text));
    if (this.#filters.some((filter) => holds(filter, hashes))) return;
    const filter = this.#roomy();
    for (let probe = 0; probe < PROBES; probe += 1) {
      const bit = bitOf(hashes, probe, filter);
      filter[bit >>> 5] = (filter[bit >>> 5] ?? 0) | (1 << (bit & 31));
    }
    this.#held += 1;
  }

  /** Whether a text is a value of the source. */
  has(text: string): boolean {
    if (text.length <= LONGEST_ALLOWED) return false;
    const hashes = hashesOf(fold(text));
    return this.#filters.some((filter) => holds(filter, hashes));
  }

  /** Whether a text, or a word within it, is a value of the source. */
  hasPartOf(text: string): boolean {
    return this.has(text) || (text.match(WORDS)?.some((word) => this.has(word)) ?? false);
  }

  /** The filter that values are added to. */
  #roomy(): Uint32Array {
    const latest = this.#filters.at(-1);
    const next = SIZES[this.#filters.length];
    const isFull = latest === undefined || this.#held * BITS_A_VALUE >= latest.length * 32;
    if (latest !== undefined && (!isFull || next === undefined)) return latest;
    const filter = new Uint32Array((next ?? 0) / 32);
    this.#filters.push(filter);
    this.#held = 0;
    return filter;
  }
}

interface Hashes {
  readonly start: number;
  readonly step: number;
}

function holds(filter: Uint32Array, hashes: Hashes): boolean {
  for (let probe = 0; probe < PROBES; probe += 1) {
    const bit = bitOf(hashes, probe, filter);
    if (((filter[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return false;
  }
  return true;
}

function bitOf({ start, step }: Hashes, probe: number, filter: Uint32Array): number {
  return (start + Math.imul(probe, step)) & (filter.length * 32 - 1);
}

function fold(text: string): string {
  return text.trim().toLowerCase();
}

/** Two hashes of a text, of which as many bits are made as are probed. */
function hashesOf(text: string): Hashes {
  let first = 0x811c_9dc5;
  let second = 0x9747_b28c;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    first = Math.imul(first ^ unit, 0x0100_0193);
    second = Math.imul(second ^ unit, 0x5bd1_e995) ^ (second >>> 15);
  }
  return { start: mix(first), step: mix(second) | 1 };
}

function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return mixed ^ (mixed >>> 16);
}
