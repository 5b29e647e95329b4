import type { Clock, EventSink } from "../core/index.ts";
import type { NetworkTrouble } from "./network-trouble.ts";
import { readOnlyError, unavailableError, unreachableError } from "./org-endings.ts";
import type { OrgUrl } from "./org-url.ts";
import { WaitingLine } from "./waiting-line.ts";

/** Whether a request only reads; the org may take reads while it takes no writes. */
export type RequestKind = "read" | "write";

/** What a request that was let through met with. */
export type Verdict =
  /** Any answer that the org gave on purpose, a refusal or a 429 too. */
  | { readonly kind: "definite" }
  /** A 5xx, or no whole answer. */
  | { readonly kind: "down" }
  /** No connection came about. */
  | { readonly kind: "unreachable"; readonly trouble: NetworkTrouble; readonly cause: unknown }
  /** The org takes no writes. */
  | { readonly kind: "read-only" };

/** The right to send one request, given by {@link OrgHealth.pass}. */
export interface HealthPass {
  readonly kind: RequestKind;
  /** Whether it is the one request that finds out how the org is. */
  readonly isProbe: boolean;
}

/** Numbers of the org's health that a test may shorten. */
export interface HealthLimits {
  /** How long an org may be down before the run stops. @default 1800000, a usual maintenance */
  readonly giveUpAfterMs: number;
}

const GIVE_UP_AFTER_MS = 30 * 60_000;
/** Down answers in a row: fewer would pause for a hiccup, more would feed records to a dead org. */
const DOWNS_BEFORE_PAUSE = 10;
const FIRST_PROBE_MS = 1_000;
const LONGEST_PROBE_MS = 30_000;
/** Tries to reach an org that has never answered: a wrong address should be told in seconds. */
const FIRST_TRIES = 3;

type State = "untried" | "sound" | "paused" | "over";

/**
 * Whether the org is fit to be asked, judged by how all requests fare.
 *
 * - **untried**: nothing was ever answered. One request at a time; after three failed connections
 *   it is over, at once where a TLS certificate is refused or a proxy refuses us. Any answer: sound.
 * - **sound**: everything passes. Ten down verdicts in a row, of all or of the writes, or one
 *   read-only: paused.
 * - **paused**: one probe at growing intervals, look-ups first, everything else waits; verdicts of
 *   requests from before are ignored. A definite verdict of the probe: sound. While only writes fail
 *   reads pass and only a write is a probe. Half an hour without success: over.
 * - **over**: every request is refused with the error that ended it.
 */
export class OrgHealth {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #events: EventSink;
  readonly #orgUrl: Pick<OrgUrl, "host" | "variable">;
  readonly #giveUpAfterMs: number;
  #state: State = "untried";
  #isReadOnly = false;
  /** Whether it was paused for its writes: a read that goes well then tells nothing of them. */
  #awaitsWrite = false;
  #readsPass = false;
  #downsInARow = 0;
  #writesDownInARow = 0;
  #tries = 0;
  #pausedAtMs = 0;
  #intervalMs = FIRST_PROBE_MS;
  #probeAtMs = 0;
  #probe: HealthPass | undefined;
  /** What everyone gets while requests flow; new ones after each pause, so that old ones tell nothing. */
  #passes = freshPasses();
  #ending: Error | undefined;
  readonly #waiting = new WaitingLine<RequestKind, HealthPass>(() => this.#schedule());
  #timer: AbortController | undefined;

  constructor(options: {
    readonly orgUrl: Pick<OrgUrl, "host" | "variable">;
    readonly clock: Clock;
    readonly random: () => number;
    readonly events: EventSink;
    readonly limits?: Partial<HealthLimits>;
  }) {
    this.#orgUrl = options.orgUrl;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#events = options.events;
    this.#giveUpAfterMs = options.limits?.giveUpAfterMs ?? GIVE_UP_AFTER_MS;
    this.#probeAtMs = options.clock.now();
  }

  /**
   * Gives the right to send, at once while the org is sound; each pass is settled or given back.
   *
   * @throws {OktaError} ORG_UNREACHABLE, ORG_UNAVAILABLE or ORG_READ_ONLY when waiting is over
   */
  pass(kind: RequestKind, signal?: AbortSignal): HealthPass | Promise<HealthPass> {
    if (this.#ending !== undefined) return Promise.reject(this.#ending);
    if (this.#flows(kind)) return this.#passes[kind];
    return this.#waiting.join(kind, signal);
  }

  /** Whether a pass given earlier still allows to send. */
  isValid(pass: HealthPass): boolean {
    if (this.#ending !== undefined) return false;
    return pass === this.#probe || (pass === this.#passes[pass.kind] && this.#flows(pass.kind));
  }

  /** Gives a pass back that was not used. */
  giveBack(pass: HealthPass): void {
    if (pass !== this.#probe) return;
    this.#probe = undefined;
    this.#schedule();
  }

  /** Takes into account how a request fared. */
  settle(pass: HealthPass, verdict: Verdict): void {
    if (pass === this.#probe) {
      this.#probe = undefined;
      if (verdict.kind === "definite") this.#recover(pass.kind);
      else this.#probeFailed(pass.kind, verdict);
      this.#schedule();
    } else if (this.isValid(pass)) {
      this.#count(pass.kind, verdict);
    }
  }

  /** Refuses everything that waits or comes, with this reason. */
  close(reason: Error): void {
    this.#end(reason);
  }

  #flows(kind: RequestKind): boolean {
    return (
      this.#state === "sound" || (this.#state === "paused" && this.#readsPass && kind === "read")
    );
  }

  #count(kind: RequestKind, verdict: Verdict): void {
    if (verdict.kind === "read-only") {
      this.#awaitsWrite = true;
      this.#pause("read-only", kind === "write");
      return;
    }
    const isDown = verdict.kind !== "definite";
    this.#downsInARow = isDown ? this.#downsInARow + 1 : 0;
    if (kind === "write") this.#writesDownInARow = isDown ? this.#writesDownInARow + 1 : 0;
    if (this.#downsInARow >= DOWNS_BEFORE_PAUSE) {
      this.#pause("down", false);
    } else if (this.#writesDownInARow >= DOWNS_BEFORE_PAUSE) {
      this.#awaitsWrite = true;
      this.#pause("down", true);
    }
  }

  #pause(why: "down" | "read-only", readsPass: boolean): void {
    const nowMs = this.#clock.now();
    if (this.#state !== "paused") {
      this.#pausedAtMs = nowMs;
      this.#intervalMs = FIRST_PROBE_MS;
    }
    this.#state = "paused";
    this.#passes = freshPasses();
    this.#isReadOnly = why === "read-only";
    this.#readsPass = readsPass;
    this.#downsInARow = 0;
    this.#writesDownInARow = 0;
    this.#planProbe();
  }

  #planProbe(): void {
    const waitMs = Math.round(this.#intervalMs * (0.75 + this.#random() / 2));
    this.#probeAtMs = this.#clock.now() + waitMs;
    if (this.#state === "paused") {
      const reason = this.#isReadOnly ? "the org is read-only" : "the org is down";
      this.#events.emit({ event: "org-paused", reason, nextProbeMs: waitMs });
    }
    this.#restartTimer();
  }

  #recover(kind: RequestKind): void {
    const wasPaused = this.#state === "paused";
    if (wasPaused && this.#awaitsWrite && kind === "read") {
      this.#readsPass = true;
    } else {
      this.#state = "sound";
      this.#awaitsWrite = false;
      this.#readsPass = false;
      this.#downsInARow = 0;
      this.#writesDownInARow = 0;
      if (wasPaused) this.#events.emit({ event: "org-resumed" });
    }
    this.#grantWaiting();
  }

  #probeFailed(kind: RequestKind, verdict: Exclude<Verdict, { kind: "definite" }>): void {
    if (this.#state === "untried") {
      this.#firstTryFailed(kind, verdict);
      return;
    }
    const pausedForMs = this.#clock.now() - this.#pausedAtMs;
    if (pausedForMs >= this.#giveUpAfterMs) {
      this.#end(this.#isReadOnly ? readOnlyError(pausedForMs) : unavailableError(pausedForMs));
      return;
    }
    if (verdict.kind === "read-only") {
      this.#isReadOnly = true;
      this.#awaitsWrite = true;
      if (kind === "write") this.#readsPass = true;
    } else {
      this.#isReadOnly = false;
      if (kind === "read") this.#readsPass = false;
    }
    this.#intervalMs = Math.min(LONGEST_PROBE_MS, this.#intervalMs * 2);
    this.#planProbe();
    this.#grantWaiting();
  }

  #firstTryFailed(kind: RequestKind, verdict: Exclude<Verdict, { kind: "definite" }>): void {
    if (verdict.kind === "unreachable") {
      this.#tries += 1;
      if (this.#tries >= FIRST_TRIES || isDecided(verdict.trouble)) {
        this.#end(unreachableError(this.#orgUrl, verdict.trouble, verdict.cause));
        return;
      }
      this.#planProbe();
      return;
    }
    this.#state = "sound";
    this.#count(kind, verdict);
    this.#grantWaiting();
  }

  #grantWaiting(): void {
    for (const waiter of this.#waiting.all()) {
      if (this.#flows(waiter.kind)) waiter.give(this.#passes[waiter.kind]);
    }
  }

  /** Sends the next probe when its time has come, or sleeps until then; only while somebody waits. */
  #schedule(): void {
    const waiting = this.#waiting.all();
    const next = waiting.find((waiter) => waiter.kind === "read") ?? waiting.at(0);
    if (next === undefined) {
      this.#timer?.abort();
      this.#timer = undefined;
      return;
    }
    if (this.#probe !== undefined || this.#timer !== undefined) return;
    const waitMs = this.#probeAtMs - this.#clock.now();
    if (waitMs <= 0) {
      this.#probe = { kind: next.kind, isProbe: true };
      next.give(this.#probe);
      return;
    }
    const timer = new AbortController();
    this.#timer = timer;
    void this.#clock.sleep(waitMs, timer.signal).then(() => {
      if (this.#timer !== timer) return;
      this.#timer = undefined;
      this.#schedule();
    });
  }

  #restartTimer(): void {
    this.#timer?.abort();
    this.#timer = undefined;
    this.#schedule();
  }

  #end(ending: Error): void {
    if (this.#ending !== undefined) return;
    this.#state = "over";
    this.#ending = ending;
    this.#probe = undefined;
    for (const waiter of this.#waiting.all()) waiter.refuse(ending);
    this.#schedule();
  }
}

/** Whether another try would meet with the same. */
function isDecided({ kind }: NetworkTrouble): boolean {
  return kind === "tls" || kind === "proxy";
}

function freshPasses(): Readonly<Record<RequestKind, HealthPass>> {
  return {
    read: { kind: "read", isProbe: false },
    write: { kind: "write", isProbe: false },
  };
}
