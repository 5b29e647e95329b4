import { hash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import Database from "libsql";

import { SourceError, type SourceRecord, type SourceValue } from "../../core/index.ts";

/** The index of a million hashes has 30 MB; what is larger is read from the file. */
const CACHE_KIB = 48 * 1024;
const HASH_BYTES = 6;

/** A record of the joined source. */
export interface Partner {
  readonly id: number;
  readonly line: number;
  readonly fields: Readonly<Record<string, SourceValue>>;
}

/**
 * The records of a source by key, in a temporary file: encrypted under a key that only this process
 * has, and without a name as soon as it is open, so that it ends with the process whatever ends it.
 * Where a file that is open can't lose its name (Windows), it is removed at the end.
 *
 * Records are added, then the index is finished, then it is asked.
 */
export class JoinIndex {
  readonly #database: Database.Database;
  readonly #insert: Database.Statement;
  #select: Database.Statement | undefined;
  #records = 0;

  /**
   * @param encryptionKey 32 random bytes, hex
   * @throws {SourceError} JOIN_UNWRITABLE
   */
  constructor(encryptionKey: string) {
    try {
      const folder = mkdtempSync(join(tmpdir(), "okta-migrate-join-"));
      const path = join(folder, "records");
      this.#database = new Database(path, {
        encryptionCipher: "aes256cbc",
        encryptionKey,
      } as never);
      this.#database.exec(
        `PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -${CACHE_KIB}`,
      );
      this.#database.exec(
        "CREATE TABLE partner (id INTEGER PRIMARY KEY, hash INTEGER, key TEXT, line INTEGER, fields TEXT)",
      );
      forget(folder);
      this.#insert = this.#database.prepare(
        "INSERT INTO partner (hash, key, line, fields) VALUES (?, ?, ?, ?)",
      );
      this.#database.exec("BEGIN");
    } catch (error) {
      throw unwritable(error);
    }
  }

  /** How many records it holds. */
  get records(): number {
    return this.#records;
  }

  /** @throws {SourceError} JOIN_UNWRITABLE */
  add(key: string, { line, fields }: SourceRecord): void {
    try {
      this.#insert.run([hashOf(key), key, line, JSON.stringify(Object.fromEntries(fields))]);
      this.#records += 1;
    } catch (error) {
      throw unwritable(error);
    }
  }

  /** @throws {SourceError} JOIN_UNWRITABLE */
  finish(): void {
    try {
      this.#database.exec("COMMIT; CREATE INDEX partner_of ON partner (hash)");
    } catch (error) {
      throw unwritable(error);
    }
  }

  /** The records with a key, in their order. */
  find(key: string): readonly Partner[] {
    this.#select ??= this.#database
      .prepare("SELECT id, key, line, fields FROM partner WHERE hash = ? ORDER BY id")
      .raw(true);
    const rows = this.#select.all([hashOf(key)]) as [number, string, number, string][];
    return rows
      .filter(([, found]) => found === key)
      .map(([id, , line, fields]) => ({
        id,
        line,
        fields: JSON.parse(fields) as Partner["fields"],
      }));
  }
}

/** Keys are looked up by 48 bits of their hash, and then compared. */
function hashOf(key: string): number {
  return hash("sha1", key, "buffer").readUIntBE(0, HASH_BYTES);
}

function forget(folder: string): void {
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  if (process.platform === "win32") process.once("exit", remove);
  else remove();
}

function unwritable(cause: unknown): SourceError {
  return new SourceError({
    code: "JOIN_UNWRITABLE",
    message: "The temporary file of a joined source can't be written.",
    hint: "It lies in the folder that TMPDIR names and needs about as much room as that source: name one with room.",
    cause,
  });
}
