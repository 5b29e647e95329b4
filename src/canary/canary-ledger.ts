/** A throw-away user that may exist. */
export interface NotedCanary {
  readonly login: string;
  /** When it was noted, by this machine's clock, in milliseconds since 1970. */
  readonly notedAtMs: number;
}

/**
 * Port: the note of every throw-away user that may exist, kept where the end of the process can't
 * reach it. A login is in it from before its create leaves until it is known to be gone.
 */
export interface CanaryLedger {
  /** Those that may exist, oldest first. */
  noted(): readonly NotedCanary[];
  /** @throws {JournalError} JOURNAL_UNWRITABLE, and then nothing may be created */
  note(canary: NotedCanary): Promise<void>;
  /** @throws {JournalError} JOURNAL_UNWRITABLE */
  strike(login: string): Promise<void>;
}
