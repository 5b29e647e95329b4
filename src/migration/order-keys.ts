import type { SourceValue } from "../core/index.ts";

const FIRST_ROOM = 4_096;
const NUMBER = /^[+-]?\d{1,15}(?:\.\d+)?$/;
/** A date, with a time or without; one without an offset counts as UTC. */
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|UTC|[+-]\d{2}(?::?\d{2})?)?)?$/;

/** What orders a record among those of the same login; neither says anything beside the other. */
export interface OrderKey {
  readonly kind: "number" | "instant";
  /** The number, or milliseconds. */
  readonly value: number;
}

/** Reads a number, or an ISO date or time; undefined for everything else. */
export function readOrderKey(value: SourceValue | undefined): OrderKey | undefined {
  if (typeof value === "number") return { kind: "number", value };
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (NUMBER.test(text)) return { kind: "number", value: Number(text) };
  const [whole, date = "", time = "00:00", zone = "Z"] = INSTANT.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const offset = zone === "UTC" ? "Z" : zone.length === 3 ? `${zone}:00` : zone;
  return { kind: "instant", value: Date.parse(`${date}T${time}${offset}`) };
}

/**
 * A key for every record, in 8 bytes each; grows by doubling. The first key says of which kind they
 * are: a number is not later than a date.
 */
export class OrderKeys {
  #kind: OrderKey["kind"] | undefined;
  #keys = new Float64Array(FIRST_ROOM).fill(Number.NaN);

  set(seq: number, key: OrderKey | undefined): void {
    this.#kind ??= key?.kind;
    if (seq >= this.#keys.length) {
      const more = new Float64Array(Math.max(seq + 1, this.#keys.length * 2)).fill(Number.NaN);
      more.set(this.#keys);
      this.#keys = more;
    }
    this.#keys[seq] = key?.kind === this.#kind && key !== undefined ? key.value : Number.NaN;
  }

  /** NaN, which is neither before nor after anything, where there is none of the kind. */
  get(seq: number): number {
    return this.#keys[seq] ?? Number.NaN;
  }
}
