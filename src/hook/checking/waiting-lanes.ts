/** What waits, as far as its turn goes by it. */
export interface LaneEntry {
  /** Whose turn it takes. */
  readonly login: string;
  /** Where it comes from. */
  readonly address: string;
  /** Of the hash, by which it is told what it takes. */
  readonly label: string;
}

/** What a hash takes, by its label. */
export type CostOf = (label: string) => number;

/** How many there are of each label. */
type Counts = Map<string, number>;

/**
 * Those who wait, in a lane for each login; lanes take turns. What they take in all is counted as they come
 * and go, so that who asks is answered as fast by a long line as by a short one.
 */
export class WaitingLanes<Entry extends LaneEntry> {
  /** In the order in which they take turns. */
  readonly #lanes = new Map<string, Entry[]>();
  /** By position within their lanes. */
  readonly #byPosition: Counts[] = [];
  readonly #byAddress = new Map<string, Counts>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** How many of a login wait. */
  lengthOf(login: string): number {
    return this.#lanes.get(login)?.length ?? 0;
  }

  /** Puts one at the end of its login's lane. */
  add(entry: Entry): void {
    const lane = this.#lanes.get(entry.login) ?? [];
    lane.push(entry);
    this.#lanes.set(entry.login, lane);
    this.#size += 1;
    count(this.#countsAt(lane.length - 1), entry.label, 1);
    const ofAddress = this.#byAddress.get(entry.address) ?? new Map<string, number>();
    count(ofAddress, entry.label, 1);
    this.#byAddress.set(entry.address, ofAddress);
  }

  /** Takes the one whose turn it is; its login's next one takes its turn behind all others. */
  next(): Entry | undefined {
    for (const [login, lane] of this.#lanes) {
      const next = this.#shift(login, lane);
      if (lane.length > 0) {
        this.#lanes.delete(login);
        this.#lanes.set(login, lane);
      }
      return next;
    }
    return undefined;
  }

  /** Takes out those of whom it is said so: of each login the first, as long as it is the first. */
  takeFirsts(isOut: (entry: Entry) => boolean): readonly Entry[] {
    const out: Entry[] = [];
    for (const [login, lane] of this.#lanes) {
      let [first] = lane;
      while (first !== undefined && isOut(first)) {
        this.#shift(login, lane);
        out.push(first);
        [first] = lane;
      }
    }
    return out;
  }

  /**
   * What those take at most whose turn is before that of a newcomer at this position of its lane; exact for
   * the first of a login.
   */
  costAhead(position: number, costOf: CostOf): number {
    let ms = 0;
    for (const counts of this.#byPosition.slice(0, position + 1)) ms += costIn(counts, costOf);
    return ms;
  }

  /** What those take who come from an address. */
  costFrom(address: string, costOf: CostOf): number {
    const counts = this.#byAddress.get(address);
    return counts === undefined ? 0 : costIn(counts, costOf);
  }

  #shift(login: string, lane: Entry[]): Entry | undefined {
    for (const [position, { label }] of lane.entries()) {
      count(this.#countsAt(position), label, -1);
      if (position > 0) count(this.#countsAt(position - 1), label, 1);
    }
    const first = lane.shift();
    if (lane.length === 0) this.#lanes.delete(login);
    if (first === undefined) return undefined;
    this.#size -= 1;
    const ofAddress = this.#byAddress.get(first.address);
    if (ofAddress !== undefined) {
      count(ofAddress, first.label, -1);
      if (ofAddress.size === 0) this.#byAddress.delete(first.address);
    }
    return first;
  }

  #countsAt(position: number): Counts {
    return (this.#byPosition[position] ??= new Map());
  }
}

function count(counts: Counts, label: string, more: number): void {
  const now = (counts.get(label) ?? 0) + more;
  if (now === 0) counts.delete(label);
  else counts.set(label, now);
}

function costIn(counts: Counts, costOf: CostOf): number {
  let ms = 0;
  for (const [label, times] of counts) ms += costOf(label) * times;
  return ms;
}
