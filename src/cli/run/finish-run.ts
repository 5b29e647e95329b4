import type { Summary } from "../../core/index.ts";
import type { SqliteJournal } from "../../journal/index.ts";
import { type CauseGroup, createCauseTally, summarise } from "../../reports/index.ts";
import type { RunContext } from "./carry-out.ts";
import { writeCreated, writeFailures, writeSummary } from "./run-folder.ts";

/**
 * Writes the run's files from its journal and tells how it ended.
 *
 * @throws {JournalError} JOURNAL_UNWRITABLE when a file can't be written
 */
export async function finishRun(context: RunContext, journal: SqliteJournal): Promise<Summary> {
  const { session, located } = context;
  const { folder } = located;
  const files = [await writeCreated(folder, journal)];
  const failures = await writeFailures(folder, journal);
  const summary = await summaryOf(folder, journal);
  if (summary.rejected + summary.failed > 0) files.push(failures);
  await writeSummary(folder, summary);
  session.terminal.clear();
  session.view.end({
    kind: "run",
    summary,
    causes: await causesOf(journal),
    files,
    next: nextStep(summary),
  });
  return summary;
}

/** The summary of a run, over all its processes; finished when its source was read to the end. */
export async function summaryOf(folder: string, journal: SqliteJournal): Promise<Summary> {
  const { org, scenario } = journal.identity();
  const { elapsedMs, ...traffic } = journal.cost();
  const totals = journal.totals();
  const leftOut = journal.leftOut();
  const summary = summarise({ run: folder, org, scenario, totals, leftOut, traffic, elapsedMs });
  return { ...summary, finished: summary.finished && (await journal.planFinished()) };
}

/** Why records were rejected or failed, every cause of each counted, with the first examples. */
export async function causesOf(journal: SqliteJournal): Promise<readonly CauseGroup[]> {
  const tally = createCauseTally();
  for await (const record of journal.failures()) tally.add(record);
  return tally.groups();
}

function nextStep({ run, finished, rejected, failed }: Summary): string | undefined {
  if (!finished) return "To go on, run the same command again.";
  if (rejected + failed === 0) return undefined;
  return `Mend ${run}/failures.csv and give it back: okta-migrate import ${run}/failures.csv --run ${run}`;
}
