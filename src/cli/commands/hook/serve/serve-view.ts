import { printable } from "../../../../core/index.ts";
import type { CallEvent, HookEvent } from "../../../../hook/index.ts";
import { formatCount } from "../../../../reports/index.ts";
import { writeJsonLine } from "../../../output/json-lines.ts";
import type { Session } from "../../../run/session.ts";
import type { ServeOptions } from "./options.ts";
import type { Service } from "./start-service.ts";

/** What is told while the hook is served. */
export interface ServeView {
  readonly begin: (service: Service, options: ServeOptions) => void;
  readonly event: (event: HookEvent) => void;
}

/** Tells programs line by line on standard output, or people on standard error. */
export function openServeView(session: Session, json: boolean): ServeView {
  const now = (): string => new Date(session.clock.wallNow()).toISOString();
  if (json) {
    return {
      begin: ({ server }) => writeJsonLine({ event: "listening", url: server.url }),
      event: ({ event, ...rest }) => writeJsonLine({ event, at: now(), ...rest }),
    };
  }
  const say = (text: string): void => session.terminal.print(printable(text));
  return {
    begin: ({ server, places, throttle }, options) => {
      say(`The password import hook listens on ${server.url}`);
      for (const label of places.labels) say(`checks against ${label}`);
      for (const { label, store } of places.sealed) {
        const sealedAt = new Date(store.facts.sealedAtMs).toISOString();
        say(`${label} has ${formatCount(store.facts.logins)} logins, sealed ${sealedAt}`);
      }
      if (throttle !== undefined) say(`counts wrong passwords in ${throttle}`);
      if (options.tls === undefined) {
        say(
          "Plain HTTP: passwords come in the clear. Okta calls https only: put a proxy before it.",
        );
      }
      say("Ctrl-C ends it, once the calls in flight are answered.");
    },
    event: (event) => say(`${now()} ${lineOf(event)}`),
  };
}

function lineOf(event: HookEvent): string {
  switch (event.event) {
    case "answered":
      return callLine(event);
    case "reloaded":
      return `the ${event.file} was read again`;
    case "not-reloaded":
      return `the ${event.file} changed and can't be used, the one before still counts: ${event.because}`;
    case "place-away":
      return `not ready, ${event.place} is away: ${event.because}`;
    case "place-up":
      return `${event.place} is there`;
    case "server-lost":
      return `the ${event.server} can't be reached${LOST[event.server]}: ${event.because}`;
    case "server-back":
      return `the ${event.server} is back`;
    case "draining":
      return `ending: ${event.inFlight} calls in flight`;
  }
}

const LOST = {
  store: ", nobody is answered until it is back",
  throttle: ", wrong passwords are counted here alone",
} as const;

function callLine({ outcome, status, durationMs, ...call }: CallEvent): string {
  const { login, address, format, store, because } = call;
  return [
    outcome,
    String(status),
    `${durationMs} ms`,
    ...(login === undefined ? [] : [`login ${login}`]),
    ...(address === undefined ? [] : [`from ${address}`]),
    ...(format === undefined ? [] : [format]),
    ...(store === undefined ? [] : [`in ${store}`]),
    ...(because === undefined ? [] : [`(${because})`]),
  ].join("  ");
}
