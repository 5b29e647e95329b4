import type { Summary, Totals } from "../../core/index.ts";
import type { SqliteJournal } from "../../journal/index.ts";
import { type CauseGroup, summarise } from "../../reports/index.ts";
import type { RunContext } from "./carry-out.ts";
import { writeCreated, writeFailures, writeSummary } from "./run-folder.ts";

/**
 * Writes the run's files from its journal and tells how it ended.
 *
 * @throws {JournalError} JOURNAL_UNWRITABLE when a file can't be written
 */
export async function finishRun(context: RunContext, journal: SqliteJournal): Promise<Totals> {
  const { session, located } = context;
  const { folder } = located;
  const files = [await writeCreated(folder, journal)];
  const failures = await writeFailures(folder, journal);
  const summary = summaryOf(folder, journal);
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

/** The summary of a run, over all its processes. */
export function summaryOf(folder: string, journal: SqliteJournal): Summary {
  const { org, scenario } = journal.identity();
  const { elapsedMs, ...traffic } = journal.cost();
  return summarise({ run: folder, org, scenario, totals: journal.totals(), traffic, elapsedMs });
}

/** Why records were rejected or failed, with the first of each cause. */
export async function causesOf(journal: SqliteJournal): Promise<readonly CauseGroup[]> {
  const counts = await journal.causeCounts();
  return counts;
}

function nextStep({ run, pending, rejected, failed }: Summary): string | undefined {
  if (pending > 0) return "To go on, run the same command again.";
  if (rejected + failed === 0) return undefined;
  return `Mend ${run}/failures.csv and give it back: okta-migrate import ${run}/failures.csv --run ${run}`;
}
