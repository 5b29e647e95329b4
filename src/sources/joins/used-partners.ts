/** Which joined records were asked for: one bit each. */
export class UsedPartners {
  /** Main records with a partner. */
  asked = 0;
  /** Main records without. */
  alone = 0;
  /** Joined records that were asked for. */
  count = 0;
  #bits = new Uint8Array(1_024);

  /** Notes what one main record found. */
  note(ids: readonly number[]): void {
    if (ids.length === 0) this.alone += 1;
    else this.asked += 1;
    for (const id of ids) this.#mark(id);
  }

  #mark(id: number): void {
    const at = id >> 3;
    if (at >= this.#bits.length) {
      const grown = new Uint8Array(Math.max(at + 1, this.#bits.length * 2));
      grown.set(this.#bits);
      this.#bits = grown;
    }
    const bit = 1 << (id & 7);
    const byte = this.#bits[at] ?? 0;
    if ((byte & bit) !== 0) return;
    this.#bits[at] = byte | bit;
    this.count += 1;
  }
}
