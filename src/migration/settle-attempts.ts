import type { Journal, Outcome, PendingRecord, UserDirectory } from "../core/index.ts";
import { isMadeNoEarlier } from "./judge-found-user.ts";

/** What settling needs of the outside. */
export interface SettlePorts {
  readonly directory: UserDirectory;
  readonly journal: Journal;
}

/**
 * Gives attempts whose answer never came an outcome, by looking their logins up and sending nothing:
 * needed before a run goes on with another source, or plans records again that may then have
 * another login.
 *
 * A user made no earlier than the attempt is ours.
 *
 * @param otherwise what becomes of one that is not there or can't be looked up: `fail` with
 *   `ANSWER_LOST`, to be looked up again should the new source hold its login; or `leave` as it is
 */
export async function settleAttempts(
  attempted: Iterable<PendingRecord> | AsyncIterable<PendingRecord>,
  otherwise: "fail" | "leave",
  { directory, journal }: SettlePorts,
  signal: AbortSignal,
): Promise<void> {
  for await (const record of attempted) {
    const { seq } = record;
    const outcome = await lookUpAttempt(record, directory, signal);
    if (outcome !== "absent" && outcome.kind !== "failed") {
      await journal.noteOutcome({ seq, outcome });
    } else if (otherwise === "fail") {
      await journal.noteOutcome({ seq, outcome: NOT_SHOWN, fields: {} });
    }
  }
}

/** What became of an attempt whose answer never came, as far as its login alone tells. */
export async function lookUpAttempt(
  { login, notBeforeMs }: PendingRecord,
  directory: UserDirectory,
  signal: AbortSignal,
): Promise<Outcome | "absent"> {
  const found = await directory.find(login, signal);
  if (found.kind === "absent") return "absent";
  if (found.kind === "unknown") return { kind: "failed", ...found.failure, code: "ANSWER_LOST" };
  const { oktaId, createdAtMs } = found.user;
  return { kind: isMadeNoEarlier(createdAtMs, notBeforeMs) ? "created" : "existing", oktaId };
}

const NOT_SHOWN: Outcome = {
  kind: "failed",
  code: "ANSWER_LOST",
  reason: "The answer to the request never came, and the org shows no user with the login.",
  hint: "Run retry: the login is looked up again before anything is sent.",
};
