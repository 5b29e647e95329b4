import { ConfigError, type EventSink, Secret } from "../../../../core/index.ts";
import {
  CheckLine,
  digestKeyOf,
  type HookEvent,
  HookMetrics,
  type HookSecrets,
  type HookServer,
  PasswordEndpoint,
  serveHook,
} from "../../../../hook/index.ts";
import type { PasswordVerifier } from "../../../../passwords/index.ts";
import { systemClock } from "../../../../platform/index.ts";
import type { Environment } from "../../../environment.ts";
import { hookSecretPath, readHookSecrets, readSealKey } from "../read-hook-files.ts";
import { configuredStores } from "./configured-stores.ts";
import { openPlaces, type Places } from "./open-places.ts";
import { openThrottle } from "./open-throttle.ts";
import type { ServeOptions } from "./options.ts";
import { readTlsFiles } from "./read-tls-files.ts";
import { watchServiceFiles } from "./watch-service-files.ts";

/** What the service is made of that its starter owns. */
export interface ServiceParts {
  readonly verifier: PasswordVerifier;
  /** As many as the verifier has. */
  readonly threads: number;
  readonly events: EventSink;
  readonly environment: Environment;
  readonly emit: (event: HookEvent) => void;
  /** Ends the watch over files. */
  readonly signal: AbortSignal;
}

/** The service, listening; ready once it has warmed up and each place was there. */
export interface Service {
  readonly server: HookServer;
  readonly places: Places;
  /** Where wrong passwords are counted, for people; undefined: in this process alone. */
  readonly throttle: string | undefined;
  warmUp(): Promise<void>;
  /**
   * Is not ready from now on, takes calls for a while still, since who sends them learns of it late; answers
   * what is in flight, and gives everything back.
   */
  drain(): Promise<void>;
}

/**
 * Opens the places where passwords are checked, and listens.
 *
 * @throws {ConfigError} OPTION_INVALID, CONFIG_INVALID, SEAL_KEY_MISSING, SEAL_KEY_INVALID, SEAL_KEY_WRONG,
 *   SEALED_STORE_UNREADABLE, HOOK_SECRET_MISSING, HOOK_SECRET_INVALID
 * @throws {SourceError} as `openPlaces`
 */
export async function startService(options: ServeOptions, parts: ServiceParts): Promise<Service> {
  const { environment, events, emit, signal } = parts;
  const { stores, throttle: throttleAt, config } = await configuredStores(options);
  const isSealed = stores.some(({ kind }) => kind === "sealed");
  const key = isSealed ? await readSealKey(environment, events) : undefined;
  const secretFile = hookSecretPath(environment);
  let secrets = await readHookSecrets(secretFile, events);
  const line = new CheckLine({ ...parts, clock: systemClock });
  const digestKey = digestKeyOf(key ?? firstOf(secrets));
  const database = { environment, config, decoyKey: digestKey };
  const throttle = await openThrottle(throttleAt, { environment, events, emit, signal });
  const tools = { line, environment, events, key, database, emit };
  const places = await openPlaces(stores, tools);
  let isServing = false;
  const isReady = (): boolean => isServing && places.isUp() && places.areReachable;
  const metrics = new HookMetrics({
    load: () => line.load,
    logins: () => places.sealed.reduce((sum, { store }) => sum + store.facts.logins, 0),
    isReady,
    connections: () => server.connections,
    isStoreReachable: () => places.areReachable,
    isThrottleAlone: throttle.isAlone,
  });
  const endpoint = new PasswordEndpoint({
    clock: systemClock,
    secrets: () => secrets,
    checker: () => places.checker,
    wrongPasswords: throttle.wrongPasswords,
    digestKey,
    emit: (event) => {
      metrics.note(event);
      emit(event);
    },
  });
  const server: HookServer = await listen(options, {
    routes: { endpoint, isReady, metrics: () => metrics.render() },
    onRefusedConnection: () => metrics.noteRefusedConnection(),
  }).catch((error: unknown) => {
    places.close();
    throw error;
  });
  const reloads = {
    certificate: (tls: Parameters<HookServer["useCertificate"]>[0]) => server.useCertificate(tls),
    secret: async () => {
      secrets = await readHookSecrets(secretFile, events);
    },
    store: (path: string) => places.reopen(path),
  };
  const watching = new AbortController();
  const watched = { tls: options.tls, stores: places.files, secretFile };
  watchServiceFiles(watched, reloads, { emit, signal });
  return {
    server,
    places,
    throttle: throttle.label,
    warmUp: async () => {
      // From here on the start has been told of, and whatever happens may be.
      const over = AbortSignal.any([signal, watching.signal]);
      places.watch(over, emit);
      throttle.watch(over);
      const decoys = places.sealed.flatMap(({ store }) => store.decoys);
      await line.warmUp(decoys.map(({ hash }) => hash));
      isServing = true;
    },
    drain: async () => {
      isServing = false;
      server.letGo();
      await systemClock.sleep(options.drainDelayMs);
      await server.drain();
      watching.abort();
      places.close();
    },
  };
}

function firstOf(secrets: HookSecrets): Secret<Uint8Array> {
  return new Secret(secrets.reveal()[0] ?? new Uint8Array());
}

async function listen(
  { host, port, tls: files, callers, maxConnections }: ServeOptions,
  parts: Pick<Parameters<typeof serveHook>[0], "routes" | "onRefusedConnection">,
): Promise<HookServer> {
  const tls = files === undefined ? undefined : await readTlsFiles(files);
  try {
    return await serveHook({
      ...parts,
      clock: systemClock,
      host,
      port,
      tls,
      callers,
      maxConnections,
    });
  } catch (cause) {
    const { code = "unknown", syscall } = cause as NodeJS.ErrnoException;
    const isTls = tls !== undefined && syscall === undefined;
    throw new ConfigError({
      code: "OPTION_INVALID",
      at: isTls ? "--tls-cert" : "--port",
      message: isTls
        ? `certificate and key can't be used (${code})`
        : `can't listen on ${host}, port ${port} (${code})`,
      hint: isTls
        ? "Give a certificate and its own key, both in PEM."
        : "Give an address of this machine and a port that is free; --port 0 takes one.",
      cause,
    });
  }
}
