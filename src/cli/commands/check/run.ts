import { ConfigError, type Totals } from "../../../core/index.ts";
import { openEphemeralJournal, type SqliteJournal } from "../../../journal/index.ts";
import type { MigrationConfig } from "../../../mapping/index.ts";
import { planRecords } from "../../../migration/index.ts";
import { connectOrg, type OrgConnection } from "../../../okta/index.ts";
import { systemRandom } from "../../../platform/index.ts";
import { FieldSurvey, summarise } from "../../../reports/index.ts";
import { namesOrg } from "../../access/choose-way.ts";
import { type OrgAccess, readOrgAccess } from "../../access/org-access.ts";
import { EXIT, type ExitCode } from "../../exit-codes.ts";
import { causesOf } from "../../run/finish-run.ts";
import { type LocatedRun, locateRun } from "../../run/locate-run.ts";
import { planView } from "../../run/plan-view.ts";
import { type PreparedRun, prepareRun } from "../../run/prepare-run.ts";
import { ProgressTicker } from "../../run/progress-ticker.ts";
import { readConfig } from "../../run/read-config.ts";
import { recallFlags } from "../../run/recall-flags.ts";
import { openRunFolder, writeFailures } from "../../run/run-folder.ts";
import type { RunOptions } from "../../run/run-options.ts";
import { openSession, type Session } from "../../run/session.ts";
import { openStopSignal } from "../../run/stop-signal.ts";
import { unlessStopped } from "../../run/unless-stopped.ts";
import { wantedRights } from "../../run/wanted-rights.ts";
import { VERSION } from "../../version.ts";
import { surveyedRules, writeMatrix } from "./write-matrix.ts";

/** The flags of a check. */
export interface CheckOptions extends RunOptions {
  /** Whether the mapping matrix is written. */
  readonly matrix: boolean;
}

/** Reads everything and sends nothing. */
export async function runCheck(given: CheckOptions): Promise<ExitCode> {
  const session = openSession(given);
  const options = await recallFlags(given, session);
  const config = await readConfig(options);
  const access = await readAccess(options, config, session);
  const org = access === undefined ? undefined : openOrg(options, access, session);
  const stop = openStopSignal({
    clock: session.clock,
    stopAt: options.stopAt,
    onStop: () => session.view.say("Stopping."),
  });
  try {
    const located = await locateRun(options, config, {
      orgHost: org?.orgUrl.host,
      environment: session.environment,
    });
    if (located.mended !== undefined) throw mendedFile(located);
    const source = { ...located.source, signal: stop.signal };
    const preparing = prepareRun({ source, config, scenario: options.scenario, org, session });
    const prepared = await unlessStopped(preparing, stop.signal);
    if (prepared === undefined) return EXIT.interrupted;
    const { signal } = stop;
    return await checkRecords({ options, session, access, org, located, prepared, signal });
  } finally {
    stop.dispose();
    session.terminal.clear();
    await org?.close();
  }
}

interface CheckContext {
  readonly options: CheckOptions;
  readonly session: Session;
  readonly access: OrgAccess | undefined;
  readonly org: OrgConnection | undefined;
  readonly located: LocatedRun;
  readonly prepared: PreparedRun;
  readonly signal: AbortSignal;
}

/** How to get in; undefined where no org is named. */
async function readAccess(
  options: RunOptions,
  config: MigrationConfig | undefined,
  { environment, events }: Session,
): Promise<OrgAccess | undefined> {
  if (!namesOrg(environment)) return undefined;
  const purpose = { creates: false, ...wantedRights(options, config) };
  return readOrgAccess({ environment, purpose, events });
}

function openOrg(options: RunOptions, access: OrgAccess, session: Session): OrgConnection {
  return connectOrg({
    ...access,
    rateShare: options.rateShare,
    maxConcurrency: options.maxConcurrency,
    clock: session.clock,
    random: systemRandom,
    events: session.events,
  });
}

function mendedFile({ folder, mended }: LocatedRun): ConfigError {
  return new ConfigError({
    code: "OPTION_INVALID",
    at: "[source]",
    message: `${mended?.location ?? "The source"} is the failures.csv of a run, not a source of its own.`,
    hint: `Give it back to the run, which checks it first: okta-migrate import ${mended?.location ?? "failures.csv"} --run ${folder} --dry-run`,
  });
}

async function checkRecords(context: CheckContext): Promise<ExitCode> {
  const { session, org, located, prepared, signal } = context;
  const { view, clock, events } = session;
  const startedAtMs = clock.now();
  const journal = await openEphemeralJournal({
    org: org?.orgUrl.origin ?? "",
    scenario: prepared.scenario,
    source: {
      location: located.source.location,
      name: prepared.source.name,
      fingerprint: undefined,
    },
    mapping: prepared.rulesFingerprint,
    toolVersion: VERSION,
  });
  const streaming = !prepared.source.replayable;
  const ticker = new ProgressTicker({ view, clock, journal, org, streaming });
  try {
    const { source, examples } = prepared;
    const ports = { source, journal, events, changes: examples };
    const survey = context.options.matrix ? new FieldSurvey() : undefined;
    const rules = prepared.rules([]);
    const surveyed = survey === undefined ? rules : surveyedRules(rules, survey);
    await planRecords(surveyed, ports, signal);
    session.terminal.clear();
    const plan = await unlessStopped(planView(context, journal), signal);
    if (plan !== undefined) view.plan(plan);
    await endCheck(context, { journal, survey, elapsedMs: clock.now() - startedAtMs });
    if (signal.aborted) return EXIT.interrupted;
    return journal.totals().rejected > 0 ? EXIT.someRecords : EXIT.ok;
  } finally {
    ticker.stop();
    await journal.close();
  }
}

async function endCheck(
  { session, org, located, prepared }: CheckContext,
  {
    journal,
    survey,
    elapsedMs,
  }: {
    readonly journal: SqliteJournal;
    readonly survey: FieldSurvey | undefined;
    readonly elapsedMs: number;
  },
): Promise<void> {
  const { folder } = located;
  await openRunFolder(folder);
  const failures = await writeFailures(folder, journal);
  const totals: Totals = journal.totals();
  const files = totals.rejected > 0 ? [failures] : [];
  if (survey !== undefined) {
    const leftOut = prepared.mapping.accepts === undefined ? undefined : journal.leftOut();
    const about = { survey, source: prepared.source.name, org: org?.orgUrl.host, leftOut };
    files.push(...(await writeMatrix(folder, prepared, about)));
  }
  const none = { requests: 0, rateLimited: 0, retries: 0 };
  session.view.end({
    kind: "check",
    summary: summarise({
      run: folder,
      org: org?.orgUrl.origin ?? "",
      scenario: prepared.scenario,
      totals,
      leftOut: journal.leftOut(),
      traffic: org?.traffic() ?? none,
      elapsedMs,
    }),
    causes: await causesOf(journal),
    files,
    next:
      org === undefined
        ? "Not checked, for want of an org: its own attributes and limits, its login format, its groups, and which logins it has already."
        : "Not checked: which logins the org has already.",
  });
}
