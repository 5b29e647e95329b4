import { connectOrg, type OrgConnection, type ScopeNeeds } from "../../../okta/index.ts";
import { systemRandom } from "../../../platform/index.ts";
import { readOrgAccess } from "../../access/org-access.ts";
import { EXIT, type ExitCode } from "../../exit-codes.ts";
import { openSession, type Session } from "../../run/session.ts";
import { openStopSignal, type StopSignal } from "../../run/stop-signal.ts";
import { openOwnUsers, type OwnUsers } from "./own-users.ts";

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

/** What a command works with that goes through users and can be interrupted. */
export interface UsersProgramme extends Programme {
  /** Whose programme it is. */
  readonly own: OwnUsers;
  readonly stop: StopSignal;
}

/** How users are gone through. */
export interface UsersProgrammeOptions extends ProgrammeOptions {
  /** Folder of the run whose users are meant; undefined: everybody. */
  readonly run: string | undefined;
  /** Called once, when the command is asked to stop. @default nothing */
  readonly onStop?: () => void;
}

/**
 * Carries out a command that goes through users, as {@link withProgramme}.
 *
 * @returns what the work returns; 130 where it ends for being asked to stop
 * @throws {ConfigError} RUN_NOT_FOUND, RUN_MISMATCH
 * @throws {JournalError} when the run's journal can't be read
 */
export function withUsersProgramme(
  options: UsersProgrammeOptions,
  scopes: ScopeNeeds,
  work: (programme: UsersProgramme) => Promise<ExitCode>,
): Promise<ExitCode> {
  return withProgramme(options, scopes, async (programme) => {
    const { session, org } = programme;
    const stop = openStopSignal({
      clock: session.clock,
      stopAt: undefined,
      onStop: () => options.onStop?.(),
    });
    try {
      const own = await openOwnUsers(options.run, org.orgUrl);
      try {
        return await work({ ...programme, own, stop });
      } finally {
        await own.close();
      }
    } catch (error) {
      if (stop.signal.aborted && error === stop.signal.reason) return EXIT.interrupted;
      throw error;
    } finally {
      stop.dispose();
    }
  });
}

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
