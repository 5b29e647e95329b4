import {
  ConfigError,
  type EventSink,
  isMigrationError,
  type MovedUser,
  OktaError,
} from "../../../../core/index.ts";
import { HOOK_SCOPES } from "../../../../okta/index.ts";
import { openPrivateFile } from "../../../../platform/index.ts";
import { ProgrammeTally, standingOf } from "../../../../programme/index.ts";
import { csvLine, formatCount } from "../../../../reports/index.ts";
import { EXIT, type ExitCode } from "../../../exit-codes.ts";
import { type UsersProgramme, withUsersProgramme } from "../open-programme.ts";
import { openStoreWiping } from "./open-store-wiping.ts";
import type { HookStatusOptions } from "./options.ts";
import { tellStatus, type WipeCounts } from "./status-view.ts";

/** How far back the org's log goes. @see docs/okta/system-log.md#query */
const LOG_KEEPS_MS = 90 * 86_400_000;

/**
 * Tells who has moved and who has not; wipes hashes where that is asked for.
 *
 * @returns 0; 130 when interrupted
 * @throws {ConfigError} RUN_NOT_FOUND, RUN_MISMATCH, OPTION_INVALID, and of the seal key and the store
 * @throws {OktaError} where the org can't be asked
 */
export function runHookStatus(options: HookStatusOptions): Promise<ExitCode> {
  return withUsersProgramme(options, HOOK_SCOPES.status, (programme) =>
    lookAndTell({ ...programme, options }),
  );
}

interface Look extends UsersProgramme {
  readonly options: HookStatusOptions;
}

async function lookAndTell(look: Look): Promise<ExitCode> {
  const { session, org, options, own } = look;
  const tally = new ProgrammeTally(session.clock.wallNow());
  await tryWiping(look);
  const users = await countUsers(look, tally);
  const wiping = await openWiping(look);
  try {
    const isLogRead = await countMoved(look, tally, wiping?.wipe);
    const hasHook = await org.hasActivePasswordHook();
    const wiped = await wiping?.commit();
    tellStatus(session, options.json, {
      org: org.orgUrl.origin,
      run: options.run,
      created: own.count,
      users,
      counts: tally.counts(),
      isLogRead,
      hasHook,
      names: options.names,
      wiped,
    });
    return EXIT.ok;
  } finally {
    await wiping?.discard();
  }
}

/** @returns how many users the org has */
async function countUsers(look: Look, tally: ProgrammeTally): Promise<number> {
  const { session, org, options, own, stop } = look;
  const names = options.names === undefined ? undefined : await openNames(options.names);
  let seen = 0;
  try {
    for await (const page of org.imported.list(stop.signal)) {
      seen += page.seen;
      for (const user of page.users) {
        if (!own.has(user.oktaId)) continue;
        tally.addUser(user);
        if (standingOf(user) !== "waiting") continue;
        const created = new Date(user.createdAtMs).toISOString();
        await names?.write(csvLine([user.login, user.oktaId, user.status, created]));
      }
      session.terminal.progress(`Looking at users: ${formatCount(seen)} …`);
    }
    await names?.commit();
    return seen;
  } catch (error) {
    await names?.discard();
    throw error;
  } finally {
    session.terminal.clear();
  }
}

async function openNames(path: string): ReturnType<typeof openPrivateFile> {
  try {
    const file = await openPrivateFile(path);
    await file.write(csvLine(["login", "oktaId", "status", "created"]));
    return file;
  } catch (error) {
    throw new ConfigError({
      code: "OPTION_INVALID",
      at: "--names",
      message: `--names can't be written: ${path}`,
      hint: "Name a file in a folder that is there and yours.",
      cause: error,
    });
  }
}

/** @returns whether the log could be read */
async function countMoved(
  look: Look,
  tally: ProgrammeTally,
  onMoved: ((users: readonly MovedUser[]) => Promise<void>) | undefined,
): Promise<boolean> {
  const { session, org, own, stop } = look;
  const sinceMs = session.clock.wallNow() - LOG_KEEPS_MS;
  try {
    for await (const page of org.imported.moved(sinceMs, stop.signal)) {
      const meant = page.filter(({ oktaId }) => own.has(oktaId));
      for (const user of meant) tally.addMoved(user);
      await onMoved?.(meant);
      session.terminal.progress(`Reading the log: ${formatCount(tally.counts().moved)} moved …`);
    }
    return true;
  } catch (error) {
    if (!isMissing(error) || onMoved !== undefined) throw error;
    warn(session.events);
    return false;
  } finally {
    session.terminal.clear();
  }
}

function isMissing(error: unknown): boolean {
  return (
    isMigrationError(error) && error instanceof OktaError && error.code === "ORG_PERMISSION_MISSING"
  );
}

function warn(events: EventSink): void {
  events.emit({
    event: "warning",
    message: "The org's System Log can't be read: who has moved, and when, is not known.",
    hint: "Give the token the scope okta.logs.read, or a role that may view the log.",
  });
}

interface StoreWiping {
  readonly wipe: (users: readonly MovedUser[]) => Promise<void>;
  readonly commit: () => Promise<WipeCounts>;
  readonly discard: () => Promise<void>;
}

/** A wrong key or store is told now, and not when all users have been looked at. */
async function tryWiping({ options, session }: Look): Promise<void> {
  if (options.wipe === undefined) return;
  const { begun: wiping, close } = await openStoreWiping(options.wipe, session);
  await wiping.discard();
  close();
}

async function openWiping({ options, session }: Look): Promise<StoreWiping | undefined> {
  const { wipe: store } = options;
  if (store === undefined) return undefined;
  const { begun: wiping, close } = await openStoreWiping(store, session);
  let wiped = 0;
  let isCommitted = false;
  return {
    wipe: async (users) => {
      if (users.length > 0) wiped += await wiping.wipe(users.map(({ login }) => login));
    },
    commit: async () => {
      if (wiped === 0) return { store, wiped };
      const left = await wiping.commit();
      isCommitted = true;
      return { store, wiped, left };
    },
    discard: async () => {
      if (!isCommitted) await wiping.discard();
      close();
    },
  };
}
