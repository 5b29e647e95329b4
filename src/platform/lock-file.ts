import { type FileHandle, open, readFile, rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import type { Clock } from "../core/index.ts";

const LOOK_EVERY_MS = 50;

/** How a lock is waited for. */
export interface LockOptions {
  readonly clock: Clock;
  /** After this time the work is done without it: a lock can be left by a machine that lost power. */
  readonly patienceMs: number;
}

/**
 * Does something while no other process of this machine does that takes the same lock. A lock whose
 * process is gone counts as none. It is a courtesy: where it can't be made the work is done all the
 * same.
 */
export async function withLockFile<T>(
  path: string,
  { clock, patienceMs }: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const untilMs = clock.now() + patienceMs;
  let isMine = await take(path);
  while (isMine === false && clock.now() < untilMs) {
    const holder = await holderOf(path);
    if (holder.isGone) await clearAway(path, holder);
    else await clock.sleep(LOOK_EVERY_MS);
    isMine = await take(path);
  }
  try {
    return await work();
  } finally {
    if (isMine === true) await rm(path, { force: true });
  }
}

/** A lock file that was asked for: had from now on, or in somebody else's hands. */
export type HeldLock =
  | {
      readonly kind: "held";
      /** Others may take it from now on. */
      readonly release: () => Promise<void>;
    }
  /** `by` is the process that has it; undefined where the file does not tell. */
  | { readonly kind: "taken"; readonly by: number | undefined };

/** Locks that this process has: its own number in another file was left by a namesake. */
const ours = new Set<string>();

/**
 * Takes a lock file until it is released, or says at once who has it. One whose process is gone, be it
 * killed, counts as none.
 *
 * @throws {Error} of the system when no lock can be made there
 */
export async function holdLockFile(path: string): Promise<HeldLock> {
  const key = resolve(path);
  for (;;) {
    if (await create(key)) break;
    const holder = await holderOf(key);
    const isLeft = holder.isGone || (holder.pid === process.pid && !ours.has(key));
    if (!isLeft) return { kind: "taken", by: holder.pid };
    await clearAway(key, holder);
  }
  ours.add(key);
  const release = async (): Promise<void> => {
    ours.delete(key);
    await rm(key, { force: true });
  };
  return { kind: "held", release };
}

/** @returns undefined where no lock can be made at all */
async function take(path: string): Promise<boolean | undefined> {
  return create(path).catch(() => undefined);
}

/** Makes a lock file; false where there is one. */
async function create(path: string): Promise<boolean> {
  let file: FileHandle;
  try {
    file = await open(path, "wx", 0o600);
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
  try {
    await file.writeFile(String(process.pid));
    return true;
  } catch (error) {
    // An empty lock would never be known for an abandoned one.
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/** Whose number stands in a lock file. */
interface Holder {
  readonly text: string;
  readonly pid: number | undefined;
  /** The lock is not there any more, or its process is not. */
  readonly isGone: boolean;
}

async function holderOf(path: string): Promise<Holder> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    return { text: "", pid: undefined, isGone: codeOf(error) === "ENOENT" };
  }
  // One that is being written is empty for a moment.
  if (!/^\d{1,10}$/.test(text)) return { text, pid: undefined, isGone: false };
  const pid = Number(text);
  return { text, pid, isGone: !isAlive(pid) };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== "ESRCH";
  }
}

/** Takes an abandoned lock away, and not one that somebody took in its place meanwhile. */
async function clearAway(path: string, { text }: Holder): Promise<void> {
  if (text === "") return;
  const aside = `${path}.${process.pid}`;
  try {
    await rename(path, aside);
    const isAnother = (await readFile(aside, "utf8")) !== text;
    if (isAnother) await rename(aside, path);
    else await rm(aside, { force: true });
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
