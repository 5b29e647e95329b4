import type { IncomingHttpHeaders } from "node:http";
import type { RateFacts } from "./governor/index.ts";

/**
 * Reads what an answer says of the org's limits.
 *
 * A header that comes several times, or as a list, is read in the way that sends less: the smallest
 * limit, the smallest remainder, the latest reset. Values that are no plain number are ignored.
 *
 * @see docs/okta/rate-limits.md#headers
 */
export function readRateFacts(
  status: number,
  headers: IncomingHttpHeaders,
  dateMs: number | undefined,
): RateFacts {
  const limit = smallest(headers["x-rate-limit-limit"]);
  const remaining = smallest(headers["x-rate-limit-remaining"]);
  const resetAtS = largest(headers["x-rate-limit-reset"]);
  const retryAfterMs = readRetryAfter(headers["retry-after"], dateMs);
  return {
    status,
    ...(dateMs === undefined ? {} : { dateMs }),
    ...(limit === undefined ? {} : { limit }),
    ...(remaining === undefined ? {} : { remaining }),
    ...(resetAtS === undefined ? {} : { resetAtMs: resetAtS * 1000 }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** Reads the `Date` header of answers; those of one second are parsed once. */
export class DateHeaderReader {
  #lastText: string | undefined;
  #lastMs: number | undefined;

  read(headers: IncomingHttpHeaders): number | undefined {
    const text = headers.date;
    if (typeof text !== "string") return undefined;
    if (text !== this.#lastText) {
      const parsed = Date.parse(text);
      this.#lastText = text;
      this.#lastMs = Number.isNaN(parsed) ? undefined : parsed;
    }
    return this.#lastMs;
  }
}

type HeaderValue = string | string[] | undefined;

function smallest(value: HeaderValue): number | undefined {
  return pick(value, Math.min);
}

function largest(value: HeaderValue): number | undefined {
  return pick(value, Math.max);
}

function pick(value: HeaderValue, choose: (a: number, b: number) => number): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "string" && !value.includes(",")) return plainNumber(value);
  const parts = (typeof value === "string" ? value : value.join(",")).split(",");
  let chosen: number | undefined;
  for (const part of parts) {
    const number = plainNumber(part);
    if (number !== undefined) chosen = chosen === undefined ? number : choose(chosen, number);
  }
  return chosen;
}

function plainNumber(text: string): number | undefined {
  return /^\s*\d{1,15}(?:\.\d{1,9})?\s*$/.test(text) ? Number(text) : undefined;
}

function readRetryAfter(value: HeaderValue, dateMs: number | undefined): number | undefined {
  if (value === undefined) return undefined;
  const seconds = largest(value);
  if (seconds !== undefined) return seconds * 1000;
  const atMs = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(atMs) || dateMs === undefined ? undefined : Math.max(0, atMs - dateMs);
}
