import { type LogFilter, parseLogFilter, valuesAt } from "../log/log-filter.ts";
import { renderLogEvent } from "../log/render-log-event.ts";
import type { LogEntry } from "../log/system-log.ts";
import type { JsonObject } from "../org/json.ts";
import type { Org } from "../org/org.ts";
import { validationFailed } from "../org/org-refusal.ts";
import { type Answer, jsonAnswer, queryOf, type RoutedCall } from "./call.ts";
import { linkHeaders } from "./paging.ts";

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1000;
const DEFAULT_SPAN_MS = 7 * 86_400_000;

/** What is asked of the log. */
interface Asked {
  /** Milliseconds since the org's start; events at `untilAt` are not in it. */
  readonly sinceAt: number;
  readonly untilAt: number;
  readonly isDescending: boolean;
  /** Without an end: there is always a next page. */
  readonly isPolling: boolean;
  readonly limit: number;
  readonly filter: LogFilter | undefined;
  readonly keywords: readonly string[];
}

/** `GET /api/v1/logs`. @see docs/okta/system-log.md#query */
export function listLogs(org: Org, call: RoutedCall): Answer {
  const query = queryOf(call);
  const asked = readAsked(org, query);
  const { log } = org;
  const step = asked.isDescending ? -1 : 1;
  let serial = firstSerial(org, query.get("after"), asked);
  const events: JsonObject[] = [];
  for (; ; serial += step) {
    const entry = log.at(serial);
    if (entry === undefined) break;
    const event = pick(org, asked, { entry, serial });
    if (event === undefined) continue;
    if (events.length >= asked.limit) return answer(call, events, serial);
    events.push(event);
  }
  return answer(call, events, asked.isPolling ? serial : undefined);
}

function answer(call: RoutedCall, events: readonly JsonObject[], next: number | undefined): Answer {
  return jsonAnswer(JSON.stringify(events), 200, linkHeaders(call, next?.toString(36)));
}

/** Where to begin: after the last page, or at one end; what is not kept any more is left out. */
function firstSerial({ log }: Org, after: string | null, { isDescending }: Asked): number {
  const last = log.next - 1;
  if (after === null) return isDescending ? last : log.oldest;
  if (!/^[0-9a-z]{1,10}$/.test(after)) throw validationFailed("after", "after: Not one of ours");
  const serial = Number.parseInt(after, 36);
  return isDescending ? Math.min(serial, last) : Math.max(serial, log.oldest);
}

function pick(
  org: Org,
  { sinceAt, untilAt, filter, keywords }: Asked,
  { entry, serial }: { readonly entry: LogEntry; readonly serial: number },
): JsonObject | undefined {
  if (entry.at < sinceAt || entry.at >= untilAt) return undefined;
  let rendered: JsonObject | undefined;
  const render = (): JsonObject => (rendered ??= renderLogEvent(org, entry, serial));
  // By far the most filters name event types: those need no object.
  const look = (path: string): readonly unknown[] =>
    path === "eventType" ? [entry.happening.type] : valuesAt(render(), path);
  if (filter !== undefined && !filter(look)) return undefined;
  if (keywords.length === 0) return render();
  const text = JSON.stringify(render()).toLowerCase();
  return keywords.every((keyword) => text.includes(keyword)) ? render() : undefined;
}

function readAsked(org: Org, query: URLSearchParams): Asked {
  const order = query.get("sortOrder") ?? "ASCENDING";
  if (order !== "ASCENDING" && order !== "DESCENDING") {
    throw validationFailed("sortOrder", "sortOrder: ASCENDING or DESCENDING");
  }
  const isDescending = order === "DESCENDING";
  const until = instantOf(org, query, "until");
  const filter = query.get("filter");
  return {
    sinceAt: instantOf(org, query, "since") ?? (until ?? org.now()) - DEFAULT_SPAN_MS,
    untilAt: until ?? Number.POSITIVE_INFINITY,
    isDescending,
    isPolling: until === undefined && !isDescending,
    limit: limitOf(query),
    filter: filter === null || filter === "" ? undefined : parseLogFilter(filter),
    keywords: keywordsOf(query),
  };
}

function instantOf(org: Org, query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === "") return undefined;
  const instant = org.instantOf(text);
  if (!Number.isNaN(instant)) return instant;
  throw validationFailed(name, `${name}: must be a valid date-time or empty.`);
}

function limitOf(query: URLSearchParams): number {
  const limit = Number(query.get("limit") ?? DEFAULT_LIMIT);
  if (Number.isInteger(limit) && limit >= 0 && limit <= MAX_LIMIT) return limit;
  throw validationFailed("limit", `limit: A whole number from 0 to ${MAX_LIMIT}`);
}

function keywordsOf(query: URLSearchParams): readonly string[] {
  const keywords = (query.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  if (keywords.length <= 10 && keywords.every((keyword) => keyword.length <= 40)) return keywords;
  throw validationFailed("q", "q: At most 10 keywords of at most 40 characters");
}
