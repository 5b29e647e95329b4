import type { HookRecord } from "../hooks/hook-record.ts";
import type { GroupRecord } from "../org/group-store.ts";
import type { GroupRule } from "../org/group-rules.ts";
import type { JsonObject } from "../org/json.ts";
import type { UserRecord } from "../org/user-record.ts";
import type { EventType } from "./event-types.ts";

/** The request that an event came from; shared by its events. */
export interface LogOrigin {
  readonly requestId: string;
  readonly path: string;
  readonly queryText: string;
  readonly ipAddress: string;
  readonly userAgent: string;
  /** Client id of the app that called; undefined: the administrator, or somebody who signs in. */
  readonly clientId: string | undefined;
}

/** The origin of what the org did without a request. */
export const NO_REQUEST: LogOrigin = {
  requestId: "unknown",
  path: "unknown",
  queryText: "",
  ipAddress: "127.0.0.1",
  userAgent: "",
  clientId: undefined,
};

/** What happened. */
export interface Happening {
  readonly type: EventType;
  readonly user?: UserRecord | undefined;
  readonly group?: GroupRecord;
  readonly hook?: HookRecord;
  /** @default "SUCCESS" */
  readonly result?: "SUCCESS" | "FAILURE" | "DENY";
  /** Why it did not succeed. */
  readonly reason?: string;
  /** Who did it: an administrator, the user, or the org by itself. @default "administrator" */
  readonly by?: "administrator" | "user" | "org";
  /** The group rule that made the org do it. */
  readonly rule?: GroupRule;
  readonly debug?: JsonObject;
}

/** One event as it is kept: it becomes a LogEvent when it is asked for. */
export interface LogEntry {
  readonly happening: Happening;
  /** Milliseconds since the org's start. */
  readonly at: number;
  readonly origin: LogOrigin;
}

/** What happened in the org, of which the newest are kept. */
export class SystemLog {
  readonly #kept: number;
  readonly #ring: LogEntry[] = [];
  #next = 0;

  /** @param kept how many of the newest events are kept; 0: none */
  constructor(kept: number) {
    this.#kept = kept;
  }

  /** Whether anything is kept at all. */
  get isKept(): boolean {
    return this.#kept > 0;
  }

  /** Serial number of the oldest event that is kept. */
  get oldest(): number {
    return this.#next - this.#ring.length;
  }

  /** Serial number of the next event. */
  get next(): number {
    return this.#next;
  }

  /** Keeps an event; the oldest may go. */
  add(entry: LogEntry): void {
    this.#ring[this.#next % this.#kept] = entry;
    this.#next += 1;
  }

  /** By serial number; undefined when it is not there any more, or not yet. */
  at(serial: number): LogEntry | undefined {
    if (serial < this.oldest || serial >= this.#next) return undefined;
    return this.#ring[serial % this.#kept];
  }
}
