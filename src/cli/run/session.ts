import type { Clock, EventSink } from "../../core/index.ts";
import { systemClock } from "../../platform/index.ts";
import type { Environment } from "../environment.ts";
import { createHumanView } from "../output/human-view.ts";
import { createJsonView } from "../output/json-view.ts";
import { ignoreClosedOutput } from "../output/json-lines.ts";
import { logEvents, readLogLevel } from "../output/log-events.ts";
import type { RunView } from "../output/run-view.ts";
import { openTerminal, type Terminal } from "../output/terminal.ts";

/** What every command that works on a run speaks through. */
export interface Session {
  readonly environment: Environment;
  readonly clock: Clock;
  readonly terminal: Terminal;
  readonly view: RunView;
  /** Takes events to the view, the log and whoever else listens. */
  readonly events: EventSink & { listen(sink: EventSink): void };
  /** Whether a person can be asked. */
  readonly canAsk: boolean;
}

const TOLD_TO_PEOPLE = [
  "warning",
  "rate-cap-learned",
  "org-paused",
  "org-resumed",
  "token-renewed",
  "draining",
] as const;

/**
 * Opens the process's own output.
 *
 * @throws {ConfigError} OPTION_INVALID when `OKTA_MIGRATE_LOG` names no level
 */
export function openSession({ json }: { readonly json: boolean }): Session {
  ignoreClosedOutput();
  const environment: Environment = process.env;
  const clock = systemClock;
  const terminal = openTerminal();
  const level = readLogLevel(environment["OKTA_MIGRATE_LOG"]);
  const view = json ? createJsonView(() => clock.now()) : createHumanView(terminal);
  const log = logEvents(level, {
    write: (line) => terminal.print(line),
    time: () => clock.wallNow(),
    // People are told of these in sentences.
    except: json ? [] : TOLD_TO_PEOPLE,
  });
  const sinks: EventSink[] = [log];
  if (json || level !== "error") sinks.push({ emit: (event) => view.event(event) });
  return {
    environment,
    clock,
    terminal,
    view,
    events: {
      emit: (event) => {
        for (const sink of sinks) sink.emit(event);
      },
      listen: (sink) => sinks.push(sink),
    },
    canAsk: process.stdin.isTTY && terminal.isTerminal && !json,
  };
}
