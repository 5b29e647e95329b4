import type { Journal, PendingRecord, UserDirectory } from "../core/index.ts";
import { isMadeNoEarlier } from "./judge-found-user.ts";

/** What settling needs of the outside. */
export interface SettlePorts {
  readonly directory: UserDirectory;
  readonly journal: Journal;
}

/**
 * Gives every attempt whose answer never came an outcome, by looking its login up and sending
 * nothing: needed before a run goes on with another source.
 *
 * A user made no earlier than the attempt is ours. One that is not there, or can't be looked up,
 * is failed with `ANSWER_LOST`, and is looked up again should the new source hold its login.
 */
export async function settleAttempts(
  attempted: Iterable<PendingRecord> | AsyncIterable<PendingRecord>,
  { directory, journal }: SettlePorts,
  signal: AbortSignal,
): Promise<void> {
  for await (const { seq, login, notBeforeMs } of attempted) {
    const found = await directory.find(login, signal);
    if (found.kind === "found") {
      const isOurs = isMadeNoEarlier(found.user.createdAtMs, notBeforeMs);
      const { oktaId } = found.user;
      await journal.noteOutcome({
        seq,
        outcome: isOurs ? { kind: "created", oktaId } : { kind: "existing", oktaId },
      });
    } else {
      await journal.noteOutcome({
        seq,
        outcome: {
          kind: "failed",
          code: "ANSWER_LOST",
          reason: "The answer to the request never came, and the org shows no user with the login.",
          hint: "Run retry: the login is looked up again before anything is sent.",
        },
        fields: {},
      });
    }
  }
}
