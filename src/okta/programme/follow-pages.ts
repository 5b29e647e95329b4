import { OktaError } from "../../core/index.ts";
import type { Answer } from "../answer.ts";
import type { OrgCaller } from "../org-caller.ts";
import { readBody } from "../read-body.ts";
import { addressHint } from "../stops.ts";
import type { OrgRequest } from "../transport.ts";

/**
 * Reads a list page by page, along the links that the org gives. Only what stands behind the host of a
 * link is taken, and only while it leads to the same list.
 *
 * @throws {OktaError} ORG_ANSWER_UNEXPECTED where an answer is no list
 */
export async function* followPages(
  caller: OrgCaller,
  first: OrgRequest,
  signal: AbortSignal,
): AsyncIterable<readonly unknown[]> {
  for (let request: OrgRequest | undefined = first; request !== undefined;) {
    const asked = await caller.ask(request, { signal });
    const page = readBody(caller, request, asked);
    if (!Array.isArray(page) || asked.kind !== "accepted") throw noList(caller, request);
    yield page as readonly unknown[];
    const path = nextPath(asked.answer, caller.orgUrl.origin, request.route);
    request = path === undefined || path === request.path ? undefined : { ...first, path };
  }
}

function nextPath({ headers }: Answer, origin: string, route: string): string | undefined {
  const link = [headers["link"] ?? ""].flat().join(", ");
  const target = /<([^>]*)>\s*;\s*rel="next"/.exec(link)?.[1];
  if (target === undefined || !URL.canParse(target, origin)) return undefined;
  const { pathname, search } = new URL(target, origin);
  return pathname === route ? `${pathname}${search}` : undefined;
}

function noList({ orgUrl }: OrgCaller, { method, route }: OrgRequest): OktaError {
  return new OktaError({
    code: "ORG_ANSWER_UNEXPECTED",
    message: `The org's answer to ${method} ${route} is no list.`,
    hint: `${addressHint(orgUrl)} A proxy may stand in between.`,
  });
}
