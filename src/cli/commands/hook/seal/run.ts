import { ConfigError } from "../../../../core/index.ts";
import {
  beginSealing,
  beginSealingOnServer,
  isStoreAddress,
  type Sealing,
  type SealingOptions,
} from "../../../../hook/index.ts";
import { secretRandomBytes } from "../../../../platform/index.ts";
import type { Environment } from "../../../environment.ts";
import { EXIT, type ExitCode } from "../../../exit-codes.ts";
import { readConfig } from "../../../run/read-config.ts";
import type { RunOptions } from "../../../run/run-options.ts";
import { openSession, type Session } from "../../../run/session.ts";
import { openStopSignal } from "../../../run/stop-signal.ts";
import { unlessStopped } from "../../../run/unless-stopped.ts";
import { beginOnStoreServer, type BegunOnServer } from "../open-store-server.ts";
import { readSealKey } from "../read-hook-files.ts";
import { type PreparedSealing, prepareSealing } from "./prepare-sealing.ts";
import { sealSource } from "./seal-source.ts";
import { openSealView } from "./seal-view.ts";

/** Where the store goes: a path, or the address of a server. */
export interface SealTarget {
  readonly store: string;
  readonly before: NonNullable<SealingOptions["before"]>;
}

/**
 * Seals the password hashes of a source into a store.
 *
 * @returns 0 where every hash was sealed; 1 where some could not be read; 130 when interrupted
 * @throws {ConfigError} as for `import`; SEAL_KEY_MISSING, SEAL_KEY_INVALID, SEAL_KEY_WRONG,
 *   SEALED_STORE_UNREADABLE, SEALED_STORE_UNWRITABLE
 * @throws {SourceError} when the source can't be read
 */
export async function runSeal(options: RunOptions, target: SealTarget): Promise<ExitCode> {
  const session = openSession(options);
  const stop = openStopSignal({ clock: session.clock, stopAt: undefined, onStop: () => undefined });
  try {
    const key = await readSealKey(session.environment, session.events);
    const config = await readConfig(options);
    const { signal } = stop;
    const preparing = prepareSealing(options, config, { session, signal });
    const prepared = await unlessStopped(preparing, signal);
    if (prepared === undefined) return EXIT.interrupted;
    const { clock } = session;
    const { store: path, before } = target;
    const sealing = { path, key, before, clock, randomBytes: secretRandomBytes };
    return await seal(prepared, sealing, { session, json: options.json, signal });
  } finally {
    stop.dispose();
    session.terminal.clear();
    process.stdin.destroy();
  }
}

interface SealContext {
  readonly session: Session;
  readonly json: boolean;
  readonly signal: AbortSignal;
}

async function seal(
  prepared: PreparedSealing,
  options: SealingOptions,
  { session, json, signal }: SealContext,
): Promise<ExitCode> {
  const view = openSealView(session, json);
  view.begin(prepared);
  const { begun: sealing, close } = await beginAt(options, session.environment);
  let isCommitted = false;
  try {
    const reading = sealSource(prepared, sealing, { signal, listener: view });
    const counts = await unlessStopped(reading, signal);
    if (counts === undefined || signal.aborted) return EXIT.interrupted;
    if (counts.sealed === 0) throw nothingSealed(options.path, counts.records);
    const formats = sealing.counts();
    const facts = await sealing.commit();
    isCommitted = true;
    view.end({
      ...counts,
      store: options.path,
      logins: facts.logins,
      formats,
      before: sealing.before,
    });
    return counts.unreadable > 0 ? EXIT.someRecords : EXIT.ok;
  } finally {
    if (!isCommitted) await sealing.discard();
    close();
  }
}

async function beginAt(
  options: SealingOptions,
  environment: Environment,
): Promise<BegunOnServer<Sealing>> {
  return isStoreAddress(options.path)
    ? beginOnStoreServer(options.path, environment, (place) => beginSealingOnServer(place, options))
    : { begun: await beginSealing(options), close: () => undefined };
}

function nothingSealed(path: string, records: number): ConfigError {
  return new ConfigError({
    code: "PASSWORD_MATERIAL_MISSING",
    at: "password",
    message: `None of ${records} records has a password hash that can be sealed; ${path} was not written.`,
    hint: "Is it the right source, and the right column? okta-migrate check tells what is wrong with each record.",
  });
}
