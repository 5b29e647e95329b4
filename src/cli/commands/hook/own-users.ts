import { ConfigError } from "../../../core/index.ts";
import { journalExists, openJournal } from "../../../journal/index.ts";
import type { OrgUrl } from "../../../okta/index.ts";

/** Whose programme it is: everybody's, or that of one run's users. */
export interface OwnUsers {
  /** Whether a user is meant. */
  has(oktaId: string): boolean;
  /** How many the run created for the hook; undefined: no run is named. */
  readonly count: number | undefined;
  close(): Promise<void>;
}

/**
 * Opens the users of a run who were created for the hook; without a run, everybody.
 *
 * @throws {ConfigError} RUN_NOT_FOUND, RUN_MISMATCH
 * @throws {JournalError} when its journal can't be read
 */
export async function openOwnUsers(folder: string | undefined, org: OrgUrl): Promise<OwnUsers> {
  if (folder === undefined) {
    return { has: () => true, count: undefined, close: () => Promise.resolve() };
  }
  if (!(await journalExists(folder))) {
    throw new ConfigError({
      code: "RUN_NOT_FOUND",
      at: "--run",
      message: `${folder} holds no run.`,
      hint: "Name the folder of the import whose users are meant, or leave --run out.",
    });
  }
  const journal = await openJournal({ dir: folder, readOnly: true });
  try {
    const { org: origin } = journal.identity();
    if (origin !== org.origin) throw otherOrg(folder, origin, org.origin);
    const count = await journal.gatherHookUsers();
    return {
      has: (oktaId) => journal.isHookUser(oktaId),
      count,
      close: () => journal.close(),
    };
  } catch (error) {
    await journal.close();
    throw error;
  }
}

function otherOrg(folder: string, itsOrg: string, org: string): ConfigError {
  return new ConfigError({
    code: "RUN_MISMATCH",
    at: "--run",
    message: `The run in ${folder} belongs to ${itsOrg}, not to ${org}.`,
    hint: "Name that org in OKTA_ORG_URL, or another run.",
  });
}
