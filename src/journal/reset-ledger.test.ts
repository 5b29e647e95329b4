import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { makeTempFolder } from "../../test/support/temp-folder.ts";
import { ResetLedgerFile } from "./reset-ledger.ts";

it("what was noted of resets is there for the next process, and a second one is kept out", async () => {
  const folder = join(makeTempFolder(), "resets");
  const first = await ResetLedgerFile.open(folder);
  first.note("00u1", "mail", 1);
  first.note("00u2", "no-mail", 2.5);
  first.end("00u2", "reset");
  first.note("00u3", "mail", 3);
  first.end("00u3", "refused");
  await expect(ResetLedgerFile.open(folder)).rejects.toMatchObject({ code: "JOURNAL_LOCKED" });
  first.close();
  const second = await ResetLedgerFile.open(folder);
  expect(["00u1", "00u2", "00u3", "00u4"].map((id) => second.find(id))).toEqual([
    { state: "attempted", mail: "mail" },
    { state: "reset", mail: "no-mail" },
    { state: "refused", mail: "mail" },
    undefined,
  ]);
  expect(second.resetCount()).toBe(1);
  second.close();
  expect(statSync(join(folder, "resets")).mode & 0o777).toBe(0o600);
});

it("a file that is no ledger is left as it is", async () => {
  const folder = makeTempFolder();
  writeFileSync(
    join(folder, "resets"),
    "something else that is longer than a page's header ".repeat(50),
  );
  await expect(ResetLedgerFile.open(folder)).rejects.toMatchObject({ code: "JOURNAL_CORRUPT" });
});
