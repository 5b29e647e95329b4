import { InvariantError, type MigrationError } from "../core/index.ts";
import type { Connection } from "./connection.ts";
import { type JournalAct, journalErrorOf } from "./journal-errors.ts";

/**
 * How long single changes gather before they are committed together. Each commit waits for the
 * disk, so that more of them would hold up everything else; longer gathering would leave requests
 * waiting for their attempt to be noted.
 */
const GATHER_MS = 4;
/** So many changes are committed without waiting for more. */
const GATHER_AT_MOST = 32;

interface Waiting {
  readonly work: () => void;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
  broken?: InvariantError;
}

/** What goes along with transactions. */
export interface TransactionCompanion {
  /** Adds what is to be written with every transaction. */
  beforeCommit(): void;
  afterCommit(): void;
  afterRollback(): void;
}

/**
 * Reads and writes of a journal, in order.
 *
 * - **open**: single changes gather for a moment and are committed together; reads and larger writes commit what has gathered first, so that they see it.
 * - **broken**: a statement or a commit failed. Everything rejects with the error of that moment:
 *   nothing may be sent on a journal that may not hold what it was told.
 * - **closed**: everything is refused.
 */
export class Transactions {
  readonly #connection: Connection;
  readonly #path: string;
  readonly #companion: TransactionCompanion;
  #gathered: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;
  #error: MigrationError | undefined;
  #durability: "FULL" | "NORMAL" = "FULL";

  constructor(connection: Connection, path: string, companion: TransactionCompanion) {
    this.#connection = connection;
    this.#path = path;
    this.#companion = companion;
  }

  /** Runs queries on what is committed. */
  read<T>(work: () => T): T {
    this.commitGathered();
    this.#assertUsable();
    try {
      return work();
    } catch (error) {
      throw this.#break(error, "read");
    }
  }

  /**
   * Runs a piece of work in a transaction of its own.
   *
   * @param durability `power-loss`: on the disk when it returns. `process-end`: safe from the end of
   *   the process, and on the disk with the next change that is; after a loss of power the journal
   *   may stand before it, never in between.
   */
  write<T>(work: () => T, durability: "power-loss" | "process-end" = "power-loss"): T {
    this.commitGathered();
    this.#assertUsable();
    return this.#transact(work, durability === "power-loss" ? "FULL" : "NORMAL");
  }

  /** Has a single change committed together with others; resolves when it is on the disk. */
  gather(work: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#error !== undefined) {
        reject(this.#error);
        return;
      }
      const count = this.#gathered.push({ work, resolve, reject });
      if (count === 1) this.#timer = setTimeout(() => this.commitGathered(), GATHER_MS);
      if (count === GATHER_AT_MOST) setImmediate(() => this.commitGathered());
    });
  }

  /** Commits what has gathered. Never throws: who waits is told. */
  commitGathered(): void {
    const gathered = this.#gathered;
    if (gathered.length === 0) return;
    this.#gathered = [];
    clearTimeout(this.#timer);
    try {
      this.#transact(() => {
        for (const waiting of gathered) attempt(waiting);
      }, "FULL");
    } catch (error) {
      const broken = journalErrorOf(error, "write", this.#path);
      for (const { reject } of gathered) reject(broken);
      return;
    }
    for (const { broken, resolve, reject } of gathered) {
      if (broken === undefined) resolve();
      else reject(broken);
    }
  }

  /** Refuses everything from now on. */
  close(): void {
    this.#error ??= new InvariantError("The journal was used after it was closed.");
  }

  /** Whether a read or a write failed, or the journal is closed. */
  get isUsable(): boolean {
    return this.#error === undefined;
  }

  #assertUsable(): void {
    if (this.#error !== undefined) throw this.#error;
  }

  #transact<T>(work: () => T, durability: "FULL" | "NORMAL"): T {
    try {
      this.#setDurability(durability);
      this.#connection.exec("BEGIN IMMEDIATE");
      const given = work();
      this.#companion.beforeCommit();
      this.#connection.exec("COMMIT");
      this.#companion.afterCommit();
      return given;
    } catch (error) {
      this.#rollBack();
      // A promise of the caller's that broke is found before anything of it is written.
      if (error instanceof InvariantError) throw error;
      throw this.#break(error, "write");
    }
  }

  #setDurability(durability: "FULL" | "NORMAL"): void {
    if (durability === this.#durability) return;
    this.#connection.exec(`PRAGMA synchronous = ${durability}`);
    this.#durability = durability;
  }

  #rollBack(): void {
    try {
      this.#connection.exec("ROLLBACK");
    } catch {
      // SQLite has rolled back by itself, or no transaction had begun.
    }
    this.#companion.afterRollback();
  }

  #break(error: unknown, act: JournalAct): MigrationError {
    this.#error ??= journalErrorOf(error, act, this.#path);
    return this.#error;
  }
}

/** One change among many: where it breaks a promise it is left out, and only its caller is told. */
function attempt(waiting: Waiting): void {
  try {
    waiting.work();
  } catch (error) {
    if (!(error instanceof InvariantError)) throw error;
    waiting.broken = error;
  }
}
