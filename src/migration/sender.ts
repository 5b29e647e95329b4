import {
  type CauseCode,
  type EndedRecord,
  foldLogin,
  InvariantError,
  type PendingRecord,
  type SendPermit,
  SourceError,
} from "../core/index.ts";
import type { OnExisting } from "../validation/index.ts";
import { bringToEnd, type SendPorts } from "./bring-to-end.ts";
import type { FailureWatch } from "./failure-limit.ts";
import type { JudgedEntry, RecordRules } from "./judge-entry.ts";
import { lookUpAttempt } from "./settle-attempts.ts";

/** Records of an earlier process that are looked up at once, at most. */
const DOUBTFUL_AT_ONCE = 64;
/**
 * Records on their way at once, at most: where look-ups are slower than creates they would pile up.
 * More than can ever be on the wire.
 */
const UNDER_WAY_AT_MOST = 12_000;

/** What a sender is made with. */
export interface SenderOptions {
  readonly rules: RecordRules;
  readonly onExisting: OnExisting;
  readonly watch: FailureWatch;
  readonly ports: SendPorts;
  /** Fires when nothing further is to be sent. */
  readonly signal: AbortSignal;
  /** Monotonic time at which this process began, for the elapsed time in the journal. */
  readonly startedAtMs: number;
}

/**
 * Sends records one after the other as the org's limits let them go, many in flight.
 *
 * - **sending**: each record waits for its permit, then goes its own way to its outcome.
 * - **stopping**: the signal fired, or a record's way ended in an error. Nothing further leaves;
 *   those in flight come to their end; the first error is thrown by {@link Sender.finish}.
 */
export class Sender {
  readonly #options: SenderOptions;
  readonly #underWay = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  /** Resolves when nothing further is sent. */
  readonly stopped: Promise<undefined>;
  /** Called when a record has left its way. */
  #landed = (): void => undefined;
  #error: Error | undefined;

  constructor(options: SenderOptions) {
    this.#options = options;
    const { signal } = options;
    this.stopped = new Promise((resolve) => {
      this.#stop.signal.addEventListener("abort", () => resolve(undefined), { once: true });
    });
    const stop = (): void => this.#stop.abort(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  }

  /** Whether no further record may be sent. */
  get isStopping(): boolean {
    return this.#stop.signal.aborted;
  }

  /** How many records are on their way. */
  get inFlight(): number {
    return this.#underWay.size;
  }

  /** Resolves as soon as the next record may come; this one may still be in flight. */
  async send(record: PendingRecord, judged: JudgedEntry): Promise<void> {
    if (this.isStopping) return;
    const { verdict } = judged;
    assertSameRecord(record, judged);
    if (verdict.kind === "reject" && !record.attempted) {
      await this.#end(record, judged, { kind: "rejected", issues: verdict.issues });
      return;
    }
    await this.#roomFor(record.attempted ? DOUBTFUL_AT_ONCE : UNDER_WAY_AT_MOST);
    const permit = record.attempted ? undefined : await this.#admit();
    if (permit === "stopped") return;
    const way = this.#outcomeOf(record, verdict, permit)
      .then((outcome) => this.#end(record, judged, outcome))
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#underWay.delete(way);
        this.#landed();
      });
    this.#underWay.add(way);
    if (this.#options.watch.isCareful()) await way;
  }

  /** Waits for all that is in flight. @throws the error that stopped the sending, if one did */
  async finish(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
    if (this.#error !== undefined) throw this.#error;
  }

  async #admit(): Promise<SendPermit | "stopped"> {
    try {
      return await this.#options.ports.directory.admit(this.#stop.signal);
    } catch (error) {
      this.#fail(error);
      return "stopped";
    }
  }

  async #outcomeOf(
    record: PendingRecord,
    verdict: JudgedEntry["verdict"],
    permit: SendPermit | undefined,
  ): Promise<EndedRecord["outcome"]> {
    const { onExisting, rules, ports } = this.#options;
    const { signal } = this.#stop;
    if (verdict.kind === "create") {
      const errand = { record, user: verdict.user, scenario: rules.scenario, onExisting };
      return bringToEnd(errand, permit, ports, signal);
    }
    if (verdict.kind === "leave-out") throw new InvariantError("a left-out record was to be sent");
    // It was sent before, when there was nothing wrong with it.
    const outcome = await lookUpAttempt(record, ports.directory, signal);
    return outcome === "absent" ? { kind: "rejected", issues: verdict.issues } : outcome;
  }

  /** Resolves when fewer than so many records are on their way. */
  async #roomFor(count: number): Promise<void> {
    while (this.#underWay.size >= count) {
      await new Promise<void>((resolve) => {
        this.#landed = resolve;
      });
    }
  }

  async #end(
    record: PendingRecord,
    judged: JudgedEntry,
    outcome: EndedRecord["outcome"],
  ): Promise<void> {
    const { ports, watch, startedAtMs } = this.#options;
    const { journal, directory, clock, events } = ports;
    journal.noteTraffic(directory.traffic(), clock.now() - startedAtMs);
    const isBad = outcome.kind === "failed" || outcome.kind === "rejected";
    await journal.noteOutcome({
      seq: record.seq,
      outcome,
      ...(isBad ? { fields: judged.fields() } : {}),
    });
    const code = codeOf(outcome);
    events.emit({
      event: "record-ended",
      seq: record.seq,
      line: record.line,
      outcome: outcome.kind,
      ...(code === undefined ? {} : { code }),
    });
    if (outcome.kind === "failed") watch.noteFailure(outcome.code);
    else if (outcome.kind !== "rejected") watch.noteSuccess();
    const verdict = watch.verdict();
    if (verdict !== undefined) this.#fail(verdict);
  }

  #fail(error: unknown): void {
    // What the stopping itself interrupts is no error: the record stays pending.
    if (this.isStopping && error === this.#stop.signal.reason) return;
    this.#error ??=
      error instanceof Error ? error : new InvariantError("no error was thrown", error);
    this.#stop.abort(new Error("the run stops"));
  }
}

function codeOf(outcome: EndedRecord["outcome"]): CauseCode | undefined {
  if (outcome.kind === "failed") return outcome.code;
  return outcome.kind === "rejected" ? outcome.issues[0]?.code : undefined;
}

/**
 * Nothing may become of a record by what stands in another one's place. Where its own place is known,
 * one that can be sent no more need not have its login any longer.
 */
function assertSameRecord(record: PendingRecord, { position, login, verdict }: JudgedEntry): void {
  const isPlaced = record.offset !== undefined && position.offset !== undefined;
  const isElsewhere = isPlaced && record.offset !== position.offset;
  const isRejected = isPlaced && verdict.kind === "reject" && !record.attempted;
  const isSame = isRejected || foldLogin(record.login) === foldLogin(login);
  if (isSame && !isElsewhere) return;
  throw new SourceError({
    code: "SOURCE_CHANGED_WHILE_READ",
    message: `Line ${record.line} does not hold the login that it held when the run was planned.`,
    hint: "Put the source back as it was, or run with --source-changed.",
    line: record.line,
  });
}
