import { connectOrg, type OrgConnection, type ScopeNeeds } from "../../../okta/index.ts";
import { systemRandom } from "../../../platform/index.ts";
import { readOrgAccess } from "../../access/org-access.ts";
import { openSession, type Session } from "../../run/session.ts";

/** What a command of the programme works with. */
export interface Programme {
  readonly session: Session;
  readonly org: OrgConnection;
}

/** How the org is asked. */
export interface ProgrammeOptions {
  readonly json: boolean;
  /** @default 0.9 */
  readonly rateShare?: number;
  /** @default 4 */
  readonly maxConcurrency?: number;
}

const RATE_SHARE = 0.9;
const MAX_CONCURRENCY = 4;

/**
 * Carries out a command against the org that the environment names.
 *
 * @throws {ConfigError} as `readOrgAccess` says
 */
export async function withProgramme<T>(
  options: ProgrammeOptions,
  scopes: ScopeNeeds,
  work: (programme: Programme) => Promise<T>,
): Promise<T> {
  const session = openSession(options);
  const { environment, clock, events } = session;
  const access = await readOrgAccess({ environment, purpose: scopes, events });
  const org = connectOrg({
    ...access,
    rateShare: options.rateShare ?? RATE_SHARE,
    maxConcurrency: options.maxConcurrency ?? MAX_CONCURRENCY,
    clock,
    random: systemRandom,
    events,
  });
  try {
    return await work({ session, org });
  } finally {
    session.terminal.clear();
    await org.close();
  }
}
