import type { Summary } from "../../../core/index.ts";
import type { EmulatorState } from "../../../emulator/index.ts";
import {
  findMiscounts,
  judgeCounts,
  judgeFaults,
  judgeKill,
  judgeTraffic,
  type LoadCounts,
  type LoadProof,
  type RehearsedLoad,
  tellCost,
} from "../../../reports/index.ts";
import { EXIT } from "../../exit-codes.ts";
import { bringLoadToEnd, loadFolder, type LoadRun } from "./bring-load-to-end.ts";
import { countUsers } from "./count-users.ts";
import { faultFlags } from "./fault-flags.ts";
import type { LoadContext } from "./load-context.ts";
import type { RehearsedLimits } from "./options.ts";
import type { PlannedLoad } from "./plan-loads.ts";
import { proveHook, proveSignIns, sampleUsers } from "./prove-sign-ins.ts";
import { furnishOrg, type RehearsalOrg, startOrg } from "./rehearsal-org.ts";
import type { ImportEnd } from "./run-import.ts";
import { removeWorkFolder } from "./work-folder.ts";

/** How a load ended: with its proofs, or with what stopped its import. */
export type LoadEnd =
  | { readonly kind: "done"; readonly load: RehearsedLoad; readonly causes: ImportEnd["causes"] }
  | { readonly kind: "stopped"; readonly end: ImportEnd }
  | { readonly kind: "interrupted" };

const LEAST_FOR_PACE = 100;
const CREATE_BUCKET = "POST /api/v1/users";

/**
 * Carries out one load in an org of its own.
 *
 * @param twin what the same load came to without faults, where this one has them
 */
export async function rehearseLoad(
  context: LoadContext,
  load: PlannedLoad,
  twin: LoadCounts | undefined,
): Promise<LoadEnd> {
  const { children, env, token, workFolder, survey, hook, signal, view } = context;
  const flags = orgFlags(load, context.limits);
  const org = await startOrg(children, { flags, env, token, cwd: workFolder });
  try {
    await furnishOrg(org, survey);
    const hasHook =
      hook !== undefined && (await org.registerHook(hook.server.url, hook.key).catch(() => false));
    view.begin(load, org.url);
    const run = await bringLoadToEnd(context, load, org);
    if (signal.aborted) return { kind: "interrupted" };
    const { end } = run;
    const { summary, code } = end;
    const isOver = code === EXIT.ok || code === EXIT.someRecords;
    if (summary === undefined || !isOver) return { kind: "stopped", end };
    view.proving(load);
    const state = await org.state();
    const proofs = [
      ...(await proveCounts({ load, org, twin, state }, { ...run, summary })),
      ...(context.scenario === "hook" ? [] : [await signInProof(context, load, org)]),
      ...(await hookProof(context, load, { org, hasHook })),
      trafficProof(context, load, { state, summary }),
    ];
    if (signal.aborted) return { kind: "interrupted" };
    const done = toldLoad(load, summary, run, proofs);
    for (const proof of done.proofs) view.proof(load, proof);
    view.loadEnd(done);
    return { kind: "done", load: done, causes: end.causes };
  } finally {
    await org.close();
    // The next load, or the verdict, may need the room.
    if (!signal.aborted) await removeWorkFolder(loadFolder(context, load));
  }
}

function orgFlags(
  load: PlannedLoad,
  { plan, createsPerMinute, windowMs }: RehearsedLimits,
): readonly string[] {
  return [
    ...(load.limits === "none"
      ? []
      : plan === undefined
        ? ["--limit", String(createsPerMinute)]
        : ["--plan", plan]),
    "--window-ms",
    String(windowMs),
    ...(load.trial === "faults" ? faultFlags(load.records) : []),
  ];
}

interface CountTrial {
  readonly load: PlannedLoad;
  readonly org: RehearsalOrg;
  readonly twin: LoadCounts | undefined;
  readonly state: EmulatorState;
}

/** The proofs that rest on counts: all agree, after a kill, and with faults. */
async function proveCounts(
  { load, org, twin, state }: CountTrial,
  run: LoadRun & { readonly summary: Summary },
): Promise<readonly LoadProof[]> {
  const { summary, folder, killedAt } = run;
  const orgUsers = await org.userIds();
  const sendable = load.records;
  const facts = await countUsers({ summary, folder, sendable, orgUsers });
  const counts = judgeCounts(facts);
  const countsAgree = findMiscounts(facts).length === 0;
  const { created } = summary;
  if (load.trial === "kill") return [counts, judgeKill({ killedAt, created, countsAgree })];
  if (load.trial !== "faults") return [counts];
  const faults = Object.values(state.faults.spent).reduce((sum, times) => sum + times, 0);
  return [counts, judgeFaults({ counts: summary, twin, faults, countsAgree })];
}

async function signInProof(
  context: LoadContext,
  load: PlannedLoad,
  org: RehearsalOrg,
): Promise<LoadProof> {
  const skip = (sentence: string): LoadProof => ({ name: "sign-in", verdict: "skipped", sentence });
  const { survey, source, scenario, clock, signal, limits } = context;
  if (scenario === "staged") return skip("Staged users have no credentials to sign in with.");
  if (source.passwords === undefined) {
    return skip("No old passwords are known: name a file of them in --passwords.");
  }
  const samples = sampleUsers(survey.users, "hash", load.records);
  if (samples.size === 0) return skip("No user of --passwords is among these records by a hash.");
  return proveSignIns(samples, { org, clock, signal, windowMs: limits.windowMs });
}

async function hookProof(
  context: LoadContext,
  load: PlannedLoad,
  { org, hasHook }: { readonly org: RehearsalOrg; readonly hasHook: boolean },
): Promise<readonly LoadProof[]> {
  const { survey, hook, source, scenario, clock, signal, limits } = context;
  const users = [...sampleUsers(survey.users, "hook", load.records).values()].flat();
  if (scenario !== "hook" && users.length === 0) return [];
  const skip = (sentence: string): readonly LoadProof[] => [
    { name: "hook", verdict: "skipped", sentence },
  ];
  if (source.passwords === undefined) {
    return skip("No old passwords are known: name a file of them in --passwords.");
  }
  if (users.length === 0) return skip("No user of --passwords is among these records.");
  if (hook === undefined || !hasHook)
    return skip("The emulated org calls no hook on this machine.");
  return [await proveHook(users, hook.server, { org, clock, signal, windowMs: limits.windowMs })];
}

function trafficProof(
  { rateShare }: LoadContext,
  { limits, trial }: PlannedLoad,
  { state, summary }: { readonly state: EmulatorState; readonly summary: Summary },
): LoadProof {
  const skip = (sentence: string): LoadProof => ({
    name: "rate-limits",
    verdict: "skipped",
    sentence,
  });
  if (limits === "none") return skip("At the limits the load would have taken too long.");
  if (trial === "faults") return skip("Some of the faults are 429 answers.");
  if (trial === "kill") return skip("A process that is killed can't tell what it had sent.");
  const { window, tokenCap, concurrency, bare } = state.rateLimited;
  return judgeTraffic({
    rateLimited: { told: summary.rateLimited, given: window + tokenCap + concurrency + bare },
    windows: state.windows[CREATE_BUCKET] ?? [],
    rateShare,
  });
}

function toldLoad(
  load: PlannedLoad,
  summary: Summary,
  { elapsedMs, peakBytes }: LoadRun,
  proofs: readonly LoadProof[],
): RehearsedLoad {
  const { created, updated, existing, rejected, failed } = summary;
  const perSecond = created < LEAST_FOR_PACE ? undefined : created / (elapsedMs / 1000);
  const cost = { elapsedMs, perSecond, peakBytes };
  return {
    load: load.name,
    records: load.records,
    limits: load.limits,
    created,
    updated,
    existing,
    rejected,
    failed,
    ...cost,
    proofs: [...proofs, tellCost(cost)],
  };
}
