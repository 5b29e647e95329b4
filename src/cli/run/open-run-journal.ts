import type { EventSink } from "../../core/index.ts";
import { openJournal, type RunIdentity, type SqliteJournal } from "../../journal/index.ts";
import { openRunFolder } from "./run-folder.ts";
import { assertSameRun, isSourceChanged } from "./run-identity.ts";

/** A run's journal, and what has to happen before its source is planned. */
export interface OpenedJournal {
  readonly journal: SqliteJournal;
  /** Whether the run goes on with another source, by login. */
  readonly sourceChanged: boolean;
  /** Whether records were planned with another mapping: {@link planWithNewMapping} is due. */
  readonly mappingChanged: boolean;
}

/** What a run's journal is opened for. */
export interface JournalRequest {
  readonly folder: string;
  readonly wanted: RunIdentity;
  /** By `--source-changed`. */
  readonly mayChangeSource: boolean;
  /** Whether the source may have changed without its fingerprint telling. */
  readonly isLive: boolean;
}

/**
 * Opens the run's journal, a new one where there is none, and checks that it is this run's.
 *
 * @throws {JournalError} JOURNAL_LOCKED and others
 * @throws {ConfigError} RUN_MISMATCH, SOURCE_CHANGED
 */
export async function openRunJournal(request: JournalRequest): Promise<OpenedJournal> {
  const { folder, wanted, mayChangeSource, isLive } = request;
  await openRunFolder(folder);
  const journal = await openJournal({ dir: folder, create: wanted });
  try {
    const known = journal.identity();
    assertSameRun(known, wanted, folder);
    const sourceChanged =
      isSourceChanged(known, wanted, { allowed: mayChangeSource, isLive, folder }) ||
      (await journal.isSourceChanging());
    const mappingChanged = !sourceChanged && known.mapping !== wanted.mapping;
    return { journal, sourceChanged, mappingChanged };
  } catch (error) {
    await journal.close();
    throw error;
  }
}

/** Has every record that was not sent yet planned again, by the mapping that holds from now on. */
export async function planWithNewMapping(
  journal: SqliteJournal,
  mapping: string,
  events: EventSink,
): Promise<void> {
  events.emit({
    event: "warning",
    message: "The mapping is not what it was: records that were not sent yet are planned again.",
  });
  await journal.reopen({ rejected: true, pending: true, leftOut: true });
  await journal.setMapping(mapping);
}
