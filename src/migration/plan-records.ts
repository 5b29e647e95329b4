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
import { duplicateLoginIssue, LoginIndex } from "../validation/index.ts";
import { judgeBatch, type JudgedEntry, type RecordRules } from "./judge-entry.ts";

/** What planning needs of the outside. */
export interface PlanPorts {
  readonly source: UserSource;
  readonly journal: Journal;
  readonly events: EventSink;
}

/**
 * Reads, maps and validates every record that is not planned yet and notes the verdicts in the
 * journal. Sends nothing. Interrupted, it goes on where it stopped.
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
  const reopened = await journal.firstReopened();
  const finished = await journal.planFinished();
  if (finished && reopened === undefined) return;
  const planner = await Planner.open(ports);
  const isLive = source.isLive === true;
  try {
    for await (const batch of source.read(reopened ?? (await nextToPlan(ports)))) {
      if (signal.aborted) return;
      const judged = await judgeBatch(batch, rules, journal);
      if (isLive) await planner.assertSameRecords(judged);
      await planner.plan(judged);
    }
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
  return last?.offset === undefined && source.isLive === true ? undefined : last;
}

/** Plans batches of entries: judges each, and lets the first record with a login keep it. */
export class Planner {
  readonly #ports: PlanPorts;
  /** Up to this `seq` only reopened records are planned again. */
  readonly #lastPlanned: number;
  readonly #held = new LoginIndex();
  #read = 0;
  #rejected = 0;

  private constructor(ports: PlanPorts, lastPlanned: number) {
    this.#ports = ports;
    this.#lastPlanned = lastPlanned;
  }

  /** A planner that knows the logins which the journal's records hold already. */
  static async open(ports: PlanPorts): Promise<Planner> {
    const planner = new Planner(ports, await ports.journal.lastPlannedSeq());
    for await (const batch of ports.journal.heldLogins()) {
      for (const { seq, login } of batch) planner.#held.add(foldLogin(login), seq);
    }
    return planner;
  }

  /**
   * Notes the verdicts of those entries of a batch that are not planned yet or wait to be planned
   * again.
   */
  async plan(batch: readonly JudgedEntry[]): Promise<void> {
    const first = batch[0]?.position.seq;
    const last = batch.at(-1)?.position.seq;
    if (first === undefined || last === undefined) return;
    const reopened =
      first <= this.#lastPlanned
        ? await this.#ports.journal.reopenedBetween(first, Math.min(last, this.#lastPlanned))
        : new Set<number>();
    const planned: PlannedRecord[] = [];
    const held = new Map<number, JudgedEntry>();
    for (const entry of batch) {
      const { seq } = entry.position;
      if (seq <= this.#lastPlanned && !reopened.has(seq)) continue;
      const issues = entry.verdict.kind === "reject" ? entry.verdict.issues : [];
      const folded = foldLogin(entry.login);
      const holders = folded === "" ? [] : this.#held.possibleHolders(folded);
      // Hardly any login is held: a million records need not wait for nothing.
      const duplicate =
        holders.length === 0 ? undefined : await this.#findHolder(entry, holders, held);
      const all = duplicate === undefined ? issues : [...issues, duplicate];
      if (all.length === 0) this.#claim(entry, held);
      const { password } = entry.verdict;
      // With the spread last, the engine makes such an object a hundred times faster.
      planned.push(
        all.length === 0
          ? { kind: "ready", login: entry.login, password, ...entry.position }
          : {
              kind: "rejected",
              password: { label: password.label, route: "rejected" },
              // What can be no login may be anything, a misplaced hash too: it is not kept.
              login: issues.some(({ field }) => field === "login") ? "" : entry.login,
              issues: all,
              fields: entry.fields(),
              ...entry.position,
            },
      );
      this.#rejected += all.length === 0 ? 0 : 1;
    }
    this.#read += batch.length;
    if (planned.length > 0) await this.#ports.journal.plan(planned);
    this.#ports.events.emit({
      event: "plan-progress",
      read: this.#read,
      rejected: this.#rejected,
    });
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

  /** The issue that an earlier record has this one's login, where one has. */
  async #findHolder(
    entry: JudgedEntry,
    possible: readonly number[],
    batch: ReadonlyMap<number, JudgedEntry>,
  ): Promise<Issue | undefined> {
    const folded = foldLogin(entry.login);
    for (const seq of possible) {
      if (seq === entry.position.seq) return undefined;
      const inBatch = batch.get(seq);
      const holder =
        inBatch === undefined
          ? await this.#ports.journal.heldLogin(seq)
          : { login: inBatch.login, line: inBatch.position.line };
      if (holder !== undefined && foldLogin(holder.login) === folded) {
        return duplicateLoginIssue(holder.line);
      }
    }
    return undefined;
  }

  /** Lets a record that can be sent keep its login. */
  #claim(entry: JudgedEntry, batch: Map<number, JudgedEntry>): void {
    this.#held.add(foldLogin(entry.login), entry.position.seq);
    batch.set(entry.position.seq, entry);
  }
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
