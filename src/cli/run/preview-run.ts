import type { Totals } from "../../core/index.ts";
import { openEphemeralJournal, openJournal, type SqliteJournal } from "../../journal/index.ts";
import { planRecords } from "../../migration/index.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { RunContext } from "./carry-out.ts";
import { causesOf, summaryOf } from "./finish-run.ts";
import { keepFirstBatch } from "./first-batch.ts";
import { planView } from "./plan-view.ts";
import { ProgressTicker } from "./progress-ticker.ts";
import { identityOf } from "./run-identity.ts";
import { showRequests } from "./show-requests.ts";
import { takeUpMended } from "./take-up-mended.ts";
import { unlessStopped } from "./unless-stopped.ts";

/** Does everything but sending: the plan, what is wrong, and the first requests on demand. */
export async function previewRun(context: RunContext): Promise<ExitCode> {
  const { session, org, prepared, options, access, signal } = context;
  const { clock, events, view } = session;
  const journal = await openEphemeralJournal(await identityOf(prepared, access.orgUrl));
  const ticker = new ProgressTicker({ view, clock, journal, org, streaming: false });
  try {
    const rules = prepared.rules([]);
    const source = keepFirstBatch(prepared.source);
    const ports = { source, journal, events, changes: prepared.examples };
    await planRecords(rules, ports, signal);
    if (await mendPreview(context, journal)) {
      await planRecords(rules, ports, signal);
    }
    session.terminal.clear();
    const plan = await unlessStopped(planView(context, journal), signal);
    if (plan !== undefined) view.plan(plan);
    if (options.showRequest) {
      await unlessStopped(showRequests(context, source.firstBatch(), journal), signal);
    }
    await endPreview(context, journal);
    if (signal.aborted) return EXIT.interrupted;
    return journal.totals().rejected > 0 ? EXIT.someRecords : EXIT.ok;
  } finally {
    ticker.stop();
    await journal.close();
  }
}

/**
 * Has the records that a mended file names planned again, with what was mended in them: those that
 * the org refused, too, which planning alone does not find.
 *
 * @returns whether there are such records
 */
async function mendPreview(context: RunContext, journal: SqliteJournal): Promise<boolean> {
  const { folder, mended } = context.located;
  if (mended === undefined) return false;
  const run = await openJournal({ dir: folder, readOnly: true });
  try {
    for await (const { seq, outcome, causes, fields } of run.failures()) {
      if (outcome === "rejected") continue;
      const { reason = "", hint = "" } = causes[0] ?? {};
      const failure = { kind: "failed", code: "ORG_REQUEST_REFUSED", reason, hint } as const;
      await journal.noteOutcome({ seq, outcome: failure, fields });
    }
  } finally {
    await run.close();
  }
  return (await takeUpMended(context, journal)) > 0;
}

/** The summary of a run that sent nothing: every record is pending. */
async function endPreview(context: RunContext, journal: SqliteJournal): Promise<void> {
  const { records } = journal.totals();
  const totals: Totals = {
    records,
    created: 0,
    updated: 0,
    existing: 0,
    rejected: 0,
    failed: 0,
    pending: records,
  };
  const traffic = context.org.traffic();
  const summary = await summaryOf(context.located.folder, journal);
  context.session.view.end({
    kind: "dry-run",
    summary: { ...summary, ...totals, ...traffic, finished: false },
    causes: await causesOf(journal),
    files: [],
    next: "Without --dry-run the users are created.",
  });
}
