import { availableParallelism } from "node:os";
import { ConfigError, type EventSink } from "../../../../core/index.ts";
import {
  checkByHash,
  CheckLine,
  countWrongPasswords,
  digestKeyOf,
  type HookEvent,
  HookMetrics,
  type HookServer,
  openSealedStore,
  PasswordEndpoint,
  type SealedStore,
  serveHook,
} from "../../../../hook/index.ts";
import { openVerifier, type PasswordVerifier } from "../../../../passwords/index.ts";
import { onInterrupt, systemClock } from "../../../../platform/index.ts";
import { openSession } from "../../../run/session.ts";
import { hookSecretPath, readHookSecrets, readSealKey } from "../read-hook-files.ts";
import type { ServeOptions } from "./options.ts";
import { readTlsFiles } from "./read-tls-files.ts";
import { openServeView } from "./serve-view.ts";
import { watchServiceFiles } from "./watch-service-files.ts";

/**
 * Answers Okta's password import hook until the process is asked to end, then lets the calls in flight
 * come to their end.
 *
 * @throws {ConfigError} OPTION_INVALID, SEAL_KEY_MISSING, SEAL_KEY_INVALID, SEAL_KEY_WRONG,
 *   SEALED_STORE_UNREADABLE, HOOK_SECRET_MISSING, HOOK_SECRET_INVALID
 */
export async function runServe(options: ServeOptions): Promise<void> {
  const session = openSession(options);
  const view = openServeView(session, options.json);
  const threads = options.threads ?? availableParallelism();
  const verifier = openVerifier({ clock: systemClock, threads, maxWaiting: threads });
  const over = new AbortController();
  try {
    const service = await startService(options, {
      verifier,
      threads,
      events: session.events,
      environment: session.environment,
      emit: (event) => view.event(event),
      signal: over.signal,
    });
    const interrupted = new Promise<void>((resolve) => {
      onInterrupt(resolve);
    });
    view.begin(service.server.url, service.store(), options);
    await service.warmUp();
    await interrupted;
    view.event({ event: "draining", inFlight: service.server.inFlight });
    await service.drain();
  } finally {
    over.abort();
    await verifier.close();
  }
}

interface ServiceParts {
  readonly verifier: PasswordVerifier;
  readonly threads: number;
  readonly events: EventSink;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly emit: (event: HookEvent) => void;
  /** Ends the watch over files. */
  readonly signal: AbortSignal;
}

interface Service {
  readonly server: HookServer;
  store(): SealedStore;
  warmUp(): Promise<void>;
  drain(): Promise<void>;
}

async function startService(options: ServeOptions, parts: ServiceParts): Promise<Service> {
  const { environment, events, emit } = parts;
  const key = await readSealKey(environment, events);
  const secretFile = hookSecretPath(environment);
  let secrets = await readHookSecrets(secretFile, events);
  let store = openSealedStore(options.store, key);
  const line = new CheckLine({ ...parts, clock: systemClock });
  let checker = checkByHash(store, line);
  let isReady = false;
  const metrics = new HookMetrics({
    load: () => line.load,
    logins: () => store.facts.logins,
    isReady: () => isReady,
  });
  const endpoint = new PasswordEndpoint({
    clock: systemClock,
    secrets: () => secrets,
    checker: () => checker,
    wrongPasswords: countWrongPasswords(systemClock),
    digestKey: digestKeyOf(key),
    emit: (event) => {
      metrics.note(event);
      emit(event);
    },
  });
  const server = await listen(options, {
    endpoint,
    isReady: () => isReady,
    metrics: () => metrics.render(),
  });
  watchServiceFiles(
    { ...options, secretFile },
    {
      certificate: (tls) => server.useCertificate(tls),
      secret: async () => {
        secrets = await readHookSecrets(secretFile, events);
      },
      store: () => {
        const former = store;
        store = openSealedStore(options.store, key);
        checker = checkByHash(store, line);
        former.close();
      },
    },
    { emit, signal: parts.signal },
  );
  return {
    server,
    store: () => store,
    warmUp: async () => {
      await line.warmUp(store.decoys.map(({ hash }) => hash));
      isReady = true;
    },
    drain: async () => {
      isReady = false;
      await server.drain();
      store.close();
    },
  };
}

async function listen(
  { host, port, tls: files, callers }: ServeOptions,
  routes: Parameters<typeof serveHook>[0]["routes"],
): Promise<HookServer> {
  const tls = files === undefined ? undefined : await readTlsFiles(files);
  try {
    return await serveHook({ clock: systemClock, host, port, tls, routes, callers });
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
