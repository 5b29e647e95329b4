import type { SearchEntry } from "ldapts";

import {
  type Answer,
  type LdapCodec,
  type LdapConnection,
  LdapRefusal,
  type LdapResult,
} from "./ldap-connection.ts";
import type { SearchPlan } from "./search-plan.ts";

/** Entries that are asked for at once. Active Directory gives at most 1,000, others often 500. */
export const PAGE_ENTRIES = 500;

/** Parts of Active Directory that domain controllers always point to, and that hold no people. */
const WITHOUT_PEOPLE =
  /^ldaps?:\/\/[^/]*\/(?:DC=(?:Domain|Forest)DnsZones|CN=Configuration|CN=Schema),/i;

/** References to other servers, which were not followed: what they hold would be missing. */
export class UnfollowedReference extends Error {
  /** The address of the first one. */
  readonly to: string;

  constructor(to: string) {
    super("a reference to another server");
    this.to = to;
  }
}

/**
 * All entries of a search, a page at a time (RFC 2696); the next page is on its way while one is read.
 *
 * @throws {LdapRefusal} when the server ends the search with an error
 * @throws {UnfollowedReference} when it leaves a part of it to another server
 * @throws {Error} when the connection breaks
 */
export async function* searchPages(
  codec: LdapCodec,
  connection: LdapConnection,
  plan: SearchPlan,
): AsyncGenerator<readonly SearchEntry[]> {
  const filter = codec.FilterParser.parseString(plan.filter);
  const request = (cookie: Buffer | undefined): Answer =>
    connection.search({
      baseDN: plan.address.base,
      scope: plan.scope,
      filter,
      attributes: [...plan.attributes],
      controls: [
        new codec.PagedResultsControl({
          value: { size: PAGE_ENTRIES, ...(cookie === undefined ? {} : { cookie }) },
        }),
      ],
    });
  let answer: Answer | undefined = request(undefined);
  while (answer !== undefined) {
    const entries = await answer.take(PAGE_ENTRIES);
    const end = answer.end();
    if (end !== undefined) {
      assertWhole(end.result, end.references);
      const cookie = cookieOf(codec, end.result);
      answer = cookie === undefined ? undefined : request(cookie);
    }
    if (entries.length > 0) yield entries;
  }
}

function assertWhole({ status }: LdapResult, references: readonly string[]): void {
  if (status !== 0) throw new LdapRefusal(status);
  const reference = references.find((one) => !WITHOUT_PEOPLE.test(decodeURIComponent(one)));
  if (reference !== undefined) throw new UnfollowedReference(reference);
}

/** Where the next page begins; undefined after the last one. An empty page may have followers. */
function cookieOf(codec: LdapCodec, { controls = [] }: LdapResult): Buffer | undefined {
  const control = controls.find((one) => one instanceof codec.PagedResultsControl);
  const cookie = control?.value?.cookie;
  return cookie === undefined || cookie.length === 0 ? undefined : cookie;
}
