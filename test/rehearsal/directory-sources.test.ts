import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { DIRECTORY_PASSWORD, directoryPeople, ldifOf } from "../support/directory-people.ts";
import { startEmulatedOrg } from "../support/emulated-org.ts";
import { runCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

describe("a file of LDIF", () => {
  const people = directoryPeople(25);

  it.each([
    ["users.ldif.gz", gzipSync(ldifOf(people)), ["users.ldif.gz"]],
    ["-", Buffer.from(ldifOf(people)), ["-", "--format", "ldif"]],
  ] as const)("is imported with its passwords: %s", async (name, bytes, args) => {
    const org = await startEmulatedOrg();
    const cwd = makeTempFolder();
    const isFile = name !== "-";
    if (isFile) writeFileSync(join(cwd, name), bytes, { mode: 0o600 });
    const end = await runCli(["import", ...args, "--yes", "--json"], {
      cwd,
      env: org.env,
      ...(isFile ? {} : { input: bytes }),
    });
    expect(end).toMatchObject({ code: 0, summary: { records: 25, created: 25, finished: true } });
    expect(await org.signIn("person25@example.com", DIRECTORY_PASSWORD)).toBe(true);
    expect(await org.signIn("person25@example.com", "another")).toBe(false);
    const plan = end.lines.find(({ event }) => event === "plan");
    expect(plan).toMatchObject({ source: expect.stringContaining("LDIF, UTF-8") as string });
  });

  it("is read on behind an entry that can't be read, which is told by its line", async () => {
    const cwd = makeTempFolder();
    const text = ldifOf(people).replace(
      "\n\ndn: uid=person3",
      "\n\nuserPassword: s3cret\n\ndn: uid=person3",
    );
    writeFileSync(join(cwd, "users.ldif"), text);
    const end = await runCli(["check", "users.ldif", "--json"], { cwd });
    expect(end).toMatchObject({ code: 1, summary: { records: 26, rejected: 1, pending: 25 } });
    expect(end.stdout + end.stderr).toContain("UNREADABLE_LDIF");
    expect(end.stdout + end.stderr).not.toContain("s3cret");
  });
});
