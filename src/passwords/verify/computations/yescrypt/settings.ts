import { isWithin, MAX_MEMORY_BYTES, MAX_MEMORY_TRAFFIC_BYTES, need } from "../bounds.ts";
import { crypt64Value, decodeCrypt64 } from "../crypt64.ts";

/** Yescrypt's settings, as its author names N, r, p and t. */
export interface YescryptSettings {
  /** N: a power of two. */
  readonly cost: number;
  /** r. */
  readonly blockSize: number;
  /** p. */
  readonly parallelization: number;
  /** t: further reading, without more memory. */
  readonly time: number;
}

/** A yescrypt text, taken apart. */
export interface YescryptText {
  readonly settings: YescryptSettings;
  readonly salt: Uint8Array;
  /** 43 characters. */
  readonly value: string;
}

/** `j`: reads and writes memory, six rounds, four lanes of two, boxes of 12 KiB: the only one in use. */
const TEXT =
  /^\$y\$j(?<settings>[./0-9A-Za-z]{2,24})\$(?<salt>[./0-9A-Za-z]{0,86})\$(?<value>[./0-9A-Za-z]{43})$/;
const MAX_BLOCK_SIZE = 1024;
const MAX_LANES = 64;
const MAX_TIME = 64;

/** Which of the further settings are there, as bits. */
const HAS_LANES = 1;
const HAS_TIME = 2;
const KNOWN = HAS_LANES | HAS_TIME;

/**
 * Takes a yescrypt text apart.
 *
 * @throws {NotComputableError} when it is damaged, of a flavour that nothing writes, or asks for more
 *   than 1 GiB or too much work
 */
export function readYescryptText(text: string): YescryptText {
  const groups = TEXT.exec(text)?.groups;
  need(groups !== undefined, "the text of a yescrypt");
  const salt = decodeCrypt64(groups["salt"] ?? "");
  need(salt !== undefined, "the salt of a yescrypt");
  const settings = readSettings(groups["settings"] ?? "");
  return { settings, salt, value: groups["value"] ?? "" };
}

function readSettings(text: string): YescryptSettings {
  const numbers = new Numbers(text);
  const logCost = numbers.next(1);
  const blockSize = numbers.next(1);
  const further = numbers.hasMore ? numbers.next(1) : 0;
  need((further & ~KNOWN) === 0, "the settings of a yescrypt");
  const parallelization = (further & HAS_LANES) === 0 ? 1 : numbers.next(2);
  const time = (further & HAS_TIME) === 0 ? 0 : numbers.next(1);
  need(!numbers.hasMore && isWithin(logCost, 1, 30), "the settings of a yescrypt");
  const settings = { cost: 2 ** logCost, blockSize, parallelization, time };
  checkBounds(settings);
  return settings;
}

function checkBounds({ cost, blockSize, parallelization, time }: YescryptSettings): void {
  need(isWithin(blockSize, 1, MAX_BLOCK_SIZE), "the block size of a yescrypt");
  need(isWithin(parallelization, 1, Math.min(MAX_LANES, cost / 2)), "the lanes of a yescrypt");
  need(time <= MAX_TIME, "the time of a yescrypt");
  const memory = 128 * blockSize * cost;
  need(memory <= MAX_MEMORY_BYTES, "the memory of a yescrypt");
  need(memory * (time + 2) * parallelization <= MAX_MEMORY_TRAFFIC_BYTES, "the work of a yescrypt");
}

/** Numbers that stand behind one another, each of as many characters as its first one tells. */
class Numbers {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get hasMore(): boolean {
    return this.#at < this.#text.length;
  }

  /** @param least what the smallest number stands for */
  next(least: number): number {
    const first = this.#digit();
    let number = least;
    let [start, end, bits] = [0, 47, 0];
    while (first > end) {
      number += (end + 1 - start) * 2 ** bits;
      start = end + 1;
      end = start + Math.floor((62 - end) / 2);
      bits += 6;
    }
    number += (first - start) * 2 ** bits;
    while (bits > 0) {
      bits -= 6;
      number += this.#digit() * 2 ** bits;
    }
    return number;
  }

  #digit(): number {
    const digit = crypt64Value(this.#text[this.#at]);
    need(digit >= 0, "the settings of a yescrypt");
    this.#at += 1;
    return digit;
  }
}
