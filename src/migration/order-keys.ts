import type { SourceValue } from "../core/index.ts";

const FIRST_ROOM = 4_096;
const NUMBER = /^[+-]?\d{1,15}(?:\.\d+)?$/;
/** A date, with a time or without; one without an offset counts as UTC. */
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|UTC|[+-]\d{2}(?::?\d{2})?)?)?$/;

/**
 * What orders a record among those of the same login: a number, or an ISO date or time as
 * milliseconds. NaN, which is neither before nor after anything, for everything else.
 */
export function readOrderKey(value: SourceValue | undefined): number {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return Number.NaN;
  const text = value.trim();
  if (NUMBER.test(text)) return Number(text);
  const [whole, date = "", time = "00:00", zone = "Z"] = INSTANT.exec(text) ?? [];
  if (whole === undefined) return Number.NaN;
  const offset = zone === "UTC" ? "Z" : zone.length === 3 ? `${zone}:00` : zone;
  return Date.parse(`${date}T${time}${offset}`);
}

/** A key for every record, in 8 bytes each; grows by doubling. */
export class OrderKeys {
  #keys = new Float64Array(FIRST_ROOM).fill(Number.NaN);

  set(seq: number, key: number): void {
    if (seq >= this.#keys.length) {
      const more = new Float64Array(Math.max(seq + 1, this.#keys.length * 2)).fill(Number.NaN);
      more.set(this.#keys);
      this.#keys = more;
    }
    this.#keys[seq] = key;
  }

  get(seq: number): number {
    return this.#keys[seq] ?? Number.NaN;
  }
}
