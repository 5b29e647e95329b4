import { join } from "node:path";
import { InvariantError, printable } from "../../../core/index.ts";
import { secretRandomBytes } from "../../../platform/index.ts";
import type { Rehearsal } from "../../../reports/index.ts";
import { EXIT, type ExitCode } from "../../exit-codes.ts";
import { tellError } from "../../output/tell-error.ts";
import { prepareRun } from "../../run/prepare-run.ts";
import { readConfig } from "../../run/read-config.ts";
import { openSession, type Session } from "../../run/session.ts";
import { openStopSignal } from "../../run/stop-signal.ts";
import { unlessStopped } from "../../run/unless-stopped.ts";
import { childEnvironment, unusedOrgVariables } from "./child-environment.ts";
import { checkSource } from "./check-source.ts";
import { Children } from "./children.ts";
import { composeRehearsal } from "./compose-rehearsal.ts";
import { importFlags, inventSource, namedSource, type RehearsalSource } from "./find-source.ts";
import { startHookStandIn } from "./hook-stand-in.ts";
import { type KnownPasswords, passwordsOf } from "./known-passwords.ts";
import type { RehearseOptions } from "./options.ts";
import { planLoads } from "./plan-loads.ts";
import { rehearseLoads } from "./rehearse-loads.ts";
import { openRehearseView } from "./rehearse-view.ts";
import type { ImportEnd } from "./run-import.ts";
import { type Survey, surveySource } from "./survey-source.ts";
import {
  defaultRehearsalFolder,
  keepFailures,
  openWorkFolder,
  removeWorkFolder,
  type VerdictFile,
  writeVerdict,
} from "./work-folder.ts";

const INVENTED_NAME = "invented-users";
/** Exit codes of an import that has not met the org's refusal. */
const OURS = [EXIT.config, EXIT.source, EXIT.journal, EXIT.bug];

/**
 * Rehearses the whole job against an emulated org and tells what follows.
 *
 * @returns 0 for GO; 1 where records are to be mended or a proof failed; else what stopped it
 * @throws {ConfigError} when flags or config make no sense
 * @throws {SourceError} when the source can't be read
 * @throws {JournalError} JOURNAL_UNWRITABLE when the verdict can't be written
 */
export async function runRehearse(options: RehearseOptions): Promise<ExitCode> {
  const session = openSession(options.run);
  const { clock, environment } = session;
  const stop = openStopSignal({
    clock,
    stopAt: undefined,
    onStop: () => session.terminal.print("Stopping: the rehearsal is given up."),
  });
  const { signal } = stop;
  const children = new Children(signal, environment["OKTA_MIGRATE_LOG"] !== undefined);
  let workFolder: string | undefined;
  try {
    warnOfUnusedOrg(session);
    const config = options.users === undefined ? await readConfig(options.run) : undefined;
    const named = namedSource(options, config);
    // What is wrong with it is told before the verdict of an earlier rehearsal goes.
    const given = named === undefined ? undefined : await passwordsOf(named, session);
    const folder = options.out ?? defaultRehearsalFolder(named?.name ?? INVENTED_NAME);
    workFolder = await openWorkFolder(folder);
    const env = childEnvironment(environment, {});
    const source = named ?? (await inventSource(options, workFolder, children, env));
    const rehearsing = rehearse({
      options,
      session,
      signal,
      children,
      source,
      passwords: given ?? (await passwordsOf(source, session)),
      env,
      folder,
      workFolder,
    });
    // Children that were killed are told of as such; nobody waits for more.
    return (await unlessStopped(rehearsing, signal)) ?? EXIT.interrupted;
  } catch (error) {
    if (signal.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    await children.endAll();
    stop.dispose();
    session.terminal.clear();
    if (workFolder !== undefined) await removeWorkFolder(workFolder);
  }
}

function warnOfUnusedOrg({ environment, events }: Session): void {
  const unused = unusedOrgVariables(environment);
  if (unused.length === 0) return;
  events.emit({
    event: "warning",
    message: `${unused.join(", ")} names an org that is not on this machine: it is not used.`,
    hint: "A rehearsal talks to its own emulated org alone.",
  });
}

interface RehearsalParts {
  readonly options: RehearseOptions;
  readonly session: Session;
  readonly signal: AbortSignal;
  readonly children: Children;
  readonly source: RehearsalSource;
  readonly passwords: KnownPasswords;
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly workFolder: string;
}

async function rehearse(parts: RehearsalParts): Promise<ExitCode> {
  const { options, session, signal, children, source, passwords } = parts;
  const { env, workFolder } = parts;
  const { clock } = session;
  const startedAt = new Date(clock.wallNow()).toISOString();
  const startedAtMs = clock.now();
  const prepared = await prepareRun({
    source: source.source,
    config: source.config,
    scenario: options.run.scenario,
    org: undefined,
    session: { ...session, canAsk: false },
  });
  const survey = await surveySource(prepared, passwords, signal);
  const token = randomText();
  const shared = { children, clock, signal, source, survey, env, token, workFolder };
  const checked = await checkSource({ ...shared, flags: importFlags(options) });
  if (signal.aborted) return EXIT.interrupted;
  const { summary } = checked;
  if (summary === undefined) return tellStopped(checked, options);
  const { records, rejected } = summary;
  const loads = planLoads({
    wanted: options.loads,
    records,
    limits: options.limits,
    rateShare: options.run.rateShare,
    atMostMs: options.atMostMs,
    faults: options.faults,
  });
  const view = openRehearseView(session, options.run.json);
  const { scenario } = prepared;
  const { limits } = options;
  const { routes } = checked;
  const told = { source: source.name, invented: source.invented, scenario, records, rejected };
  view.plan({ ...told, routes, limits, loads });
  const key = randomText();
  const needsHook = scenario === "hook" || survey.users.some(({ route }) => route === "hook");
  const server = needsHook ? await startHookStandIn(passwords, key) : undefined;
  try {
    const done = await rehearseLoads(loads, {
      ...shared,
      view,
      scenario,
      records,
      rejected,
      limits,
      rateShare: options.run.rateShare,
      maxConcurrency: options.run.maxConcurrency,
      importFlags: importFlags(options),
      hook: server === undefined ? undefined : { server, key },
    });
    if (done === "interrupted" || signal.aborted) return EXIT.interrupted;
    const rehearsal = composeRehearsal({
      options,
      source: {
        name: source.name,
        invented: source.invented,
        sha256: await prepared.source.fingerprint(),
      },
      mapping: prepared.rulesFingerprint,
      scenario,
      checked,
      totals: summary,
      planned: loads,
      done,
      customAttributes: Object.keys(survey.customAttributes),
      places: namesOf(survey.places),
      groups: survey.groups.length,
      startedAt,
      elapsedMs: clock.now() - startedAtMs,
    });
    const { files, trouble } = await keepVerdict(rehearsal, rejected, parts);
    view.end(rehearsal, files);
    if (trouble !== undefined) throw trouble;
    if (done.stopped !== undefined) return exitCodeOfStopped(done.stopped.end);
    return rehearsal.decision.verdict === "GO" ? EXIT.ok : EXIT.someRecords;
  } finally {
    await server?.close();
  }
}

/** Writes what is kept; where that fails the verdict can still be told. */
async function keepVerdict(
  rehearsal: Rehearsal,
  rejected: number,
  { folder, workFolder }: Pick<RehearsalParts, "folder" | "workFolder">,
): Promise<{ readonly files: readonly VerdictFile[]; readonly trouble: Error | undefined }> {
  const files: VerdictFile[] = [];
  try {
    files.push(...(await writeVerdict(folder, rehearsal)));
    const checkRun = join(workFolder, "check");
    if (rejected > 0) files.push(await keepFailures(folder, checkRun));
    return { files, trouble: undefined };
  } catch (error) {
    return {
      files,
      trouble: error instanceof Error ? error : new InvariantError("no error", error),
    };
  }
}

function tellStopped(end: ImportEnd, { run }: RehearseOptions): ExitCode {
  const unknown = {
    code: "INVARIANT_BROKEN" as const,
    message: "The check of the source ended without a word.",
    hint: "Run okta-migrate check with the same source, and report what it says.",
  };
  tellError((end.error as Parameters<typeof tellError>[0] | undefined) ?? unknown, run);
  return exitCodeOfStopped(end);
}

/** That of the import where something of ours is at fault; else that a load stopped. */
function exitCodeOfStopped({ code }: ImportEnd): ExitCode {
  return OURS.find((own) => own === code) ?? EXIT.org;
}

function namesOf({ type, realm }: Survey["places"]): readonly string[] {
  return [
    ...(type === undefined ? [] : [`the user type ${printable(type)}`]),
    ...(realm === undefined ? [] : [`the realm ${printable(realm)}`]),
  ];
}

function randomText(): string {
  return Buffer.from(secretRandomBytes(24)).toString("hex");
}
