import {
  ConfigError,
  isMigrationError,
  JournalError,
  type MigrationError,
} from "../../core/index.ts";
import type { SqliteJournal } from "../../journal/index.ts";
import {
  DEFAULT_FAILURE_LIMIT,
  planRecords,
  runMigration,
  settleAttempts,
} from "../../migration/index.ts";
import { connectOrg, type OrgConnection } from "../../okta/index.ts";
import { systemRandom } from "../../platform/index.ts";
import { type OrgAccess, readOrgAccess } from "../access/org-access.ts";
import { EXIT, type ExitCode, exitCodeOf } from "../exit-codes.ts";
import { tellError } from "../output/tell-error.ts";
import { confirmLoss } from "./confirm-loss.ts";
import { confirmSending } from "./confirm-sending.ts";
import { finishRun } from "./finish-run.ts";
import { type LocatedRun, locateRun } from "./locate-run.ts";
import { openRunJournal, planWithNewMapping } from "./open-run-journal.ts";
import { planView } from "./plan-view.ts";
import { type PreparedRun, prepareRun } from "./prepare-run.ts";
import { previewRun } from "./preview-run.ts";
import { ProgressTicker } from "./progress-ticker.ts";
import { readConfig } from "./read-config.ts";
import { keepFlags, recallFlags } from "./recall-flags.ts";
import { identityOf } from "./run-identity.ts";
import type { RunOptions } from "./run-options.ts";
import { openSession, type Session } from "./session.ts";
import { openStopSignal } from "./stop-signal.ts";
import { takeUpMended } from "./take-up-mended.ts";
import { TokenQuestion } from "./token-question.ts";
import { unlessStopped } from "./unless-stopped.ts";
import { wantedRights } from "./wanted-rights.ts";

/** What a run is carried out with. */
export interface RunContext {
  readonly options: RunOptions;
  readonly session: Session;
  readonly access: OrgAccess;
  readonly located: LocatedRun;
  readonly org: OrgConnection;
  readonly prepared: PreparedRun;
  readonly tokenQuestion: TokenQuestion;
  readonly signal: AbortSignal;
  /** Fires the signal, as a first Ctrl-C does. */
  readonly interrupt: () => void;
  /** Monotonic time at which this process began. */
  readonly startedAtMs: number;
}

/**
 * Carries a run out, or on: from flags to summary.
 *
 * @param takeUp which records are sent: those without an outcome, or the failed ones as well
 * @returns the exit code of a run that began; what keeps one from beginning is thrown
 */
export async function carryOut(given: RunOptions, takeUp: "pending" | "failed"): Promise<ExitCode> {
  const session = openSession(given);
  const startedAtMs = session.clock.now();
  const options = await recallFlags(given, session);
  const config = await readConfig(options);
  const { environment } = session;
  const purpose = { creates: true, ...wantedRights(options, config) };
  const access = await readOrgAccess({ environment, purpose, events: session.events });
  const located = await locateRun(options, config, {
    orgHost: access.orgUrl.host,
    environment,
  });
  const { clock, events, view } = session;
  const stop = openStopSignal({
    clock,
    stopAt: options.stopAt,
    onStop: (reason) => view.say(STOP_REASONS[reason]),
  });
  const tokenQuestion = new TokenQuestion({ session, orgUrl: access.orgUrl, stop });
  const canAsk = session.canAsk && located.source.location !== "-";
  const org = connectOrg({
    ...access,
    askForToken: canAsk ? tokenQuestion.ask : undefined,
    rateShare: options.rateShare,
    maxConcurrency: options.maxConcurrency,
    clock,
    random: systemRandom,
    events,
  });
  try {
    const { scenario } = options;
    const source = { ...located.source, signal: stop.signal };
    const preparing = prepareRun({ source, config, scenario, org, session });
    const prepared = await unlessStopped(preparing, stop.signal);
    if (prepared === undefined) return EXIT.interrupted;
    const context: RunContext = {
      options,
      session,
      access,
      located,
      org,
      prepared,
      tokenQuestion,
      signal: stop.signal,
      interrupt: () => stop.interrupt(),
      startedAtMs,
    };
    if (options.dryRun) return await previewRun(context);
    return await sendRun(context, takeUp);
  } finally {
    stop.dispose();
    session.terminal.clear();
    // An input that nobody ends would keep the process waiting.
    if (located.source.location === "-") process.stdin.destroy();
    await org.close();
  }
}

const STOP_REASONS = {
  interrupt:
    "Stopping: what is in flight comes to its end. Once more ends at once; both can be resumed.",
  time: "Stopping: the time of --stop-at has come. What is in flight comes to its end.",
};

async function sendRun(context: RunContext, takeUp: "pending" | "failed"): Promise<ExitCode> {
  const { options, session, access, located, prepared } = context;
  const wanted = await identityOf(prepared, access.orgUrl);
  const { journal, sourceChanged, mappingChanged } = await openRunJournal({
    folder: located.folder,
    wanted,
    mayChangeSource: options.sourceChanged,
    isLive: prepared.source.isLive === true,
  });
  try {
    await keepFlags(journal, options);
    // What was mended is known by the records that are rejected or failed now.
    await takeUpAgain(context, journal, takeUp);
    if (mappingChanged) await planWithNewMapping(journal, wanted.mapping, session.events);
    const failure = await planAndSend(context, journal, sourceChanged);
    return await endRun(context, journal, failure);
  } finally {
    await journal.close();
  }
}

/** Makes records that ended badly pending again: those of a mended file, or all for a retry. */
async function takeUpAgain(
  context: RunContext,
  journal: SqliteJournal,
  takeUp: "pending" | "failed",
): Promise<void> {
  await takeUpMended(context, journal);
  if (takeUp === "failed") {
    await journal.reopen({ rejected: true, failed: true });
  }
}

/** @returns the error that stopped the run, where one did: what was done before it stands */
async function planAndSend(
  context: RunContext,
  journal: SqliteJournal,
  sourceChanged: boolean,
): Promise<MigrationError | undefined> {
  const { options, session, org, prepared, tokenQuestion, signal } = context;
  const { clock, events, view } = session;
  const ports = {
    source: prepared.source,
    directory: org.users,
    journal,
    clock,
    events,
    changes: prepared.examples,
  };
  const streaming = !prepared.source.replayable;
  const isHeld = (): boolean => tokenQuestion.isOpen;
  const ticker = new ProgressTicker({ view, clock, journal, org, streaming, isHeld });
  events.listen(ticker);
  let hasBegun = false;
  try {
    if (sourceChanged) await changeSource(context, journal);
    await settleAttempts(journal.unsettled("reopened"), "leave", ports, signal);
    if (!streaming) await planRecords(prepared.rules([]), ports, signal);
    await finishSourceChange(journal);
    ticker.endReading();
    session.terminal.clear();
    const pending = journal.totals().pending;
    const { limit } = options;
    const planning = planView(context, streaming ? undefined : journal);
    const plan = await unlessStopped(planning, signal);
    if (plan !== undefined) view.plan(plan);
    if (signal.aborted || (pending === 0 && !streaming)) return undefined;
    const loss = await confirmLoss({
      cleaned: streaming ? [] : await journal.cleaned(),
      accepted: prepared.lossAccepted || (await journal.isLossAccepted()),
      canAsk: session.canAsk,
    });
    if (loss === "interrupted") {
      context.interrupt();
      return undefined;
    }
    if (loss === "agreed") await journal.acceptLoss();
    const confirmation = await confirmSending({
      orgUrl: org.orgUrl,
      records: streaming ? undefined : Math.min(pending, limit ?? pending),
      confirmed: options.yes,
      canAsk: session.canAsk && !streaming,
    });
    if (confirmation === "interrupted") {
      context.interrupt();
      return undefined;
    }
    const groups = await unlessStopped(org.ensureGroups(prepared.groups), signal);
    if (groups === undefined) return undefined;
    ticker.beginSending();
    hasBegun = true;
    await runMigration(
      {
        rules: prepared.rules(groups.map(({ id }) => id)),
        onExisting: options.onExisting ?? "skip",
        failureLimit: options.failureLimit ?? DEFAULT_FAILURE_LIMIT,
        startedAtMs: context.startedAtMs,
        ...(limit === undefined ? {} : { limit }),
      },
      { ...ports, random: systemRandom },
      signal,
    );
    await finishSourceChange(journal);
    return undefined;
  } catch (error) {
    // It was stopped where it had to wait; what was done before it stands.
    if (signal.aborted && error === signal.reason) return undefined;
    // What keeps a run from beginning is told as it is; a broken journal says nothing.
    if (!isMigrationError(error) || error instanceof JournalError) throw error;
    if (error instanceof ConfigError && !hasBegun) throw error;
    return error;
  } finally {
    ticker.stop();
    session.terminal.clear();
  }
}

async function changeSource(context: RunContext, journal: SqliteJournal): Promise<void> {
  const { org, prepared, access, signal } = context;
  const { source, mapping } = await identityOf(prepared, access.orgUrl);
  if ((await journal.unsettledCount()) > 0) {
    await settleAttempts(journal.unsettled(), "fail", { directory: org.users, journal }, signal);
  }
  await journal.beginSourceChange(source);
  await journal.setMapping(mapping);
}

/** Ends a source change whose new source has been planned to its end. */
async function finishSourceChange(journal: SqliteJournal): Promise<void> {
  if ((await journal.isSourceChanging()) && (await journal.planFinished())) {
    await journal.finishSourceChange();
  }
}

async function endRun(
  context: RunContext,
  journal: SqliteJournal,
  failure: MigrationError | undefined,
): Promise<ExitCode> {
  const { options, session, org, signal, startedAtMs } = context;
  journal.noteTraffic(org.traffic(), session.clock.now() - startedAtMs);
  if (failure !== undefined) tellError(failure, options);
  const { rejected, failed, finished } = await finishRun(context, journal);
  if (failure !== undefined) return exitCodeOf(failure);
  if (signal.aborted && !finished) return EXIT.interrupted;
  return rejected + failed > 0 ? EXIT.someRecords : EXIT.ok;
}
