import type { Call } from "./call.ts";

/** Part of a list, and the first item after it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: T | undefined;
}

/** Takes up to `limit` items that pass. */
export function pageOf<T>(items: Iterable<T>, limit: number, keep: (item: T) => boolean): Page<T> {
  const taken: T[] = [];
  for (const item of items) {
    if (!keep(item)) continue;
    if (taken.length === limit) return { items: taken, next: item };
    taken.push(item);
  }
  return { items: taken, next: undefined };
}

/** `Link` lines of a list: itself, and the next page where there is one. @param after its cursor */
export function linkHeaders(call: Call, after: string | undefined): readonly string[] {
  const base = `${call.origin}${call.path}`;
  const query = call.queryText === "" ? "" : `?${call.queryText}`;
  const lines = ["Link", `<${base}${query}>; rel="self"`];
  if (after !== undefined) {
    const next = new URLSearchParams(call.queryText);
    next.set("after", after);
    lines.push("Link", `<${base}?${next.toString()}>; rel="next"`);
  }
  return lines;
}

/** The place that an `after` of ours names; 0 without one. */
export function ordinalAfter(query: URLSearchParams): number {
  const after = query.get("after");
  return after === null ? 0 : Number.parseInt(after, 36) || 0;
}

/** A page's size as asked for, within the most that a list gives. */
export function limitOf(query: URLSearchParams, otherwise: number, most: number): number {
  const text = query.get("limit");
  if (text === null) return otherwise;
  const limit = Number(text);
  return Number.isInteger(limit) && limit > 0 ? Math.min(limit, most) : otherwise;
}
