import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Clock } from "../core/index.ts";
import { holdLockFile, withLockFile } from "./index.ts";

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

describe("a lock that is held", () => {
  it("is refused to the next one, who learns which process has it, until it is released", async () => {
    const path = join(FOLDER, "kept");
    const first = await holdLockFile(path);
    expect(first.kind).toBe("held");
    expect(await holdLockFile(path)).toEqual({ kind: "taken", by: process.pid });
    if (first.kind === "held") await first.release();
    const next = await holdLockFile(path);
    expect(next.kind).toBe("held");
    if (next.kind === "held") await next.release();
    expect(readdirSync(FOLDER)).not.toContain("kept");
  });

  it.each([
    ["whose process was killed", String(spawnSync(process.execPath, ["--version"]).pid)],
    ["that an earlier process of our own number left", String(process.pid)],
  ])("%s is nobody's", async (_what, text) => {
    const path = join(FOLDER, "left-behind");
    writeFileSync(path, text);
    const lock = await holdLockFile(path);
    expect(lock.kind).toBe("held");
    if (lock.kind === "held") await lock.release();
    expect(readdirSync(FOLDER)).not.toContain("left-behind");
  });

  it("whose file says nothing is somebody's", async () => {
    const path = join(FOLDER, "mute");
    writeFileSync(path, "");
    expect(await holdLockFile(path)).toEqual({ kind: "taken", by: undefined });
    rmSync(path);
  });

  it("can't be had where nothing can be written", async () => {
    await expect(holdLockFile(join(FOLDER, "absent", "lock"))).rejects.toThrow("ENOENT");
  });
});
