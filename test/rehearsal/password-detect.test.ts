import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LeakSearch } from "../support/canaries.ts";
import { BCRYPT_5, BCRYPT_5_OTHER, OKTA_SHA512 } from "../support/known-passwords.ts";
import { runCli, startCli } from "../support/run-cli.ts";
import { hasTerminal, startOnTerminal } from "../support/run-on-terminal.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const DETECT = ["password", "detect"];

/** Made with coreutils' sha256sum: salt and password one behind the other. */
const SALT_FIRST = {
  hash: "85663c3da46bb4b7a299308d0092d4003315275547c2f0f93e4d91c3aec75b12",
  salt: "salt1",
  password: "test",
};
const SALT_LAST = {
  hash: "e7d3a59fc26a9ffa749ecb222fa28024aedd6b1754edf7de730508dfb1da2aa2",
  salt: "salt2",
  password: "other",
};

describe("password detect", () => {
  it("prints the lines for migration.yaml, and nothing else on standard output", async () => {
    const end = await runCli(DETECT, { input: JSON.stringify(SALT_FIRST) });
    expect(end.code).toBe(0);
    const lines = end.stdout.trimEnd().split("\n");
    expect(lines.slice(0, 3)).toEqual([
      "password:",
      "  hash: your_hash_column",
      "  salt: your_salt_column",
    ]);
    expect(lines).toContain("  saltOrder: prefix");
    expect(lines.every((line) => /^password:$|^ {2}\w+: \S+$/.test(line))).toBe(true);
    expect(end.stderr).toMatch(/Okta can take it/);
  });

  it.each([
    ["an object on many lines", JSON.stringify(BCRYPT_5, undefined, 2)],
    ["a list", JSON.stringify([BCRYPT_5, BCRYPT_5_OTHER])],
    ["an object a line", `${JSON.stringify(BCRYPT_5)}\n\n${JSON.stringify(BCRYPT_5_OTHER)}\n`],
  ])("takes %s", async (_, input) => {
    const end = await runCli([...DETECT, "--json"], { input });
    expect(end).toMatchObject({ code: 0, otherLines: [] });
    expect(end.lines.at(-1)).toMatchObject({
      event: "detection",
      found: true,
      password: { format: "bcrypt" },
      carries: "hash",
      okta: { algorithm: "BCRYPT" },
    });
  });

  it("finds what holds for all accounts, and says when nothing does", async () => {
    const twice = `${JSON.stringify(SALT_FIRST)}\n${JSON.stringify(SALT_FIRST)}\n`;
    const same = await runCli([...DETECT, "--json"], { input: twice });
    expect(same).toMatchObject({ code: 0 });
    expect(same.lines.at(-1)).toMatchObject({ found: true, password: { saltOrder: "prefix" } });
    const mixed = `${JSON.stringify(SALT_FIRST)}\n${JSON.stringify(SALT_LAST)}\n`;
    const end = await runCli([...DETECT, "--json"], { input: mixed });
    expect(end).toMatchObject({ code: 1 });
    expect(end.lines.at(-1)).toMatchObject({
      found: false,
      accounts: [
        { line: 1, found: true },
        { line: 2, found: true },
      ],
    });
    const people = await runCli(DETECT, { input: mixed });
    expect(people).toMatchObject({ code: 1, stdout: "" });
    expect(people.stderr).toMatch(/No one way holds for all accounts/);
  });

  it("leaves it to the hashes, where they say themselves what they are", async () => {
    const input = `${JSON.stringify(BCRYPT_5)}\n${JSON.stringify(OKTA_SHA512)}\n`;
    const end = await runCli([...DETECT, "--json"], { input });
    expect(end).toMatchObject({ code: 0 });
    expect(end.lines.at(-1)).toMatchObject({
      found: true,
      password: { format: "auto" },
      carries: "hash",
    });
  });

  it("says what was tried and what it may be, when nothing holds", async () => {
    const input = JSON.stringify({ ...SALT_FIRST, salt: undefined });
    const end = await runCli(DETECT, { input });
    expect(end).toMatchObject({ code: 1, stdout: "" });
    expect(end.stderr).toMatch(/Tried: /);
    expect(end.stderr).toMatch(/right password/);
    expect(end.stderr).toMatch(/OKTA_MIGRATE_PEPPER_FILE/);
    expect(end.stderr).toMatch(/salt in another column/);
    expect(end.stderr).toMatch(/64 characters/);
  });

  it.each([
    ["nothing", "", /no account/],
    ["a hash without a password", JSON.stringify({ hash: BCRYPT_5.hash }), /no password/],
    ["a password without a hash", '{"password":"x"}', /no hash/],
    ["a list of texts", JSON.stringify([BCRYPT_5.hash]), /no hash/],
    ["broken JSON", '{"hash":"x",', /no JSON/],
    ["more than a few accounts", " ".repeat(5 * 2 ** 20), /far longer/],
  ])("refuses %s, with what to give", async (_, input, message) => {
    const end = await runCli([...DETECT, "--json"], { input });
    expect(end).toMatchObject({ code: 2, error: { code: "OPTION_INVALID" } });
    expect(end.error?.message).toMatch(message);
    expect(end.error?.hint).toMatch(/password/);
  });

  it("tells of a pepper's file that can't be read, or is empty", async () => {
    const folder = makeTempFolder();
    writeFileSync(join(folder, "empty"), "\n");
    for (const name of ["empty", "missing", "."]) {
      const env = { OKTA_MIGRATE_PEPPER_FILE: join(folder, name) };
      const end = await runCli([...DETECT, "--json"], { input: JSON.stringify(BCRYPT_5), env });
      expect(end).toMatchObject({ code: 2, error: { code: "OPTION_INVALID" } });
      expect(end.error?.message).toMatch(/OKTA_MIGRATE_PEPPER_FILE/);
    }
  });

  it("can be interrupted while it waits for an account", async () => {
    const running = startCli(DETECT, { openInput: true, env: { OKTA_MIGRATE_LOG: "trace" } });
    running.child.stdin?.write("{");
    // Its handlers are there as soon as it reads.
    await new Promise<void>((resolve) => {
      running.child.stdin?.write(" ".repeat(2 ** 18), () => resolve());
    });
    running.child.kill("SIGINT");
    expect(await running.ended).toMatchObject({ code: 130, stdout: "" });
  });
});

describe.skipIf(!hasTerminal())("password detect on a terminal", () => {
  const SECRETS = new LeakSearch({
    hash: SALT_FIRST.hash.slice(0, 40),
    salt: "CanarySalt-7731",
    password: "Canary-Pässword-1188",
  });

  it("asks for hash, salt and password, and shows none of them", async () => {
    const running = startOnTerminal(DETECT, { columns: 40 });
    await running.shows(/Stored hash/);
    running.type(`${SALT_FIRST.hash}\r`);
    await running.shows(/Salt/);
    running.type("CanarySalt-7731\r");
    await running.shows(/Password/);
    running.type("Canary-Pässword-1188\r");
    await running.shows(/another account/);
    running.type("\r");
    const { code, shown } = await running.ended;
    expect(code).toBe(1);
    expect(shown).toMatch(/Tried/);
    expect(SECRETS.inText("terminal", shown)).toEqual([]);
  });

  it("takes what is pasted ahead", async () => {
    const running = startOnTerminal(DETECT, { columns: 80 });
    await running.shows(/Stored hash/);
    running.type(`${BCRYPT_5.hash}\r\rU*U\r\r`);
    const { code, shown } = await running.ended;
    expect(code).toBe(0);
    expect(shown).toContain("format: bcrypt");
  });

  it.each([
    ["Ctrl-C", "\u0003", 130],
    ["Enter alone", "\r", 2],
    ["Ctrl-D", "\u0004", 2],
  ])("ends at %s", async (_, keys, code) => {
    const running = startOnTerminal(DETECT, { columns: 80 });
    await running.shows(/Stored hash/);
    running.type(keys);
    expect((await running.ended).code).toBe(code);
  });

  it("can't ask with --json, and says so", async () => {
    const running = startOnTerminal([...DETECT, "--json"], { columns: 80 });
    const { code, shown } = await running.ended;
    expect(code).toBe(2);
    expect(shown).toContain("leave --json out");
  });
});

it("password detect takes a hash in the shape of Okta's own object", async () => {
  const end = await runCli([...DETECT, "--json"], { input: JSON.stringify(OKTA_SHA512) });
  expect(end.lines.at(-1)).toMatchObject({
    found: true,
    password: { format: "okta" },
    okta: { algorithm: "SHA-512", saltOrder: "POSTFIX" },
  });
});
