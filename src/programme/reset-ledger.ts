import type { ResetMail } from "../core/index.ts";

/** What is noted of a user's reset. */
export interface NotedReset {
  readonly state: "attempted" | "reset" | "refused";
  readonly mail: ResetMail;
}

/** Port: the note of every password reset, kept where the end of the process can't reach it. */
export interface ResetLedger {
  find(oktaId: string): NotedReset | undefined;
  /** On disk before it returns. @throws {JournalError} JOURNAL_UNWRITABLE, and then nothing may be sent */
  note(oktaId: string, mail: ResetMail, atMs: number): void;
  /** @throws {JournalError} JOURNAL_UNWRITABLE */
  end(oktaId: string, state: "reset" | "refused"): void;
}
