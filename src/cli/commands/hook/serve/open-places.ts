import {
  ConfigError,
  type EventSink,
  isMigrationError,
  type Secret,
  SourceError,
} from "../../../../core/index.ts";
import {
  type AwaitedPlace,
  awaitPlace,
  chainCheckers,
  checkByDirectory,
  checkByEndpoint,
  checkByHash,
  type CheckLine,
  guardChecker,
  type HookEvent,
  isStoreAddress,
  openSealedStore,
  openServerStore,
  type OpenedPlace,
  type PasswordChecker,
  probeDirectory,
  type SealedStore,
  type SealKey,
  type ServedStore,
} from "../../../../hook/index.ts";
import type { ConfiguredStore } from "../../../../mapping/index.ts";
import { systemClock } from "../../../../platform/index.ts";
import { loadLdap } from "../../../../sources/index.ts";
import type { Environment } from "../../../environment.ts";
import { type DatabaseTools, openDatabasePlace } from "./open-database-place.ts";
import { beginOnStoreServer } from "../open-store-server.ts";
import { readOptionalSecret } from "../read-hook-files.ts";
import { tellOfStore } from "./tell-of-servers.ts";

const BIND_PASSWORD_NAME = "OKTA_MIGRATE_HOOK_BIND_PASSWORD_FILE";
const ENDPOINT_TOKEN_NAME = "OKTA_MIGRATE_HOOK_ENDPOINT_TOKEN_FILE";

/** What places are opened with. */
export interface PlaceTools {
  readonly line: CheckLine;
  readonly environment: Environment;
  readonly events: EventSink;
  /** Undefined where no sealed store is among them. */
  readonly key: SealKey | undefined;
  readonly database: DatabaseTools;
  readonly emit: (event: HookEvent) => void;
}

/** Where passwords are checked, opened; asked in order. */
export class Places {
  readonly #places: Place[];
  #checker: PasswordChecker;

  constructor(places: readonly Place[]) {
    this.#places = [...places];
    this.#checker = chainCheckers(places.map(({ checker }) => checker));
  }

  /** All of them as they are now. */
  get checker(): PasswordChecker {
    return this.#checker;
  }

  /** The sealed ones that are there, as they are now. */
  get sealed(): readonly { readonly label: string; readonly store: SealedStore | ServedStore }[] {
    return this.#places.flatMap((place) => {
      if (!("store" in place)) return [];
      const { label, store } = place;
      return store === undefined ? [] : [{ label, store }];
    });
  }

  /** Paths of those that are files. */
  get files(): readonly string[] {
    return this.#places.flatMap((place) => ("path" in place ? [place.path] : []));
  }

  /** Whether all sealed ones can be read now. */
  get areReachable(): boolean {
    return this.sealed.every(({ store }) => !("isReachable" in store) || store.isReachable);
  }

  /** What each of them is, for people. */
  get labels(): readonly string[] {
    return this.#places.map(({ label }) => label);
  }

  /** Whether each of them was there once. */
  isUp(): boolean {
    return this.#places.every((place) => !("awaited" in place) || place.awaited.isUp());
  }

  /**
   * Tries those that are away until they are there or the signal fires, and tells of them; looks from then
   * on whether the servers of sealed stores are there, which tell by themselves.
   */
  watch(signal: AbortSignal, emit: (event: HookEvent) => void): void {
    for (const place of this.#places) {
      if ("awaited" in place) void watchPlace(place, signal, emit);
    }
  }

  /** Opens a sealed store anew; when that fails, the one before goes on. @throws {ConfigError} */
  reopen(path: string): void {
    for (const [at, place] of this.#places.entries()) {
      if (!("path" in place) || place.path !== path) continue;
      const { store: former } = place;
      this.#places[at] = place.reopen();
      this.#checker = chainCheckers(this.#places.map(({ checker }) => checker));
      former.close();
    }
  }

  /** Gives files and connections back. */
  close(): void {
    for (const { close } of this.#places) close?.();
  }
}

/** A sealed store among the places. */
interface SealedPlace {
  readonly label: string;
  readonly checker: PasswordChecker;
  readonly path: string;
  readonly store: SealedStore;
  readonly reopen: () => SealedPlace;
  readonly close: () => void;
}

/** A place that may be away. */
interface RemotePlace {
  /** For people. */
  readonly label: string;
  readonly checker: PasswordChecker;
  readonly awaited: AwaitedPlace;
  readonly close: () => void;
}

/** A sealed store on a server that may be away. */
interface ServerPlace extends RemotePlace {
  /** Undefined until it was there once. */
  readonly store: ServedStore | undefined;
}

/** A place that can't be asked without somebody's password. */
interface BlindPlace {
  readonly label: string;
  readonly checker: PasswordChecker;
  readonly close?: () => void;
}

type Place = SealedPlace | ServerPlace | RemotePlace | BlindPlace;

/**
 * Opens the places where passwords are checked. One on a server that is away is waited for later.
 *
 * @throws {ConfigError} SEALED_STORE_UNREADABLE, SEAL_KEY_WRONG, OPTION_INVALID, CONFIG_INVALID
 * @throws {SourceError} as `openLookup` and `probeDirectory`, where a setting is wrong; DRIVER_MISSING
 */
export async function openPlaces(
  stores: readonly ConfiguredStore[],
  tools: PlaceTools,
): Promise<Places> {
  const places: Place[] = [];
  try {
    for (const store of stores) places.push(await openPlace(store, tools));
  } catch (error) {
    // Connections that stay open would keep the process from ending.
    new Places(places).close();
    throw error;
  }
  return new Places(places);
}

async function openPlace(store: ConfiguredStore, tools: PlaceTools): Promise<Place> {
  const { environment, events } = tools;
  switch (store.kind) {
    case "sealed":
      return isStoreAddress(store.path)
        ? openSealedOnServer(store.path, tools)
        : openSealed(store.path, tools);
    case "endpoint": {
      const authorization = await readOptionalSecret(ENDPOINT_TOKEN_NAME, environment, events);
      const checker = checkByEndpoint({ ...store, authorization });
      return { label: store.url, checker: guardChecker(checker, systemClock) };
    }
    case "database":
      return openRemote("database", store.url, async () => {
        const { store: hashes, close } = await openDatabasePlace(store, tools.database);
        return { checker: checkByHash(hashes, tools.line), close };
      });
    case "directory": {
      const reader = await readReader(store.bindDn, environment, events);
      const settings = { ...store, reader, clock: systemClock };
      const library = await loadLdap();
      return openRemote("directory", store.url, async () => {
        await probeDirectory(settings, library);
        return { checker: guardChecker(checkByDirectory(settings, library), systemClock) };
      });
    }
  }
}

async function openRemote(
  name: string,
  label: string,
  open: () => Promise<OpenedPlace>,
): Promise<RemotePlace> {
  const awaited = await awaitPlace({ name, open, isAway, clock: systemClock });
  return { label, checker: awaited.checker, awaited, close: () => awaited.close() };
}

/** Whether an error, or the one that it retells, says that a server is away now. */
function isAway(error: unknown): boolean {
  const told = error instanceof ConfigError ? error.cause : error;
  return told instanceof SourceError && told.isAway;
}

async function watchPlace(
  place: RemotePlace | ServerPlace,
  signal: AbortSignal,
  emit: (event: HookEvent) => void,
): Promise<void> {
  const { awaited, label } = place;
  await awaited.watch(signal, ({ error }) => {
    if (error === undefined) emit({ event: "place-up", place: label });
    else emit({ event: "place-away", place: label, because: reasonOf(error) });
  });
  if ("store" in place) await place.store?.watch(signal);
}

function openSealed(path: string, tools: PlaceTools): SealedPlace {
  if (tools.key === undefined) throw new Error("a sealed store is opened with a key");
  const store = openSealedStore(path, tools.key);
  return {
    label: path,
    path,
    store,
    checker: checkByHash(store, tools.line),
    reopen: () => openSealed(path, tools),
    close: () => store.close(),
  };
}

/** As errors of ours say it: they hold no secret. */
function reasonOf(error: unknown): string {
  return isMigrationError(error) ? error.message : "it could not be opened";
}

async function openSealedOnServer(
  address: string,
  { key, line, environment, emit }: PlaceTools,
): Promise<ServerPlace> {
  if (key === undefined) throw new Error("a sealed store is opened with a key");
  let store: ServedStore | undefined;
  const remote = await openRemote("sealed", address, async () => {
    const parts = { key, clock: systemClock, listener: tellOfStore(emit) };
    const { begun, close } = await beginOnStoreServer(address, environment, (place) =>
      openServerStore(place, parts),
    );
    store = begun;
    return { checker: checkByHash(begun, line), close };
  });
  return {
    ...remote,
    get store() {
      return store;
    },
  };
}

async function readReader(
  dn: string | undefined,
  environment: Environment,
  events: EventSink,
): Promise<{ readonly dn: string; readonly password: Secret } | undefined> {
  if (dn === undefined) return undefined;
  const password = await readOptionalSecret(BIND_PASSWORD_NAME, environment, events);
  if (password !== undefined) return { dn, password };
  throw new ConfigError({
    code: "OPTION_INVALID",
    at: BIND_PASSWORD_NAME,
    message: `The directory is to be searched as ${dn}, and ${BIND_PASSWORD_NAME} is not set.`,
    hint: "Put the path of a file into it that holds the password, or leave `bind` out.",
  });
}
