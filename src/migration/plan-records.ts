import {
  ConfigError,
  type EventSink,
  foldLogin,
  type Issue,
  type Journal,
  type PlannedRecord,
  type SourcePosition,
  type UserSource,
} from "../core/index.ts";
import { LoginIndex } from "../validation/index.ts";
import { CleaningCounts, type ChangeSink } from "./cleaning-counts.ts";
import { DuplicateJudge, type LoginHolder } from "./duplicate-judge.ts";
import { judgeBatch, type JudgedEntry, type RecordRules } from "./judge-entry.ts";

/** What planning needs of the outside. */
export interface PlanPorts {
  readonly source: UserSource;
  readonly journal: Journal;
  readonly events: EventSink;
  /** Is told what cleaning rules do, once for each record that is planned. @default nobody is */
  readonly changes?: ChangeSink | undefined;
}

/**
 * Reads, maps and validates every record that is not planned yet and notes the verdicts in the
 * journal. Sends nothing. Interrupted, it goes on where it stopped.
 *
 * Where the later of two records with one login is to be kept, records that lose theirs in mid-way
 * are read once more at the end.
 *
 * @throws {SourceError} when the source can't be read on
 * @throws {JournalError} when the journal can't be written
 */
export async function planRecords(
  rules: RecordRules,
  ports: PlanPorts,
  signal: AbortSignal,
): Promise<void> {
  const { journal, source } = ports;
  const finished = await journal.planFinished();
  let reopened = await journal.firstReopened();
  if (finished && reopened === undefined) return;
  const planner = await Planner.open(ports, rules);
  const isLive = source.isLive === true;
  let from = planner.readsAll ? undefined : (reopened ?? (await nextToPlan(ports)));
  try {
    do {
      for await (const batch of source.read(from)) {
        if (signal.aborted) return;
        if (from !== undefined && !isLive && !(await planner.wants(batch))) continue;
        const judged = await judgeBatch(batch, rules, journal);
        if (isLive) await planner.assertSameRecords(judged);
        await planner.plan(judged);
      }
      reopened = await journal.firstReopened();
      from = reopened;
    } while (reopened !== undefined && (await planner.beginPass()));
  } catch (error) {
    // A source that hears of the signal ends with its reason.
    if (signal.aborted && error === signal.reason) return;
    throw error;
  }
  if (!finished) await journal.finishPlan();
}

/**
 * Where planning goes on: at the last record that was planned, by which a source that can seek finds
 * its place again. A live one that can't is read from its beginning, so that what was planned of it
 * can be compared.
 */
async function nextToPlan({ journal, source }: PlanPorts): Promise<SourcePosition | undefined> {
  const last = await journal.lastPlanned();
  const canSeek = last?.offset !== undefined && source.countsEntries !== true;
  return !canSeek && source.isLive === true ? undefined : last;
}

/** Plans batches of entries: judges each, and lets one record with a login keep it. */
export class Planner {
  readonly #ports: PlanPorts;
  readonly #duplicates: DuplicateJudge;
  readonly #held = new LoginIndex();
  /** Up to this `seq` only reopened records are planned again. */
  #lastPlanned: number;
  #hasPlanned = false;
  #read = 0;
  #rejected = 0;

  private constructor(
    ports: PlanPorts,
    rules: Pick<RecordRules, "duplicates">,
    lastPlanned: number,
  ) {
    this.#ports = ports;
    this.#duplicates = new DuplicateJudge(rules.duplicates ?? { kind: "reject" });
    this.#lastPlanned = lastPlanned;
  }

  /** A planner that knows the logins which the journal's records hold already. */
  static async open(ports: PlanPorts, rules: Pick<RecordRules, "duplicates">): Promise<Planner> {
    const planner = new Planner(ports, rules, await ports.journal.lastPlannedSeq());
    for await (const batch of ports.journal.heldLogins()) {
      for (const { seq, login } of batch) planner.#held.add(foldLogin(login), seq);
    }
    return planner;
  }

  /** Whether every record must be read, those that are planned already as well. */
  get readsAll(): boolean {
    return this.#duplicates.readsAll;
  }

  /**
   * Begins to read again, for the records that were reopened meanwhile.
   *
   * @returns whether anything was planned since the last time: else there is nothing to be found
   */
  async beginPass(): Promise<boolean> {
    const hasPlanned = this.#hasPlanned;
    this.#hasPlanned = false;
    this.#lastPlanned = await this.#ports.journal.lastPlannedSeq();
    return hasPlanned;
  }

  /** Whether a batch has an entry that is to be planned. */
  async wants(batch: readonly { readonly seq: number }[]): Promise<boolean> {
    const first = batch[0]?.seq ?? 0;
    const last = batch.at(-1)?.seq ?? 0;
    if (last > this.#lastPlanned) return true;
    return (await this.#ports.journal.reopenedBetween(first, last)).size > 0;
  }

  /**
   * Notes the verdicts of those entries of a batch that are not planned yet or wait to be planned
   * again.
   */
  async plan(batch: readonly JudgedEntry[]): Promise<void> {
    const { journal, events, changes } = this.#ports;
    const due = await this.#dueOf(batch);
    const planning: BatchPlanning = { planned: [], places: new Map() };
    const cleaned = new CleaningCounts();
    for (const entry of batch) {
      this.#duplicates.note(entry);
      if (!due(entry.position.seq)) continue;
      if (entry.changes.length > 0) {
        cleaned.add(entry.changes);
        changes?.note(entry.position.line, entry.changes);
      }
      const folded = foldLogin(entry.login);
      const holders = folded === "" ? NO_HOLDERS : this.#held.possibleHolders(folded);
      // Hardly any login is held: a million records need not wait for nothing.
      const duplicate =
        holders.length === 0 ? undefined : await this.#judgeHolders(entry, holders, planning);
      this.#planEntry(entry, { folded, duplicate }, planning);
    }
    const { planned } = planning;
    this.#read += batch.length;
    this.#rejected += planned.filter(({ kind }) => kind === "rejected").length;
    if (planned.length > 0) await journal.plan(planned, cleaned.list());
    this.#hasPlanned ||= planned.length > 0;
    events.emit({ event: "plan-progress", read: this.#read, rejected: this.#rejected });
  }

  /** Which records of a batch are to be planned. @throws {ConfigError} SOURCE_CHANGED */
  async #dueOf(batch: readonly JudgedEntry[]): Promise<(seq: number) => boolean> {
    const first = batch[0]?.position.seq ?? 0;
    const last = batch.at(-1)?.position.seq ?? 0;
    if (first > this.#lastPlanned) return () => true;
    const upTo = Math.min(last, this.#lastPlanned);
    const reopened = await this.#ports.journal.reopenedBetween(first, upTo);
    for (const { position } of batch) {
      if (!isElsewhere(reopened.get(position.seq), position)) continue;
      throw sourceChanged(this.#ports.source, `another record stands in line ${position.line}`);
    }
    return (seq) => seq > this.#lastPlanned || reopened.has(seq);
  }

  #planEntry(
    entry: JudgedEntry,
    { folded, duplicate }: { readonly folded: string; readonly duplicate: Issue | undefined },
    planning: BatchPlanning,
  ): void {
    const { verdict, position } = entry;
    if (verdict.kind === "leave-out") {
      planning.planned.push({
        kind: "left-out",
        login: "",
        password: verdict.password,
        ...position,
      });
      return;
    }
    const issues = verdict.kind === "reject" ? verdict.issues : NO_ISSUES;
    if (issues.length > 0 || duplicate !== undefined) {
      const all = duplicate === undefined ? issues : [...issues, duplicate];
      planning.planned.push(rejectedRecord(entry, all));
      return;
    }
    this.#held.add(folded, position.seq);
    planning.places.set(position.seq, { entry, index: planning.planned.length });
    // With the spread last, the engine makes such an object a hundred times faster.
    planning.planned.push({
      kind: "ready",
      login: entry.login,
      password: verdict.password,
      ...position,
    });
  }

  /** The issue that another record keeps this one's login, where one does. */
  async #judgeHolders(
    entry: JudgedEntry,
    possible: readonly number[],
    planning: BatchPlanning,
  ): Promise<Issue | undefined> {
    const holder = await this.#findHolder(entry, possible, planning);
    if (holder === undefined) return undefined;
    const judged = this.#duplicates.judge(entry, holder);
    if (judged.kind === "keeps") return judged.issue;
    // A record that can't be sent takes no login from one that can.
    if (entry.verdict.kind !== "create") return undefined;
    if (!(await this.#takeFrom(holder, judged.loses, planning))) return judged.tooLate;
    this.#held.remove(foldLogin(entry.login), holder.seq);
    return undefined;
  }

  /** @returns whether the holder could be made to give its login up */
  async #takeFrom(holder: LoginHolder, loses: Issue, planning: BatchPlanning): Promise<boolean> {
    const place = planning.places.get(holder.seq);
    if (place === undefined) return this.#ports.journal.withdraw(holder.seq);
    planning.planned[place.index] = rejectedRecord(place.entry, [loses]);
    planning.places.delete(holder.seq);
    return true;
  }

  async #findHolder(
    entry: JudgedEntry,
    possible: readonly number[],
    { places }: BatchPlanning,
  ): Promise<LoginHolder | undefined> {
    const folded = foldLogin(entry.login);
    for (const seq of possible) {
      if (seq === entry.position.seq) return undefined;
      const place = places.get(seq);
      const holder =
        place === undefined
          ? await this.#ports.journal.heldLogin(seq)
          : { login: place.entry.login, line: place.entry.position.line };
      if (holder !== undefined && foldLogin(holder.login) === folded) {
        return { seq, line: holder.line };
      }
    }
    return undefined;
  }

  /**
   * Checks that what is read again of a stream, or of a live source, is what was planned.
   *
   * @throws {ConfigError} SOURCE_CHANGED when a record holds another login than it did
   */
  async assertSameRecords(batch: readonly JudgedEntry[]): Promise<void> {
    for (const { position, login } of batch) {
      if (position.seq > this.#lastPlanned) return;
      const held = await this.#ports.journal.heldLogin(position.seq);
      if (held !== undefined && foldLogin(held.login) !== foldLogin(login)) {
        throw sourceChanged(this.#ports.source, `line ${position.line} holds another login`);
      }
    }
  }

  /**
   * Checks that a stream which was read to its end again has not become shorter.
   *
   * @throws {ConfigError} SOURCE_CHANGED when records are missing that were planned
   */
  assertWholeStream(): void {
    if (this.#read >= this.#lastPlanned) return;
    throw sourceChanged(
      this.#ports.source,
      `it ends after ${this.#read} of at least ${this.#lastPlanned} records`,
    );
  }
}

const NO_ISSUES: readonly Issue[] = [];
const NO_HOLDERS: readonly number[] = [];

/** What was planned of a batch, and where those that hold a login stand in it. */
interface BatchPlanning {
  readonly planned: PlannedRecord[];
  readonly places: Map<number, { readonly entry: JudgedEntry; readonly index: number }>;
}

function rejectedRecord(entry: JudgedEntry, issues: readonly Issue[]): PlannedRecord {
  const { password } = entry.verdict;
  // What can be no login may be anything, a misplaced hash too: it is not kept.
  const isNone = issues.some(
    ({ field, code }) => field === "login" && !code.startsWith("DUPLICATE"),
  );
  return {
    kind: "rejected",
    password: { label: password.label, route: "rejected" },
    login: isNone ? "" : entry.login,
    issues,
    fields: entry.fields(),
    ...entry.position,
  };
}

/** Whether places that are both known are not the same. */
function isElsewhere(before: SourcePosition | undefined, { offset }: SourcePosition): boolean {
  return before?.offset !== undefined && offset !== undefined && before.offset !== offset;
}

function sourceChanged({ replayable }: UserSource, how: string): ConfigError {
  const name = replayable ? "The source" : "Standard input";
  return new ConfigError({
    code: "SOURCE_CHANGED",
    at: "source",
    message: `${name} is not what the run read before: ${how}.`,
    hint: replayable
      ? "Give --source-changed to go on by login, or name another folder in --run."
      : "Pipe the same stream again, or name another folder in --run.",
  });
}
