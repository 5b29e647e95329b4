import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { LeakSearch } from "../support/canaries.ts";
import { BCRYPT_10, BCRYPT_5, BCRYPT_5_OTHER, OKTA_SHA512 } from "../support/known-passwords.ts";
import { type CliEnd, runCli, startCli } from "../support/run-cli.ts";
import { hasTerminal, startOnTerminal } from "../support/run-on-terminal.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const INSPECT = ["password", "inspect"];
const JSON_LINES = [...INSPECT, "--json"];
const linesOf = (...values: readonly unknown[]): string =>
  values.map((value) => `${typeof value === "string" ? value : JSON.stringify(value)}\n`).join("");

describe("password inspect --json", () => {
  it("tells of each line what it is, in order", async () => {
    const input = linesOf(
      { ...BCRYPT_10 },
      { ...BCRYPT_5, password: "U*V" },
      BCRYPT_5_OTHER.hash,
      OKTA_SHA512,
      OKTA_SHA512.hash,
    );
    const end = await runCli(JSON_LINES, { input });
    expect(end).toMatchObject({ code: 0, otherLines: [], stderr: "" });
    const bcrypt = { format: "bcrypt", carries: "hash", issues: [] };
    expect(end.lines).toMatchObject([
      { ...bcrypt, okta: { algorithm: "BCRYPT", workFactor: 10 }, verified: true },
      { ...bcrypt, okta: { algorithm: "BCRYPT", workFactor: 5 }, verified: false },
      { ...bcrypt, okta: { algorithm: "BCRYPT", workFactor: 5 } },
      {
        format: "okta",
        carries: "hash",
        okta: { algorithm: "SHA-512", saltOrder: "POSTFIX" },
        saltOrder: "POSTFIX",
        verified: true,
      },
      { format: "okta", carries: "hash", saltOrder: "POSTFIX" },
    ]);
    expect(end.lines[2]).not.toHaveProperty("verified");
    expect(end.lines[4]).not.toHaveProperty("verified");
  });

  it("answers every line, whatever it is, and ends well", async () => {
    const input = `${BCRYPT_5.hash}\n\n{"hash":\n{"password":"x"}\n$2x$05$short\n\u0000\u0001\n[1]\n${"y".repeat(2 ** 20 + 1)}\n${BCRYPT_5.hash}`;
    const end = await runCli(JSON_LINES, { input });
    expect(end).toMatchObject({ code: 0, otherLines: [] });
    const codes = (end.lines as unknown as { issues: { code: string; reason: string }[] }[]).map(
      ({ issues }) => issues.map(({ code }) => code).join(),
    );
    expect(codes).toEqual([
      "",
      "PASSWORD_MISSING",
      "UNREADABLE_JSON",
      "PASSWORD_MISSING",
      "PASSWORD_UNSUPPORTED",
      "PASSWORD_MALFORMED",
      "PASSWORD_MALFORMED",
      "UNREADABLE_TOO_LONG",
      "",
    ]);
    expect(end.lines[2]).toMatchObject({ format: null, carries: "none" });
    expect(JSON.stringify(end.lines[2])).toContain("Line 3");
  });

  it("finds out with a password how the salt goes in", async () => {
    // Sha256 of a salt and a password, made with coreutils.
    const salted = {
      hash: "85663c3da46bb4b7a299308d0092d4003315275547c2f0f93e4d91c3aec75b12",
      salt: "salt1",
    };
    const input = linesOf({ ...salted, password: "test" }, { ...salted, password: "tset" });
    const end = await runCli(JSON_LINES, { input });
    expect(end.lines).toMatchObject([
      {
        carries: "hash",
        okta: { algorithm: "SHA-256", saltOrder: "PREFIX" },
        saltOrder: "PREFIX",
        verified: true,
      },
      { verified: false },
    ]);
  });

  it("takes ten thousand lines, and keeps their order", async () => {
    const count = 10_000;
    const input = Array.from({ length: count }, (_, index) =>
      index % 3 === 0 ? `${BCRYPT_5.hash}\n` : `${BCRYPT_10.hash}\n`,
    ).join("");
    const end = await runCli(JSON_LINES, { input });
    expect(end.code).toBe(0);
    const factors = (end.lines as unknown as { okta: { workFactor: number } }[]).map(
      ({ okta }) => okta.workFactor,
    );
    expect(factors).toEqual(
      Array.from({ length: count }, (_, index) => (index % 3 === 0 ? 5 : 10)),
    );
  });

  it("answers a line before the next one is given", async () => {
    const running = startCli(JSON_LINES, { openInput: true });
    running.child.stdin?.write(linesOf(BCRYPT_5));
    await running.line((line) => line["verified"] === true);
    running.child.stdin?.write(linesOf({ ...BCRYPT_5, password: "no" }));
    await running.line((line) => line["verified"] === false);
    running.child.stdin?.end();
    expect(await running.ended).toMatchObject({ code: 0 });
  });

  it("ends well when its reader goes away", async () => {
    const running = startCli(JSON_LINES, { openInput: true });
    running.child.stdin?.write(linesOf(BCRYPT_5.hash));
    await running.line((line) => line["carries"] === "hash");
    running.child.stdout?.destroy();
    running.child.stdin?.write(linesOf(BCRYPT_5.hash).repeat(1000));
    expect(await running.ended).toMatchObject({ code: 0, stderr: "" });
  });

  it("can be interrupted", async () => {
    const running = startCli(JSON_LINES, { openInput: true });
    running.child.stdin?.write(linesOf(BCRYPT_5.hash));
    await running.line((line) => line["carries"] === "hash");
    running.child.kill("SIGINT");
    expect(await running.ended).toMatchObject({ code: 130, stderr: "" });
  });
});

describe("a hash on the command line", () => {
  const hash = BCRYPT_5.hash;
  it.each([
    [[...INSPECT, hash]],
    [[...INSPECT, "--json", hash]],
    [[...INSPECT, `--hash=${hash}`]],
    [[...INSPECT, `--${hash}`]],
    [[...INSPECT, "--hash", hash]],
    [["password", hash]],
    [["password", "detect", hash]],
    [[hash]],
  ])("is refused, and not repeated: %#", async (args) => {
    const end = await runCli(args);
    expect(end.code).toBe(2);
    expect(end.stdout + end.stderr).not.toContain(hash.slice(7));
    expect(end.stdout + end.stderr).toMatch(/error/);
  });
});

describe("password inspect for people", () => {
  it("is a table on standard error, with what is wrong below", async () => {
    const input = linesOf(BCRYPT_5, { ...BCRYPT_5, password: "no" }, "$2x$05$short");
    const end = await runCli(INSPECT, { input });
    expect(end).toMatchObject({ code: 0, stdout: "" });
    const lines = end.stderr.split("\n");
    expect(lines[0]).toMatch(/^line +format +goes as +password$/);
    expect(lines[1]).toMatch(/^ +1 +bcrypt 5 +hash +right$/);
    expect(lines[2]).toMatch(/^ +2 +bcrypt 5 +hash +wrong$/);
    expect(lines[3]).toMatch(/^ +3 .*–/);
    expect(end.stderr).toMatch(/PASSWORD_UNSUPPORTED +line 3/);
  });

  it("says what to do when nothing is given", async () => {
    const end = await runCli(INSPECT, { input: "" });
    expect(end).toMatchObject({ code: 0, stdout: "" });
    expect(end.stderr).toContain("password inspect < hashes.txt");
  });

  it("does not let the terminal be played with", async () => {
    const evil = "\u001b]0;title\u0007\u202e\u001b[2J";
    const input = linesOf(evil, { hash: evil, [evil]: evil, params: { [evil]: evil } });
    for (const args of [INSPECT, JSON_LINES]) {
      const { stdout, stderr } = await runCli(args, { input });
      // oxlint-disable-next-line no-control-regex
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    }
  });

  it.skipIf(!hasTerminal())("fits a terminal of 40 columns", async () => {
    const running = startOnTerminal(INSPECT, { columns: 40 });
    await running.shows(/Ctrl-D/);
    running.type(`${BCRYPT_5.hash}\r$2x$05$short\r\u0004`);
    const { code, shown } = await running.ended;
    expect(code).toBe(0);
    const table = stripVTControlCharacters(shown).split("\r\n");
    const from = table.findIndex((line) => line.startsWith("line"));
    expect(from).toBeGreaterThan(0);
    expect(table.slice(from).filter((line) => line.length > 40)).toEqual([]);
  });
});

describe("secrets", () => {
  const CANARIES = {
    value: "CANARYvalueCANARYvalueCANARYval",
    salt: "CANARYsaltCANARYsalt.u",
    text: "CanaryPlainTextStoredAsHash4711",
    besideSalt: "CanarySaltBeside9931",
    password: "Canary-pass-Wörd-5523",
    param: "CanarySignerKey7718",
    pepper: "CanaryPepper3390",
  };
  const search = new LeakSearch(CANARIES);
  const hash = `$2b$05$${CANARIES.salt}${CANARIES.value}`;
  const input = linesOf(
    { hash, password: CANARIES.password },
    { hash: `${hash}x`, salt: CANARIES.besideSalt, password: CANARIES.password },
    { hash: CANARIES.text, salt: CANARIES.besideSalt, params: { signerKey: CANARIES.param } },
    { hash: { algorithm: CANARIES.text, salt: CANARIES.besideSalt }, password: CANARIES.password },
    { [CANARIES.text]: CANARIES.password, password: CANARIES.password },
    `{"hash":"${hash}","password":"${CANARIES.password}"`,
    CANARIES.text,
    { hash: "x", saltOrder: CANARIES.text, password: CANARIES.password },
  );

  const leaksOf = ({ stdout, stderr }: CliEnd): unknown => [
    ...search.inText("stdout", stdout),
    ...search.inText("stderr", stderr),
  ];

  it.each([
    ["inspect", []],
    ["inspect", ["--json"]],
    ["detect", []],
    ["detect", ["--json"]],
  ])("never leave password %s %j", async (command, flags) => {
    const folder = makeTempFolder();
    writeFileSync(join(folder, "pepper"), CANARIES.pepper);
    const env = {
      OKTA_MIGRATE_LOG: "trace",
      OKTA_MIGRATE_PEPPER_FILE: join(folder, "pepper"),
    };
    const end = await runCli(["password", command, ...flags], { input, env, cwd: folder });
    expect(end.code).not.toBe(70);
    expect(leaksOf(end)).toEqual([]);
    if (command === "detect") {
      // The whole was refused at its first line without a password.
      const alone = await runCli(["password", "detect", ...flags], {
        input: input.split("\n")[1] ?? "",
        env,
      });
      expect(alone.code).toBe(1);
      expect(leaksOf(alone)).toEqual([]);
    }
    expect(readFileSync(join(folder, "pepper"), "utf8")).toBe(CANARIES.pepper);
  });

  it("of a file with parameters neither, nor one that is none", async () => {
    const folder = makeTempFolder();
    const file = join(folder, "params.json");
    writeFileSync(file, `{"signerKey": "${CANARIES.param}"`);
    const env = { OKTA_MIGRATE_HASH_PARAMS_FILE: file };
    const end = await runCli(JSON_LINES, { input, env });
    expect(end).toMatchObject({ code: 2, error: { code: "OPTION_INVALID" } });
    expect(leaksOf(end)).toEqual([]);
  });
});
