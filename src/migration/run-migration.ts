import {
  type Journal,
  type PendingRecord,
  type SourceEntry,
  SourceError,
  type Totals,
  type UserSource,
} from "../core/index.ts";
import type { OnExisting } from "../validation/index.ts";
import type { SendPorts } from "./bring-to-end.ts";
import type { ChangeSink } from "./cleaning-counts.ts";
import { type FailureLimit, FailureWatch } from "./failure-limit.ts";
import { judgeBatch, type JudgedEntry, type RecordRules } from "./judge-entry.ts";
import { Planner, planRecords } from "./plan-records.ts";
import { Sender } from "./sender.ts";

/** What is to be done. */
export interface MigrationPlan {
  readonly rules: RecordRules;
  readonly onExisting: OnExisting;
  readonly failureLimit: FailureLimit;
  /** Monotonic time at which this process began, for the time that the run has taken. */
  readonly startedAtMs: number;
  /** Only the first so many records of the source; all when absent. */
  readonly limit?: number;
}

/** All that a migration needs of the outside. */
export interface MigrationPorts extends SendPorts {
  readonly source: UserSource;
  /** As in {@link PlanPorts}. */
  readonly changes?: ChangeSink | undefined;
}

/** How far a run came, and what of it. */
export interface MigrationEnd {
  readonly totals: Totals;
  /** Whether the signal stopped it before all that it was to send was sent. */
  readonly interrupted: boolean;
}

/**
 * Moves every record of a source into the directory, one outcome each.
 *
 * All records are judged before the first one is sent, but for a source that can be read only once.
 * An attempt is journalled before its request leaves, an outcome after its answer arrives. On
 * resume an attempt without an outcome is looked up, never re-sent blind: nobody is created twice.
 *
 * @param signal stops the sending; what is in flight comes to its end first
 * @returns totals per outcome; a record that fails is counted, never thrown
 * @throws {SourceError} when the source can't be read on, or is not what was planned
 * @throws {OktaError} when the org refuses the run, or too many records fail
 * @throws {JournalError} when the journal can't be trusted or written
 */
export async function runMigration(
  plan: MigrationPlan,
  ports: MigrationPorts,
  signal: AbortSignal,
): Promise<MigrationEnd> {
  const { startedAtMs } = plan;
  const sender = new Sender({
    rules: plan.rules,
    onExisting: plan.onExisting,
    watch: new FailureWatch(plan.failureLimit),
    ports,
    signal,
    startedAtMs,
  });
  try {
    if (ports.source.replayable) {
      await planRecords(plan.rules, ports, signal);
      await sendPlanned(plan, ports, sender);
    } else {
      await planAndSend(plan, ports, sender);
    }
  } finally {
    if (sender.isStopping && sender.inFlight > 0) {
      ports.events.emit({ event: "draining", reason: "stopping", inFlight: sender.inFlight });
    }
    await sender.finish();
    ports.journal.noteTraffic(ports.directory.traffic(), ports.clock.now() - startedAtMs);
  }
  return { totals: ports.journal.totals(), interrupted: signal.aborted };
}

/** Reads the source again from the first pending record on, and sends what is pending. */
async function sendPlanned(
  plan: MigrationPlan,
  ports: MigrationPorts,
  sender: Sender,
): Promise<void> {
  const first = await ports.journal.firstPending();
  if (first === undefined) return;
  const { limit } = plan;
  const lastToSend = limit === undefined ? undefined : await ports.journal.seqOfRecord(limit);
  let lastSeq = first.seq - 1;
  for await (const batch of ports.source.read(first)) {
    lastSeq = batch.at(-1)?.seq ?? lastSeq;
    const pending = await pendingOf(batch, ports.journal);
    if (pending.size === 0) continue;
    const judged = await judgeBatch(batch, plan.rules, ports.journal);
    if (!(await sendBatch(judged, pending, { lastSeq: lastToSend, sender }))) return;
  }
  await assertWhole(ports, lastSeq);
}

/**
 * Checks that a live source still has every record that was planned.
 *
 * @throws {SourceError} SOURCE_CHANGED_WHILE_READ when it ends before
 */
async function assertWhole({ source, journal }: MigrationPorts, lastSeq: number): Promise<void> {
  const planned = await journal.lastPlannedSeq();
  if (source.isLive !== true || lastSeq >= planned) return;
  throw new SourceError({
    code: "SOURCE_CHANGED_WHILE_READ",
    message: `The source ends after ${lastSeq} of the ${planned} records that were planned.`,
    hint: "Run with --source-changed to go on by login.",
  });
}

/** Judges and sends batch by batch: what can be read only once. */
async function planAndSend(
  plan: MigrationPlan,
  ports: MigrationPorts,
  sender: Sender,
): Promise<void> {
  const planner = await Planner.open(ports, plan.rules);
  for await (const batch of untilStopped(ports.source.read(), sender)) {
    const judged = await judgeBatch(batch, plan.rules, ports.journal);
    await planner.assertSameRecords(judged);
    await planner.plan(judged);
    const pending = await pendingOf(batch, ports.journal);
    const { limit } = plan;
    const lastSeq = limit === undefined ? undefined : await ports.journal.seqOfRecord(limit);
    if (!(await sendBatch(judged, pending, { lastSeq, sender }))) return;
  }
  if (sender.isStopping) return;
  planner.assertWholeStream();
  await ports.journal.finishPlan();
}

/** Batches until the sender stops, also where the next one would be waited for without end. */
async function* untilStopped(
  batches: AsyncIterable<readonly SourceEntry[]>,
  sender: Sender,
): AsyncGenerator<readonly SourceEntry[], void, undefined> {
  const iterator = batches[Symbol.asyncIterator]();
  while (!sender.isStopping) {
    const next = await Promise.race([iterator.next(), sender.stopped]);
    if (next === undefined || next.done === true) return;
    yield next.value;
  }
}

async function pendingOf(
  batch: readonly SourceEntry[],
  journal: Journal,
): Promise<ReadonlyMap<number, PendingRecord>> {
  const pending = new Map<number, PendingRecord>();
  const first = batch[0];
  const last = batch.at(-1);
  if (first === undefined || last === undefined) return pending;
  for (const record of await journal.pendingBetween(first.seq, last.seq)) {
    pending.set(record.seq, record);
  }
  return pending;
}

/** @returns whether the next batch is wanted */
async function sendBatch(
  judged: readonly JudgedEntry[],
  pending: ReadonlyMap<number, PendingRecord>,
  { lastSeq = Infinity, sender }: { readonly lastSeq: number | undefined; readonly sender: Sender },
): Promise<boolean> {
  for (const entry of judged) {
    if (sender.isStopping || entry.position.seq > lastSeq) return false;
    const record = pending.get(entry.position.seq);
    if (record !== undefined) await sender.send(record, entry);
  }
  return !sender.isStopping;
}
