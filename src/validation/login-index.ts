import { InvariantError } from "../core/index.ts";

const NO_HOLDERS: readonly number[] = Object.freeze([]);
const MIN_SLOTS = 1024;
/** At 3/4 full a look-up of an absent login probes about 8 slots; fuller grows steeply. */
const MAX_LOAD = 0.75;
const MAX_SEQ = 0xffff_ffff;

/**
 * Which records of a run may hold a login: exact enough to find every duplicate, small enough for
 * millions of records.
 *
 * It keeps no login, only a 32-bit tag and the record's `seq` in 8 bytes a slot, so a holder it
 * names may have another login of the same tag: one look-up in 4,000 at a million records. The
 * caller compares the logins. Logins are given folded, as `foldLogin` makes them.
 */
export class LoginIndex {
  /** Tags and seqs by slot; a seq of 0 is an empty slot. Probing is linear. */
  #tags: Uint32Array;
  #seqs: Uint32Array;
  #size = 0;

  /** @param expected records to make room for at once; more are taken by doubling */
  constructor(expected = 0) {
    let slots = MIN_SLOTS;
    while (slots * MAX_LOAD < expected) slots *= 2;
    this.#tags = new Uint32Array(slots);
    this.#seqs = new Uint32Array(slots);
  }

  /** How many holders are noted. */
  get size(): number {
    return this.#size;
  }

  /** Memory that the index takes, in bytes. */
  get byteLength(): number {
    return this.#tags.byteLength + this.#seqs.byteLength;
  }

  /** The records that may hold a login, in no order; allocates nothing when there are none. */
  possibleHolders(foldedLogin: string): readonly number[] {
    const tag = tagOf(foldedLogin);
    const mask = this.#tags.length - 1;
    let holders: number[] | undefined;
    for (let slot = tag & mask; this.#seqs[slot] !== 0; slot = (slot + 1) & mask) {
      if (this.#tags[slot] === tag) (holders ??= []).push(this.#seqs[slot] ?? 0);
    }
    return holders ?? NO_HOLDERS;
  }

  /**
   * Notes that a record holds a login; noting it again changes nothing.
   *
   * @throws {InvariantError} when `seq` is no whole number from 1 to 4,294,967,295
   */
  add(foldedLogin: string, seq: number): void {
    if (!Number.isInteger(seq) || seq < 1 || seq > MAX_SEQ) {
      throw new InvariantError(`A login can't be held by record ${seq}.`);
    }
    if (this.#size >= this.#tags.length * MAX_LOAD) this.#double();
    if (this.#put(tagOf(foldedLogin), seq)) this.#size += 1;
  }

  /** Takes the note back; without such a note nothing changes. */
  remove(foldedLogin: string, seq: number): void {
    const tag = tagOf(foldedLogin);
    const mask = this.#tags.length - 1;
    for (let slot = tag & mask; this.#seqs[slot] !== 0; slot = (slot + 1) & mask) {
      if (this.#tags[slot] !== tag || this.#seqs[slot] !== seq) continue;
      this.#clear(slot);
      this.#size -= 1;
      return;
    }
  }

  #put(tag: number, seq: number): boolean {
    const mask = this.#tags.length - 1;
    let slot = tag & mask;
    while (this.#seqs[slot] !== 0) {
      if (this.#tags[slot] === tag && this.#seqs[slot] === seq) return false;
      slot = (slot + 1) & mask;
    }
    this.#tags[slot] = tag;
    this.#seqs[slot] = seq;
    return true;
  }

  #double(): void {
    const tags = this.#tags;
    const seqs = this.#seqs;
    this.#tags = new Uint32Array(tags.length * 2);
    this.#seqs = new Uint32Array(tags.length * 2);
    for (let slot = 0; slot < seqs.length; slot += 1) {
      const seq = seqs[slot] ?? 0;
      if (seq !== 0) this.#put(tags[slot] ?? 0, seq);
    }
  }

  /** Empties a slot and moves up those behind it that would no longer be reached. */
  #clear(emptied: number): void {
    const mask = this.#tags.length - 1;
    let hole = emptied;
    for (let slot = (hole + 1) & mask; this.#seqs[slot] !== 0; slot = (slot + 1) & mask) {
      const home = (this.#tags[slot] ?? 0) & mask;
      const probedFromHome = (slot - home) & mask;
      if (probedFromHome < ((slot - hole) & mask)) continue;
      this.#tags[hole] = this.#tags[slot] ?? 0;
      this.#seqs[hole] = this.#seqs[slot] ?? 0;
      hole = slot;
    }
    this.#seqs[hole] = 0;
  }
}

/** FNV-1a over UTF-16 units, finished with MurmurHash3's mixer so that the low bits are even. */
function tagOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
