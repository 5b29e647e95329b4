import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Clock } from "../core/index.ts";
import { withLockFile } from "./index.ts";

const FOLDER = mkdtempSync(join(tmpdir(), "okta-migrate-"));
afterAll(() => rmSync(FOLDER, { recursive: true }));

/** A clock on which a nap is over at once. */
function eagerClock(): Clock & { readonly naps: number[] } {
  let nowMs = 0;
  const naps: number[] = [];
  return {
    naps,
    now: () => nowMs,
    wallNow: () => nowMs,
    sleep: (ms) => {
      naps.push(ms);
      nowMs += ms;
      return Promise.resolve();
    },
  };
}

describe("a lock file", () => {
  it("that a dead process left holds nobody up", async () => {
    const path = join(FOLDER, "left");
    const { pid } = spawnSync(process.execPath, ["--version"]);
    writeFileSync(path, String(pid));
    const clock = eagerClock();
    const worked = await withLockFile(path, { clock, patienceMs: 1000 }, () => Promise.resolve(1));
    expect([worked, clock.naps, readdirSync(FOLDER)]).toEqual([1, [], []]);
  });

  it("of a living process is waited for, but not for ever, and is left to it", async () => {
    const path = join(FOLDER, "held");
    writeFileSync(path, String(process.pid));
    const clock = eagerClock();
    await withLockFile(path, { clock, patienceMs: 1000 }, () => Promise.resolve());
    expect(clock.naps.reduce((sum, ms) => sum + ms, 0)).toBe(1000);
    expect(readdirSync(FOLDER)).toEqual(["held"]);
  });

  it("is taken away when the work fails", async () => {
    const path = join(FOLDER, "mine");
    const failing = withLockFile(path, { clock: eagerClock(), patienceMs: 1000 }, () => {
      expect(readdirSync(FOLDER)).toContain("mine");
      return Promise.reject(new Error("it failed"));
    });
    await expect(failing).rejects.toThrow("it failed");
    expect(readdirSync(FOLDER)).not.toContain("mine");
  });
});
