import type { Traffic } from "../core/index.ts";
import type { MetaTable } from "./meta-table.ts";

/** What a run cost, with the time it ran. */
export interface RunCost extends Traffic {
  /** All processes together, in milliseconds. */
  readonly elapsedMs: number;
}

const NOTHING: RunCost = { requests: 0, rateLimited: 0, retries: 0, elapsedMs: 0 };

/** Adds what this process sends to what earlier ones sent. */
export class TrafficAccount {
  readonly #meta: MetaTable;
  readonly #earlier: RunCost;
  #own: RunCost = NOTHING;
  #isWritten = true;

  constructor(meta: MetaTable) {
    this.#meta = meta;
    this.#earlier = parseCost(meta.get("traffic"));
  }

  /** Sets what this process sent so far. */
  note(traffic: Traffic, elapsedMs: number): void {
    const { requests, rateLimited, retries } = traffic;
    this.#own = { requests, rateLimited, retries, elapsedMs };
    this.#isWritten = false;
  }

  /** Whether something was noted that is not in the database. */
  get isWritten(): boolean {
    return this.#isWritten;
  }

  /** Over all processes. */
  total(): RunCost {
    return {
      requests: this.#earlier.requests + this.#own.requests,
      rateLimited: this.#earlier.rateLimited + this.#own.rateLimited,
      retries: this.#earlier.retries + this.#own.retries,
      elapsedMs: Math.round(this.#earlier.elapsedMs + this.#own.elapsedMs),
    };
  }

  /** Writes what changed; inside a transaction. */
  write(): void {
    if (this.#isWritten) return;
    this.#meta.set("traffic", JSON.stringify(this.total()));
    this.#isWritten = true;
  }
}

function parseCost(text: string | undefined): RunCost {
  const stored = JSON.parse(text ?? "{}") as Partial<Record<keyof RunCost, unknown>>;
  const of = (key: keyof RunCost): number => Number(stored[key] ?? 0) || 0;
  return {
    requests: of("requests"),
    rateLimited: of("rateLimited"),
    retries: of("retries"),
    elapsedMs: of("elapsedMs"),
  };
}
