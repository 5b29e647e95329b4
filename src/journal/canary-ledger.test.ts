import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeTempFolder } from "../../test/support/temp-folder.ts";
import { CanaryLedgerFile } from "./canary-ledger.ts";

const A = { login: "okta-migrate-canary-a@example.com", notedAtMs: 1_800_000_000_000 };
const B = { login: "okta-migrate-canary-b@example.com", notedAtMs: 1_800_000_000_001 };

const folderOf = (): string => join(makeTempFolder(), "canary-acme.okta.com");
const fileIn = (folder: string): string => join(folder, "canaries.ndjson");

async function notedIn(folder: string): Promise<readonly unknown[]> {
  const ledger = await CanaryLedgerFile.open(folder);
  const noted = ledger.noted();
  await ledger.close();
  return noted;
}

describe("the note of throw-away users", () => {
  it("outlives the process, and forgets who is gone", async () => {
    const folder = folderOf();
    const ledger = await CanaryLedgerFile.open(folder);
    await ledger.note(A);
    await ledger.note(B);
    await ledger.strike(A.login);
    expect(ledger.noted()).toEqual([B]);
    await ledger.close();
    expect(await notedIn(folder)).toEqual([B]);
  });

  it("is on disk before the create may leave", async () => {
    const folder = folderOf();
    const ledger = await CanaryLedgerFile.open(folder);
    await ledger.note(A);
    expect(readFileSync(fileIn(folder), "utf8")).toContain(A.login);
    await ledger.close();
  });

  it("is its owner's alone, and empty when nobody is left", async () => {
    const folder = folderOf();
    const ledger = await CanaryLedgerFile.open(folder);
    await ledger.note(A);
    await ledger.strike(A.login);
    await ledger.close();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(fileIn(folder)).mode & 0o777).toBe(0o600);
    expect(readFileSync(fileIn(folder), "utf8")).toBe("");
  });

  it("belongs to one process at a time", async () => {
    const folder = folderOf();
    const ledger = await CanaryLedgerFile.open(folder);
    await expect(CanaryLedgerFile.open(folder)).rejects.toMatchObject({ code: "JOURNAL_LOCKED" });
    await ledger.close();
    expect(await notedIn(folder)).toEqual([]);
  });

  it("cut off at any byte loses nothing but the line that was cut", async () => {
    const folder = folderOf();
    const ledger = await CanaryLedgerFile.open(folder);
    await ledger.note(A);
    const whole = readFileSync(fileIn(folder)).length;
    await ledger.note(B);
    const text = readFileSync(fileIn(folder));
    await ledger.close();
    for (let length = whole - 20; length <= text.length; length += 1) {
      writeFileSync(fileIn(folder), text);
      truncateSync(fileIn(folder), length);
      const noted = await notedIn(folder);
      const isSure = length >= whole && length < text.length - 2;
      if (isSure) expect([length, noted]).toEqual([length, [A]]);
      if (length >= text.length - 1) expect([length, noted]).toEqual([length, [A, B]]);
      // It can be written on.
      const again = await CanaryLedgerFile.open(folder);
      await again.strike(A.login);
      await again.note(A);
      await again.close();
      expect(await notedIn(folder)).toContainEqual(A);
    }
  });

  it("that holds something else is not trusted", async () => {
    const folder = folderOf();
    await notedIn(folder);
    appendFileSync(fileIn(folder), "something else\n");
    await expect(CanaryLedgerFile.open(folder)).rejects.toMatchObject({ code: "JOURNAL_CORRUPT" });
  });
});
