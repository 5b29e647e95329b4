import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { LineLoad } from "../checking/check-line.ts";
import type { HookAnswer } from "./hook-answers.ts";
import type { HookEvent } from "./hook-events.ts";

/** Around the 2.5 s in which every call is answered. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2, 2.5, 3];
const PREFIX = "okta_migrate_hook_";

/** What the gauges show when they are asked. */
export interface MetricSources {
  readonly load: () => LineLoad;
  readonly logins: () => number;
  readonly isReady: () => boolean;
  readonly connections: () => number;
  /** Whether all sealed stores can be read. */
  readonly isStoreReachable: () => boolean;
  /** Whether wrong passwords are counted here alone though they should be with others. */
  readonly isThrottleAlone: () => boolean;
}

/** Counts what happens, for Prometheus. Documented in `docs/reference/hook-metrics.md`. */
export class HookMetrics {
  readonly #registry = new Registry();
  readonly #calls: Counter<"outcome" | "because" | "format">;
  readonly #duration: Histogram<"outcome">;
  readonly #wait: Histogram;
  readonly #refused: Counter;

  constructor(sources: MetricSources) {
    const { load, logins, isReady, connections, isStoreReachable, isThrottleAlone } = sources;
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#calls = new Counter({
      name: `${PREFIX}calls_total`,
      help: "Calls answered, by outcome, by reason where there is one, and by format of the hash.",
      labelNames: ["outcome", "because", "format"],
      registers,
    });
    this.#duration = new Histogram({
      name: `${PREFIX}duration_seconds`,
      help: "Time from a call's arrival to its answer, by outcome.",
      labelNames: ["outcome"],
      buckets: SECONDS,
      registers,
    });
    this.#wait = new Histogram({
      name: `${PREFIX}queue_wait_seconds`,
      help: "Time that a check waited for a thread.",
      buckets: SECONDS,
      registers,
    });
    this.#refused = new Counter({
      name: `${PREFIX}connections_refused_total`,
      help: "Connections that were closed for being one too many.",
      registers,
    });
    const gauge = (name: string, help: string, read: () => number): void => {
      const shown: Gauge = new Gauge({
        name: PREFIX + name,
        help,
        registers,
        collect: () => {
          shown.set(read());
        },
      });
    };
    gauge("queue_waiting", "Checks that wait for a thread.", () => load().waiting);
    gauge("queue_running", "Checks that a thread works on.", () => load().running);
    gauge(
      "queue_expected_wait_seconds",
      "How long a new login would wait.",
      () => load().waitMs / 1000,
    );
    gauge("connections", "Connections, idle ones included.", connections);
    gauge("store_logins", "Logins of the sealed store.", logins);
    gauge("store_reachable", "1 where all sealed stores can be read, else 0.", () =>
      Number(isStoreReachable()),
    );
    gauge(
      "throttle_alone",
      "1 while wrong passwords can't be counted with other replicas, else 0.",
      () => Number(isThrottleAlone()),
    );
    gauge("ready", "1 where calls are best sent here, else 0.", () => Number(isReady()));
  }

  /** Takes note of what happened. */
  note(event: HookEvent): void {
    if (event.event !== "answered") return;
    const { outcome, because, format = "", durationMs, waitedMs } = event;
    // What is malformed is told in sentences, which are no labels.
    const reason = outcome === "untold" ? (because ?? "") : "";
    this.#calls.inc({ outcome, because: reason, format });
    this.#duration.observe({ outcome }, durationMs / 1000);
    if (waitedMs !== undefined) this.#wait.observe(waitedMs / 1000);
  }

  /** Takes note of a connection that was closed for being one too many. */
  noteRefusedConnection(): void {
    this.#refused.inc();
  }

  /** All of it, as Prometheus reads it. */
  async render(): Promise<HookAnswer> {
    const body = await this.#registry.metrics();
    return { status: 200, body, contentType: this.#registry.contentType };
  }
}
