import type { PrincipalShare, Reading } from "../../core/index.ts";
import type { Answer } from "../answer.ts";
import { countOf, objectsOf } from "./json-values.ts";
import { getRequest } from "./questioner.ts";
import { nextCursor } from "./read-answers.ts";
import type { OrgRequest } from "../transport.ts";

/** Whose share of the limits is looked for. */
export interface Principal {
  readonly type: "OAUTH_CLIENT" | "SSWS_TOKEN";
  /** Undefined where we can't know it, as that of an API token. */
  readonly id: string | undefined;
}

const ROUTE = "/api/v1/principal-rate-limits";
const MOST_PAGES = 20;
/** What Okta says it gives in a page at most. */
const PAGE = 50;

/**
 * Finds how much of each limit a token or an app may use.
 *
 * @see docs/okta/rate-limits.md#principal-cap
 */
export async function readPrincipalShare(
  principal: Principal,
  ask: (request: OrgRequest) => Promise<Reading<Answer>>,
): Promise<Reading<PrincipalShare>> {
  const filter = encodeURIComponent(`principalType eq "${principal.type}"`);
  const entries: Readonly<Record<string, unknown>>[] = [];
  let after = "";
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const reading = await ask(getRequest(ROUTE, `${ROUTE}?filter=${filter}&limit=${PAGE}${after}`));
    if (reading.kind !== "read") return reading;
    const listed = objectsOf(reading.value.json());
    if (listed === undefined) return { kind: "unreadable", why: "the answer is no list" };
    entries.push(...listed);
    const cursor = nextCursor(reading.value);
    if (cursor === undefined) break;
    after = `&after=${cursor}`;
  }
  return { kind: "read", value: shareOf(entries, principal) };
}

function shareOf(
  entries: readonly Readonly<Record<string, unknown>>[],
  { id }: Principal,
): PrincipalShare {
  const ours = id === undefined ? entries : entries.filter(({ principalId }) => principalId === id);
  return {
    isOurs: id !== undefined || ours.length === 0,
    percent: lowest(ours.map((entry) => countOf(entry["defaultPercentage"]))),
    concurrencyPercent: lowest(ours.map((entry) => countOf(entry["defaultConcurrencyPercentage"]))),
  };
}

function lowest(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
