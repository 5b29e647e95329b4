import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { makeFolders } from "./index.ts";

const FOLDER = mkdtempSync(join(tmpdir(), "okta-migrate-"));
afterAll(() => rmSync(FOLDER, { recursive: true }));

describe("folders are made", () => {
  it("with those above them, for their owner only, and once", async () => {
    const path = join(FOLDER, "a", "b", "c");
    expect(await makeFolders(path)).toBe(true);
    expect(statSync(join(FOLDER, "a")).mode & 0o777).toBe(0o700);
    expect(await makeFolders(path)).toBe(false);
  });

  it("not in the place of a file, nor below one", async () => {
    const file = join(FOLDER, "file");
    writeFileSync(file, "");
    await expect(makeFolders(file)).rejects.toMatchObject({ code: "EEXIST" });
    await expect(makeFolders(join(file, "x"))).rejects.toMatchObject({ code: "ENOTDIR" });
  });

  it.skipIf(!existsSync("/proc/self"))(
    "not where a file system makes none, which is told at once",
    async () => {
      const path = "/proc/okta-migrate/runs";
      await expect(makeFolders(path)).rejects.toMatchObject({ code: "ENOENT" });
    },
  );
});
