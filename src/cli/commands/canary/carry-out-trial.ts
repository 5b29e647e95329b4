import {
  type CanaryCase,
  type CanaryKeeper,
  type Finding,
  mostUsers,
  planCanaryProfiles,
  tryCases,
} from "../../../canary/index.ts";
import { isMigrationError, type MigrationError, type Profile } from "../../../core/index.ts";
import type { OrgConnection } from "../../../okta/index.ts";
import type { SaltReading } from "../../../passwords/index.ts";
import { secretRandomBytes } from "../../../platform/index.ts";
import { builtInSchema } from "../../../validation/index.ts";
import { EXIT, type ExitCode, exitCodeOf } from "../../exit-codes.ts";
import { tellError } from "../../output/tell-error.ts";
import { confirmOnOrg } from "../../run/confirm-on-org.ts";
import type { Session } from "../../run/session.ts";
import type { StopSignal } from "../../run/stop-signal.ts";
import { unlessStopped } from "../../run/unless-stopped.ts";
import type { CanaryView, TriedCase } from "./canary-view.ts";
import { type CaseOrigin, neededCases } from "./needed-cases.ts";
import type { CanaryOptions } from "./options.ts";

/** What a trial is carried out with. */
export interface TrialContext {
  readonly options: CanaryOptions;
  readonly session: Session;
  readonly org: OrgConnection;
  readonly keeper: CanaryKeeper;
  readonly view: CanaryView;
  readonly stop: StopSignal;
}

/** What came out so far. */
interface Results {
  control: Finding | undefined;
  readonly algorithms: TriedCase[];
  /** What stopped the trial. */
  failure: MigrationError | undefined;
}

interface PlannedTrial {
  readonly cases: readonly CanaryCase[];
  readonly newProfile: () => Profile;
  /** How the config says that the org reads the salt of SHA-256. */
  readonly saltReading: SaltReading | undefined;
}

/**
 * Removes what an earlier process left, and then tries the cases, after asking.
 *
 * @param origin undefined: nothing is tried
 * @throws {ConfigError} where a trial can't begin
 */
export async function carryOutTrial(
  context: TrialContext,
  origin: CaseOrigin | undefined,
): Promise<ExitCode> {
  const { keeper, session, stop } = context;
  const results: Results = { control: undefined, algorithms: [], failure: undefined };
  const leftBefore = keeper.left().length;
  if (leftBefore > 0) {
    session.view.say(`An earlier trial left ${leftBefore} of its users: they are removed first.`);
    await unlessStopped(keeper.sweep(), stop.signal);
  }
  const mayBegin = keeper.trouble === undefined && !stop.signal.aborted;
  const planned = origin !== undefined && mayBegin ? await plan(context, origin) : undefined;
  if (planned !== undefined) await tryPlanned(context, planned, results);
  return end(context, results);
}

/** @returns undefined where nothing is to be tried, or the operator stopped before it began */
async function plan(context: TrialContext, origin: CaseOrigin): Promise<PlannedTrial | undefined> {
  const { options, session, org, view, stop } = context;
  const { signal } = stop;
  const schema = await unlessStopped(
    org.readSchema().then((read) => read ?? builtInSchema()),
    signal,
  );
  if (schema === undefined) return undefined;
  const { thorough, loginDomain } = options;
  const cases = await unlessStopped(
    neededCases(origin, { session, schema, thorough, signal }),
    signal,
  );
  if (cases === undefined || signal.aborted) return undefined;
  view.plan(cases);
  if (cases.length === 0) {
    session.view.say("No record of the source goes by its hash: there is nothing to try.");
    return undefined;
  }
  const newProfile = planCanaryProfiles(schema, { randomBytes: secretRandomBytes, loginDomain });
  const readsInput = origin.kind === "source" && origin.source.location === "-";
  const answer = await confirmOnOrg({
    orgUrl: org.orgUrl,
    deed: `Create and remove up to ${mostUsers(cases)} throw-away users`,
    confirmed: options.yes,
    canAsk: session.canAsk && !readsInput,
    hint: "Read what canary does in its guide, then give --yes.",
  });
  if (answer === "agreed") return { cases, newProfile, saltReading: knownSaltReading(origin) };
  stop.interrupt();
  return undefined;
}

function knownSaltReading(origin: CaseOrigin): SaltReading | undefined {
  return origin.kind === "source" ? origin.config?.password?.settings.okta?.sha256Salt : undefined;
}

async function tryPlanned(
  context: TrialContext,
  { cases, newProfile, saltReading }: PlannedTrial,
  results: Results,
): Promise<void> {
  const { session, org, keeper, view, stop } = context;
  try {
    await tryCases(cases, {
      users: org.canaries,
      keeper,
      clock: session.clock,
      signal: stop.signal,
      newProfile,
      randomBytes: secretRandomBytes,
      saltReading,
      onTrying: (tried) => view.trying(tried),
      onFinding: (finding, tried) => {
        if (tried === undefined) results.control = finding;
        else results.algorithms.push({ tried, finding });
        view.found(finding, tried);
      },
    });
  } catch (error) {
    if (isMigrationError(error)) results.failure = error;
    else if (!stop.signal.aborted || error !== stop.signal.reason) throw error;
  }
}

function end({ options, org, keeper, view, stop }: TrialContext, results: Results): ExitCode {
  const { control, algorithms, failure } = results;
  const { removed, trouble } = keeper;
  const errors = [failure, trouble].filter((error) => error !== undefined);
  for (const error of errors) tellError(error, options);
  view.end({ org: org.orgUrl.origin, control, algorithms, removed, left: keeper.left() });
  const [first] = errors;
  if (first !== undefined) return exitCodeOf(first);
  if (stop.signal.aborted) return EXIT.interrupted;
  return algorithms.every(({ finding }) => finding.signIn === "ok") ? EXIT.ok : EXIT.someRecords;
}
