import {
  ConfigError,
  InvariantError,
  JournalError,
  type MigrationError,
  OktaError,
  SourceError,
} from "../core/index.ts";

/** How the process ends. Pinned: scripts are written against it. */
export const EXIT = {
  /** Every record ended well. */
  ok: 0,
  /** The run finished, some records were rejected or failed. */
  someRecords: 1,
  /** Usage or configuration. */
  config: 2,
  /** The source can't be read. */
  source: 3,
  /** The org refused or can't be reached, or too much failed; resumable. */
  org: 4,
  /** The journal can't be trusted, written or had. */
  journal: 5,
  /** A bug of ours. */
  bug: 70,
  /** Interrupted; resumable. */
  interrupted: 130,
} as const;

/** A number of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The exit code of an error that stopped a command. */
export function exitCodeOf(error: MigrationError): ExitCode {
  if (error instanceof ConfigError) return EXIT.config;
  if (error instanceof SourceError) return EXIT.source;
  if (error instanceof OktaError) return EXIT.org;
  if (error instanceof JournalError) return EXIT.journal;
  if (error instanceof InvariantError) return EXIT.bug;
  return EXIT.bug;
}
