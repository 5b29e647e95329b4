import type { Issue, Route, RouteCount } from "../core/index.ts";
import { formatCount } from "./format-number.ts";

/** A line does not grow beyond so many parts. */
const MOST_SHOWN = 12;

/** So many records, by the format of their passwords and the route they take. */
export interface CountedRoute {
  readonly label: string;
  readonly route: Route;
  readonly count: number;
}

/** Records by format and route, the most first; those with warnings count with the others. */
export function countRoutes(routes: readonly RouteCount[]): readonly CountedRoute[] {
  const counted = new Map<string, CountedRoute>();
  for (const { label, route, count } of routes) {
    const key = `${route} ${label}`;
    counted.set(key, { label, route, count: count + (counted.get(key)?.count ?? 0) });
  }
  return [...counted.values()].toSorted(
    (left, right) => right.count - left.count || compareText(left.label, right.label),
  );
}

/** Such as `11,204 bcrypt 10 → hash · 312 argon2id → hook`; empty without records. */
export function renderRoutes(counted: readonly CountedRoute[]): string {
  const shown = counted.length > MOST_SHOWN ? counted.slice(0, MOST_SHOWN - 1) : counted;
  const rest = counted.slice(shown.length).reduce((sum, { count }) => sum + count, 0);
  const parts = shown.map(({ label, route, count }) => `${formatCount(count)} ${label} → ${route}`);
  if (rest > 0) parts.push(`${formatCount(rest)} of other formats`);
  return parts.join(" · ");
}

/** What is not settled about the hashes that are sent: once each, with how many records it concerns. */
export function noteWarnings(routes: readonly RouteCount[]): readonly string[] {
  const found = new Map<string, { readonly warning: Issue; count: number }>();
  for (const { warnings = [], count } of routes) {
    for (const warning of warnings) {
      const entry = found.get(warning.code) ?? { warning, count: 0 };
      entry.count += count;
      found.set(warning.code, entry);
    }
  }
  return [...found.values()].map(({ warning, count }) => {
    const records = count === 1 ? "1 record" : `${formatCount(count)} records`;
    return `${records}, ${warning.code}: ${warning.reason} ${warning.hint}`;
  });
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
