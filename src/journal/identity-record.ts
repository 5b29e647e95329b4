import { corruptJournal } from "./journal-errors.ts";
import type { MetaTable } from "./meta-table.ts";
import { parseIdentity, type RunIdentity } from "./run-identity.ts";

/** What the run belongs to, as it stands in the journal. */
export class IdentityRecord {
  readonly #meta: MetaTable;
  #current: RunIdentity;

  /** @throws {JournalError} JOURNAL_CORRUPT when the journal holds none */
  constructor(meta: MetaTable, path: string) {
    this.#meta = meta;
    const stored = parseIdentity(meta.get("identity") ?? "");
    if (stored === undefined) throw corruptJournal(path, "it does not say which run it is of");
    this.#current = stored;
  }

  get current(): RunIdentity {
    return this.#current;
  }

  /** Inside a transaction, as its last change. */
  change(part: Partial<RunIdentity>): void {
    const changed = { ...this.#current, ...part };
    this.#meta.set("identity", JSON.stringify(changed));
    this.#current = changed;
  }
}
