import type { Clock, EventSink, Journal, MigrationEvent } from "../../core/index.ts";
import type { OrgConnection } from "../../okta/index.ts";
import { formatDuration } from "../../reports/index.ts";
import type { RunView } from "../output/run-view.ts";

/** How often the line is drawn. */
const TICK_MS = 200;
/** Over how long the rate is averaged. */
const RATE_OVER_MS = 15_000;

/** What the progress of a run is read from. */
export interface TickerOptions {
  readonly view: RunView;
  readonly clock: Clock;
  readonly journal: Pick<Journal, "totals">;
  readonly org: Pick<OrgConnection, "rateStatus"> | undefined;
  /** Whether the source is read as it is sent, so that its end is not known. */
  readonly streaming: boolean;
  /** Whether something else has the line at present. @default never */
  readonly isHeld?: () => boolean;
}

interface Mark {
  readonly atMs: number;
  readonly ended: number;
}

/** Draws the progress of a run now and then; listens to events to say why it waits. */
export class ProgressTicker implements EventSink {
  readonly #options: TickerOptions;
  readonly #stopped = new AbortController();
  readonly #marks: Mark[] = [];
  #phase: "reading" | "waiting" | "sending" = "reading";
  #pause: { readonly reason: string; readonly untilMs: number } | undefined;

  constructor(options: TickerOptions) {
    this.#options = options;
    void this.#run();
  }

  emit(event: MigrationEvent): void {
    if (event.event === "org-paused") {
      const untilMs = this.#options.clock.now() + event.nextProbeMs;
      this.#pause = { reason: event.reason, untilMs };
    } else if (event.event === "org-resumed") {
      this.#pause = undefined;
    }
  }

  /** Draws nothing until the sending begins: somebody may be asked meanwhile. */
  endReading(): void {
    this.#phase = "waiting";
  }

  /** Reading is over; what is counted from here on is sent. */
  beginSending(): void {
    this.#phase = "sending";
    this.#marks.length = 0;
  }

  /** Draws nothing any more. */
  stop(): void {
    this.#stopped.abort();
  }

  async #run(): Promise<void> {
    const { clock } = this.#options;
    while (!this.#stopped.signal.aborted) {
      await clock.sleep(TICK_MS, this.#stopped.signal);
      if (!this.#stopped.signal.aborted) this.#tick(clock.now());
    }
  }

  #tick(nowMs: number): void {
    const { view, journal, org, streaming, isHeld } = this.#options;
    if (this.#phase === "waiting" || isHeld?.() === true) return;
    const totals = journal.totals();
    const sending = this.#phase === "sending";
    const ratePerMinute = sending ? this.#rate(nowMs, totals.records - totals.pending) : undefined;
    const bucket = org?.rateStatus().creates;
    view.progress({
      phase: this.#phase,
      totals,
      complete: sending && !streaming,
      ratePerMinute,
      limitPerMinute:
        bucket?.limit === undefined ? undefined : (bucket.limit * 60_000) / bucket.windowMs,
      remainingMs:
        ratePerMinute === undefined || ratePerMinute === 0 || streaming
          ? undefined
          : (totals.pending / ratePerMinute) * 60_000,
      waitingFor: this.#waitingFor(nowMs),
    });
  }

  #rate(nowMs: number, ended: number): number | undefined {
    this.#marks.push({ atMs: nowMs, ended });
    while ((this.#marks[0]?.atMs ?? nowMs) < nowMs - RATE_OVER_MS) this.#marks.shift();
    const first = this.#marks[0];
    if (first === undefined || nowMs - first.atMs < 2 * TICK_MS) return undefined;
    return ((ended - first.ended) / (nowMs - first.atMs)) * 60_000;
  }

  #waitingFor(nowMs: number): string | undefined {
    if (this.#pause !== undefined) {
      const leftMs = Math.max(0, this.#pause.untilMs - nowMs);
      return `${this.#pause.reason}, next try in ${formatDuration(leftMs)}`;
    }
    const bucket = this.#options.org?.rateStatus().creates;
    if (bucket?.waitMs === undefined || bucket.waitMs < 1000) return undefined;
    if (bucket.waitingFor === "window") {
      return `the org's rate limit, next window in ${formatDuration(bucket.waitMs)}`;
    }
    return bucket.waitingFor === "pause"
      ? `the org refused, next try in ${formatDuration(bucket.waitMs)}`
      : undefined;
  }
}
