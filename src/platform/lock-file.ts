import { open, readFile, rm } from "node:fs/promises";
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
    if (await isAbandoned(path)) await rm(path, { force: true });
    else await clock.sleep(LOOK_EVERY_MS);
    isMine = await take(path);
  }
  try {
    return await work();
  } finally {
    if (isMine === true) await rm(path, { force: true });
  }
}

/** @returns undefined where no lock can be made at all */
async function take(path: string): Promise<boolean | undefined> {
  try {
    const file = await open(path, "wx", 0o600);
    try {
      await file.writeFile(String(process.pid));
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    return codeOf(error) === "EEXIST" ? false : undefined;
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    const text = await readFile(path, "utf8");
    // One that is being written is empty for a moment.
    if (!/^\d{1,10}$/.test(text)) return false;
    process.kill(Number(text), 0);
    return false;
  } catch (error) {
    return codeOf(error) === "ESRCH";
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
