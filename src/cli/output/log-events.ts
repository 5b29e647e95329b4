import { ConfigError, type EventSink, type MigrationEvent, printable } from "../../core/index.ts";

const LEVELS = ["error", "warn", "info", "debug", "trace"] as const;

/** How much is logged. */
export type LogLevel = (typeof LEVELS)[number];

/** As of which level an event is logged. */
const LEVEL_OF: Readonly<Record<MigrationEvent["event"], LogLevel>> = {
  warning: "warn",
  "rate-cap-learned": "warn",
  "org-paused": "warn",
  "org-resumed": "warn",
  "token-renewed": "info",
  draining: "info",
  "rate-limited": "info",
  "rate-limit-known": "info",
  "concurrency-lowered": "info",
  "attempt-lost": "info",
  "record-ended": "debug",
  "request-answered": "debug",
  "source-joined": "info",
  "plan-progress": "trace",
};

/**
 * Reads `OKTA_MIGRATE_LOG`.
 *
 * @throws {ConfigError} OPTION_INVALID when it names no level
 */
export function readLogLevel(text: string | undefined): LogLevel {
  if (text === undefined || text === "") return "warn";
  const level = LEVELS.find((name) => name === text.trim().toLowerCase());
  if (level !== undefined) return level;
  throw new ConfigError({
    code: "OPTION_INVALID",
    at: "OKTA_MIGRATE_LOG",
    message: "OKTA_MIGRATE_LOG names no log level.",
    hint: `Set it to one of: ${LEVELS.join(", ")}.`,
  });
}

/** Where log lines go. */
export interface LogOptions {
  readonly write: (line: string) => void;
  /** Milliseconds since 1970. */
  readonly time: () => number;
  /** Events that are told elsewhere. */
  readonly except: readonly MigrationEvent["event"][];
}

/** Writes events as lines of `time level event key=value …`; only their own named values. */
export function logEvents(level: LogLevel, { write, time, except }: LogOptions): EventSink {
  const most = LEVELS.indexOf(level);
  return {
    emit: (event) => {
      const eventLevel = LEVEL_OF[event.event];
      if (LEVELS.indexOf(eventLevel) > most || except.includes(event.event)) return;
      const { event: name, ...values } = event;
      const pairs = Object.entries(values)
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => `${key}=${printable(JSON.stringify(value), 400)}`);
      write(`${new Date(time()).toISOString()} ${eventLevel} ${[name, ...pairs].join(" ")}`);
    },
  };
}
