import type { Subject } from "../org/match-expression.ts";
import { invalidSearch } from "../org/search-expression.ts";
import { NEVER } from "../org/user-record.ts";
import type { Page } from "./paging.ts";

/** Something that is sorted, with what it is sorted by. */
interface Placed<T> {
  readonly item: T;
  /** Undefined: it has none. */
  readonly value: string | number | undefined;
  readonly id: string;
}

type Place = Omit<Placed<unknown>, "item">;

/** By what a list is sorted, and from where on it is wanted. */
export interface Sorting<T> {
  readonly attribute: string;
  readonly descending: boolean;
  /** Cursor of the page before; null: the first page. */
  readonly after: string | null;
  readonly limit: number;
  readonly subjectOf: (item: T) => Subject;
}

/** A page of a sorted list, and the cursor of the one after it. */
export interface SortedPage<T> extends Page<T> {
  readonly cursor: string | undefined;
}

/**
 * A page of a list that is sorted by an attribute, ties by id. Case does not count; what has no value
 * comes last. Where something is changed between two pages, the cursor still names a place.
 *
 * @throws {OrgRefusal} 400 when the cursor is none of ours
 * @see docs/okta/lookup.md#expressions
 */
export function sortedPage<T>(items: Iterable<T>, sorting: Sorting<T>): SortedPage<T> {
  const { limit } = sorting;
  const from = sorting.after === null ? undefined : readCursor(sorting.after);
  const inOrder = (left: Place, right: Place): number => compare(left, right, sorting.descending);
  let best: Placed<T>[] = [];
  for (const item of items) {
    const placed = placedBy(item, sorting);
    if (from !== undefined && inOrder(placed, from) <= 0) continue;
    best.push(placed);
    // Only the first ones are wanted: what can't be among them goes, now and then.
    if (best.length > 4 * limit + 100) best = best.toSorted(inOrder).slice(0, limit + 1);
  }
  best = best.toSorted(inOrder);
  const page = best.slice(0, limit);
  const last = page.at(-1);
  const next = best[limit];
  const cursor = next === undefined || last === undefined ? undefined : cursorOf(last);
  return { items: page.map(({ item }) => item), next: next?.item, cursor };
}

function placedBy<T>(item: T, { attribute, subjectOf }: Sorting<T>): Placed<T> {
  const subject = subjectOf(item);
  const id = String(subject.valueOf("id"));
  const instant = subject.instantOf(attribute);
  const found = instant ?? subject.valueOf(attribute);
  if (found === NEVER || found === undefined || found === null)
    return { item, value: undefined, id };
  if (typeof found === "number") return { item, value: found, id };
  const text = typeof found === "string" ? found : JSON.stringify(found);
  return { item, value: text.toLowerCase(), id };
}

function compare(left: Place, right: Place, descending: boolean): number {
  if (left.value === right.value) return left.id < right.id ? -1 : Number(left.id > right.id);
  if (left.value === undefined) return 1;
  if (right.value === undefined) return -1;
  const isBefore = left.value < right.value;
  return isBefore === descending ? 1 : -1;
}

function cursorOf({ value, id }: Place): string {
  return Buffer.from(JSON.stringify([id, value])).toString("base64url");
}

function readCursor(text: string): Place {
  try {
    const read: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    const [id, value] = Array.isArray(read) ? (read as readonly unknown[]) : [];
    if (typeof id === "string") {
      return {
        id,
        value: typeof value === "string" || typeof value === "number" ? value : undefined,
      };
    }
  } catch {
    // Told below.
  }
  throw invalidSearch("after: follow the next links as they are");
}
