import { createServer as createHttpServer, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Clock } from "../core/index.ts";
import type { App, AppChange, AppSetup } from "./access/app.ts";
import { Gateway } from "./gateway.ts";
import { StateFile } from "./state/state-file.ts";
import { HttpEdge } from "./http-edge.ts";
import {
  describeMails,
  describeState,
  describeUser,
  type EmulatedMail,
  type EmulatedUser,
  type EmulatorState,
} from "./inspect.ts";
import { type Automation, NO_AUTOMATION } from "./org/automation.ts";
import type { CallNote } from "./traffic/ledger.ts";
import type { LimitPlan } from "./traffic/limit-plans.ts";
import { DEFAULT_SETTINGS, type EmulatorSettings } from "./traffic/settings.ts";
import { NO_TIMETABLE, type Timetable } from "./traffic/timetable.ts";

const HOST = "127.0.0.1";
const DEFAULT_TOKEN = "emulator-token";
const DEFAULT_WINDOW_MS = 60_000;
const DEFAULT_KEPT_LOG_EVENTS = 100_000;

/** How an emulator is to behave; all but the clock can be left out. */
export interface EmulatorOptions extends Partial<EmulatorSettings> {
  readonly clock: Clock;
  /** Port on 127.0.0.1; 0 takes a free one. @default 0 */
  readonly port?: number;
  /** Certificate chain and private key in PEM: https instead of http. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** What callers must send as SSWS or Bearer token. @default "emulator-token" */
  readonly token?: string;
  /**
   * File in which the org is kept: loaded at the start where it is there, written by
   * {@link Emulator.save} and {@link Emulator.close}. It holds hashes; only its owner can read it.
   */
  readonly stateFile?: string;
  /** OAuth clients, besides the native app `emulator-native`. @default none */
  readonly apps?: readonly AppSetup[];
  /** Applications of everybody, to be listed and nothing else. @default none */
  readonly automation?: Partial<Automation>;
  /** The same seed gives the same ids, window phases and faults. @default 1 */
  readonly seed?: number;
  /** Length of a rate limit window in milliseconds. @default 60000 */
  readonly windowMs?: number;
  /** Limits by bucket, where `limit` is 0. @default none */
  readonly plan?: LimitPlan;
  /** What changes by itself. @default nothing */
  readonly timetable?: Timetable;
  /** How many of the last calls are kept for {@link Emulator.calls}. @default 0 */
  readonly keptCalls?: number;
  /** How many of the newest events the System Log keeps; 0: none. @default 100000 */
  readonly keptLogEvents?: number;
  /**
   * Certificates in PEM that inline hooks may be vouched for by, besides the well-known ones.
   *
   * @default those that the process trusts, which `NODE_EXTRA_CA_CERTS` adds to
   */
  readonly hookCa?: string;
}

/** A running pretend org. */
export interface Emulator {
  /** `http://127.0.0.1:port`, or https. */
  readonly url: string;
  /** The users there are, in order of creation. */
  users(): IterableIterator<EmulatedUser>;
  /** What has happened. */
  ledger(): EmulatorState;
  /** The last calls, oldest first, as many as `keptCalls` said. */
  calls(): readonly CallNote[];
  /** The newest mails that Okta would have sent, oldest first, 10,000 at most. */
  mails(): readonly EmulatedMail[];
  /** The OAuth clients there are. */
  apps(): readonly App[];
  /** Changes an OAuth client from now on; undefined when there is none of that id. */
  changeApp(clientId: string, change: AppChange): App | undefined;
  /** Ends all access tokens that were handed out, and with `revoked` all refresh tokens. */
  endTokens(how: "expired" | "revoked"): void;
  /** From now on another static token is good, and the old one is not. */
  replaceToken(token: string): void;
  /** Changes settings from now on. */
  change(settings: Partial<EmulatorSettings>): void;
  /** Forgets users, groups, schema, hooks, mails, the System Log and counts; apps and tokens stay. */
  reset(): void;
  /**
   * Writes the org to its state file; calls wait meanwhile.
   *
   * @returns false where there is no such file
   * @throws {Error} of the system, or a `StateFileError`, when it can't be written
   */
  save(): Promise<boolean>;
  /**
   * Ends every connection, resolves when the port is free and the state, if there is a file for it, is
   * written. Late commits no longer happen.
   *
   * @throws {Error} of the system when the state can't be written
   */
  close(): Promise<void>;
}

/**
 * Starts a pretend Okta org on this machine, in memory.
 *
 * @throws {StateFileError} when the state file is broken, or a file of something else
 * @throws {StateFileHeldError} when another emulator keeps its org in the state file
 * @throws {Error} of the system when the port or the state file can't be had or the certificate is none
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { stateFile: path } = options;
  if (path === undefined) return startWith(options, undefined);
  const stateFile = await StateFile.open(path);
  try {
    return await startWith(options, stateFile);
  } catch (error) {
    await stateFile.release();
    throw error;
  }
}

async function startWith(
  options: EmulatorOptions,
  stateFile: StateFile | undefined,
): Promise<Emulator> {
  const gateway = new Gateway({
    clock: options.clock,
    seed: options.seed ?? 1,
    windowMs: options.windowMs ?? DEFAULT_WINDOW_MS,
    plan: options.plan,
    token: options.token ?? DEFAULT_TOKEN,
    apps: options.apps ?? [],
    automation: { ...NO_AUTOMATION, ...options.automation },
    keptCalls: options.keptCalls ?? 0,
    hookCa: options.hookCa,
    keptLogEvents: options.keptLogEvents ?? DEFAULT_KEPT_LOG_EVENTS,
    timetable: options.timetable ?? NO_TIMETABLE,
    settings: settingsOf(options),
    stateFile,
  });
  await stateFile?.load(gateway.org);
  const scheme = options.tls === undefined ? "http" : "https";
  const server = serverFor(new HttpEdge(gateway, scheme), options.tls);
  await listen(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  return emulatorOf(gateway, `${scheme}://${HOST}:${port}`, async () => {
    await close(server, gateway);
    try {
      await gateway.save();
    } finally {
      await stateFile?.release();
    }
  });
}

function emulatorOf(gateway: Gateway, url: string, end: () => Promise<void>): Emulator {
  return {
    url,
    *users() {
      for (const user of gateway.org.users.from(0)) yield describeUser(gateway.org, user);
    },
    ledger: () => describeState(gateway),
    calls: () => gateway.ledger.calls(),
    mails: () => describeMails(gateway.org),
    apps: () => gateway.access.apps(),
    changeApp: (clientId, change) => gateway.access.changeApp(clientId, change),
    endTokens: (how) => gateway.access.tokens.endAll(how),
    replaceToken: (token) => gateway.replaceToken(token),
    change: (changed) => gateway.change(changed),
    reset: () => gateway.reset(),
    save: () => gateway.save(),
    close: end,
  };
}

function settingsOf(options: EmulatorOptions): EmulatorSettings {
  const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS };
  for (const name of Object.keys(DEFAULT_SETTINGS)) {
    const given = options[name as keyof EmulatorSettings];
    if (given !== undefined) settings[name] = given;
  }
  return settings as unknown as EmulatorSettings;
}

function serverFor(edge: HttpEdge, tls: EmulatorOptions["tls"]): Server {
  // A caller keeps its connections as long as it likes: no idle connection is closed under it.
  const timeouts = { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 };
  return tls === undefined
    ? createHttpServer(timeouts, edge.listener)
    : createHttpsServer({ ...timeouts, cert: tls.cert, key: tls.key }, edge.listener);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function close(server: Server, gateway: Gateway): Promise<void> {
  gateway.close();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
