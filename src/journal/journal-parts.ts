import { Amendments } from "./amendments.ts";
import { CleaningAccount } from "./cleaning-account.ts";
import type { Connection } from "./connection.ts";
import { FailureTable } from "./failure-table.ts";
import { IdentityRecord } from "./identity-record.ts";
import { corruptJournal } from "./journal-errors.ts";
import { MetaTable } from "./meta-table.ts";
import { RecordTable } from "./record-table.ts";
import { RouteTable } from "./route-table.ts";
import type { RunIdentity } from "./run-identity.ts";
import { createTables, markVersion } from "./schema.ts";
import { SourceChange } from "./source-change.ts";
import { Tally } from "./tally.ts";
import { TrafficAccount } from "./traffic-account.ts";
import { Transactions } from "./transactions.ts";

/** The files behind a journal. */
export interface JournalFiles {
  readonly isClosed: boolean;
  /** @param options `fold`: whether the write-ahead log is to be folded into the main file */
  close(options: { readonly fold: boolean }): void;
}

/** What a journal is made of: one database, its tables and what is kept in memory of them. */
export interface JournalParts {
  readonly transactions: Transactions;
  readonly files: JournalFiles;
  readonly meta: MetaTable;
  readonly records: RecordTable;
  readonly routes: RouteTable;
  readonly failures: FailureTable;
  readonly amendments: Amendments;
  readonly sourceChange: SourceChange;
  readonly identity: IdentityRecord;
  readonly traffic: TrafficAccount;
  readonly cleaning: CleaningAccount;
  readonly tally: Tally;
}

/** Writes the tables of a new run, all or none. */
export function createRun(
  connection: Connection,
  identity: RunIdentity,
  schema: "main" | "temp",
): void {
  connection.exec("BEGIN IMMEDIATE");
  createTables(connection, schema);
  new MetaTable(connection).set("identity", JSON.stringify(identity));
  markVersion(connection);
  connection.exec("COMMIT");
}

/**
 * Puts a journal together over a database that has its tables; reads every record once.
 *
 * @param path for messages
 * @throws {JournalError} JOURNAL_CORRUPT when its rows contradict each other
 */
export function assembleJournal(
  connection: Connection,
  files: JournalFiles,
  path: string,
): JournalParts {
  const meta = new MetaTable(connection);
  const tally = new Tally();
  const routes = new RouteTable(connection);
  const records = new RecordTable(connection, tally, routes);
  const failures = new FailureTable(connection, meta);
  const traffic = new TrafficAccount(meta);
  const cleaning = new CleaningAccount(meta);
  tally.reset(records.count());
  tally.commit();
  const contradiction = records.findContradiction();
  if (contradiction !== undefined) throw corruptJournal(path, contradiction);
  return {
    files,
    meta,
    tally,
    records,
    routes,
    failures,
    traffic,
    cleaning,
    identity: new IdentityRecord(meta, path),
    amendments: new Amendments(connection, records, failures),
    sourceChange: new SourceChange({ connection, meta, records, failures, tally }),
    transactions: new Transactions(connection, path, {
      beforeCommit: () => {
        traffic.write();
        failures.writeColumns();
        cleaning.write();
      },
      afterCommit: () => tally.commit(),
      afterRollback: () => {
        tally.rollback();
        routes.forget();
        cleaning.forget();
      },
    }),
  };
}
