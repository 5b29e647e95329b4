import { createHash, pbkdf2Sync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startEmulatedOrg } from "../support/emulated-org.ts";
import { aPerson, csvOf, OLD_HASH, OLD_PASSWORD, type Person } from "../support/invented-people.ts";
import { type CliEnd, runCli } from "../support/run-cli.ts";
import { hasTerminal, startOnTerminal } from "../support/run-on-terminal.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { shortForm } from "../support/short-form.ts";

/** The reference's own vector, of the password "password". */
const ARGON2 =
  "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
const BARE = createHash("md5").update(OLD_PASSWORD).digest("hex");

function folderWith(rows: readonly Person[], files: Readonly<Record<string, string>> = {}): string {
  const cwd = makeTempFolder();
  for (const [name, text] of Object.entries({ "users.csv": csvOf(rows), ...files })) {
    writeFileSync(join(cwd, name), text, { mode: 0o600 });
  }
  return cwd;
}

function routesOf(end: CliEnd): unknown {
  return end.lines.find(({ event }) => event === "plan")?.["routes"];
}

const digest = (name: string, ...parts: readonly (string | Uint8Array)[]): Buffer =>
  createHash(name)
    .update(Buffer.concat(parts.map((part) => Buffer.from(part))))
    .digest();

/** A person whose salt stands in a column of its own. */
function salted(hash: string, salt: string): Person {
  return aPerson(1, { passwordHash: hash, salt });
}

describe("settings of password", () => {
  const SALT = Buffer.from("00ff10aa55", "hex");
  const KEYS = "hash: passwordHash, salt: salt";

  it.each<[string, string, Person]>(
    shortForm(
      [
        [
          "saltOrder: prefix, with a salt in hexadecimal",
          `password: {${KEYS}, format: sha512, saltOrder: prefix, saltEncoding: hex}`,
          salted(digest("sha512", SALT, OLD_PASSWORD).toString("hex"), SALT.toString("hex")),
        ],
        [
          "saltOrder: postfix, with a salt that is text",
          `password: {${KEYS}, format: sha1, saltOrder: postfix, saltEncoding: text}`,
          salted(digest("sha1", OLD_PASSWORD, "00ff").toString("hex"), "00ff"),
        ],
        [
          "encoding: base64url, with a salt in base64",
          `password: {${KEYS}, format: sha512, encoding: base64url, saltOrder: prefix, saltEncoding: base64}`,
          salted(
            digest("sha512", SALT, OLD_PASSWORD).toString("base64url"),
            SALT.toString("base64"),
          ),
        ],
        [
          "format alone, where it says all",
          "password: {hash: passwordHash, format: md5}",
          aPerson(1, { passwordHash: BARE }),
        ],
        [
          "rounds by column, of PBKDF2",
          `password: {${KEYS}, format: bare-pbkdf2-sha256, rounds: iterations, saltEncoding: hex}`,
          {
            ...salted(
              pbkdf2Sync(OLD_PASSWORD, SALT, 5000, 32, "sha256").toString("hex"),
              SALT.toString("hex"),
            ),
            iterations: "5000",
          },
        ],
      ],
      2,
    ),
  )("let the person sign in: %s", async (_what, config, person) => {
    const org = await startEmulatedOrg();
    const cwd = folderWith([person], { "migration.yaml": `${config}\n` });
    const end = await runCli(["import", "users.csv", "--yes", "--json"], { cwd, env: org.env });
    expect(end.summary, end.stdout + end.stderr).toMatchObject({ created: 1 });
    expect(await org.signIn("person1@example.com", OLD_PASSWORD)).toBe(true);
    expect(await org.signIn("person1@example.com", "wrong")).toBe(false);
  });

  it("with a pepper beside the salt it is folded in, the file's last line feed apart", async () => {
    const org = await startEmulatedOrg();
    const hash = digest("sha512", "Pfeffer salt", OLD_PASSWORD).toString("hex");
    const cwd = folderWith([salted(hash, "salt")], {
      "migration.yaml": `password: {${KEYS}, format: sha512, saltOrder: prefix, saltEncoding: text, pepper: {place: salt-prefix}}\n`,
      pepper: "Pfeffer \n",
    });
    const env = {
      ...org.env,
      OKTA_MIGRATE_PEPPER_FILE: join(cwd, "pepper"),
      OKTA_MIGRATE_LOG: "trace",
    };
    const end = await runCli(["import", "users.csv", "--yes", "--json"], { cwd, env });
    expect(end.summary, end.stdout + end.stderr).toMatchObject({ created: 1 });
    expect(await org.signIn("person1@example.com", OLD_PASSWORD)).toBe(true);
    expect(end.stdout + end.stderr).not.toContain("Pfeffer");
  });

  it("passwordEncoding: utf16le goes by the hook, since Okta hashes UTF-8", async () => {
    const hash = digest("sha256", Buffer.from(OLD_PASSWORD, "utf16le")).toString("hex");
    const cwd = folderWith([aPerson(1, { passwordHash: hash })], {
      "migration.yaml":
        "password: {hash: passwordHash, format: sha256, passwordEncoding: utf16le}\notherwise: hook\n",
    });
    const end = await runCli(["check", "users.csv", "--json"], { cwd });
    expect(routesOf(end)).toEqual([{ label: "sha256", route: "hook", count: 1 }]);
  });

  it("rounds: 1000 of a digest go by the hook, since Okta computes one", async () => {
    const cwd = folderWith([aPerson(1, { passwordHash: "ab".repeat(32) })], {
      "migration.yaml":
        "password: {hash: passwordHash, format: sha256, rounds: 1000}\notherwise: hook\n",
    });
    const end = await runCli(["check", "users.csv", "--json"], { cwd });
    expect(routesOf(end)).toEqual([{ label: "sha256 1000", route: "hook", count: 1 }]);
  });

  it("params: file gives Firebase's parameters", async () => {
    const person = salted(
      "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==",
      "42xEC+ixf3L2lw==",
    );
    const cwd = folderWith([person], {
      "migration.yaml":
        "password: {hash: passwordHash, salt: salt, format: firebase-scrypt, params: file}\notherwise: hook\n",
      params: JSON.stringify({
        base64_signer_key:
          "jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==",
        base64_salt_separator: "Bw==",
        rounds: 8,
        mem_cost: 14,
      }),
    });
    const env = { OKTA_MIGRATE_HASH_PARAMS_FILE: join(cwd, "params") };
    const end = await runCli(["check", "users.csv", "--json"], { cwd, env });
    expect(routesOf(end)).toEqual([{ label: "firebase-scrypt", route: "hook", count: 1 }]);
    expect(end.stdout).not.toContain("jxspr8Ki0RYycVU8");
  });

  it("oktaSha256Salt: literal sends the salt's text, and what is no text by the hook", async () => {
    const rows = [
      salted(
        digest("sha256", "salt", OLD_PASSWORD).toString("hex"),
        Buffer.from("salt").toString("hex"),
      ),
      {
        ...salted(digest("sha256", SALT, OLD_PASSWORD).toString("hex"), SALT.toString("hex")),
        email: "b@example.com",
      },
    ];
    const cwd = folderWith(rows, {
      "migration.yaml": `password: {${KEYS}, format: sha256, saltOrder: prefix, saltEncoding: hex, oktaSha256Salt: literal}\notherwise: hook\n`,
    });
    const end = await runCli(["check", "users.csv", "--json"], { cwd });
    expect(routesOf(end)).toEqual([
      { label: "sha256", route: "hash", count: 1 },
      { label: "sha256", route: "hook", count: 1 },
    ]);
  });
});

describe("a column in which formats are mixed", () => {
  const MIXED = [
    aPerson(1),
    aPerson(2),
    aPerson(3, { passwordHash: ARGON2 }),
    aPerson(4, { passwordHash: "" }),
    aPerson(5, { passwordHash: BARE }),
  ];

  it.each([
    ["hook", "hook ACTIVE"],
    ["staged", "none STAGED"],
  ])(
    "goes by %s where Okta can't take it, but never where it is ambiguous",
    async (otherwise, way) => {
      const org = await startEmulatedOrg();
      const cwd = folderWith(MIXED, { "migration.yaml": `otherwise: ${otherwise}\n` });
      const end = await runCli(["import", "users.csv", "--yes", "--json"], { cwd, env: org.env });
      const expected = [
        { label: "bcrypt 4", route: "hash", count: 2 },
        { label: "ambiguous", route: "rejected", count: 1 },
        { label: "argon2id", route: otherwise, count: 1 },
        { label: "no password", route: otherwise, count: 1 },
      ];
      expect(routesOf(end)).toEqual(expected);
      const again = await runCli(["import", "users.csv", "--yes", "--json"], { cwd, env: org.env });
      expect(routesOf(again)).toEqual(expected);
      const taken = [...org.users()].map(({ password, status }) => `${password} ${status}`);
      expect(taken.toSorted()).toEqual(["hash ACTIVE", "hash ACTIVE", way, way].toSorted());
      expect(end).toMatchObject({ code: 1, summary: { created: 4, rejected: 1 } });
      const causes = end.lines.find(({ event }) => event === "causes");
      expect(JSON.stringify(causes)).toContain("PASSWORD_AMBIGUOUS");
    },
  );
});

describe("hashes that can be several things, all of them", () => {
  const rows = [aPerson(1, { passwordHash: BARE }), aPerson(2, { passwordHash: BARE })];

  it.each(["check", "import"])("stop %s before anything, with the answers", async (command) => {
    const org = await startEmulatedOrg();
    const cwd = folderWith(rows);
    const args = [command, "users.csv", ...(command === "import" ? ["--yes"] : []), "--json"];
    const end = await runCli(args, { cwd, env: org.env });
    expect(end).toMatchObject({ code: 2, error: { code: "PASSWORD_FORMAT_AMBIGUOUS" } });
    const lines = end.error?.message.split("\n").map((line) => line.trim()) ?? [];
    expect(lines).toContain("password: {format: md5}");
    expect(lines).toContain("password: {format: ntlm}");
    expect(end.stdout).not.toContain(BARE);
    expect(org.ledger().usersCreated).toBe(0);
  });

  it("go on with any of the answers as it stands there", async () => {
    const end = await runCli(["check", "users.csv", "--json"], { cwd: folderWith(rows) });
    const answers = end.error?.message.split("\n").slice(1) ?? [];
    for (const answer of answers) {
      const cwd = folderWith(rows, { "migration.yaml": `${answer.trim()}\notherwise: hook\n` });
      expect(await runCli(["check", "users.csv", "--json"], { cwd }), answer).toMatchObject({
        code: 0,
      });
    }
    expect(answers.length).toBeGreaterThan(1);
  });

  it("with a salt ask for its order and encoding, and for nothing that is said", async () => {
    const hash = createHash("sha512").update(`salt!${OLD_PASSWORD}`).digest("hex");
    const config =
      "password: {hash: passwordHash, salt: salt, format: sha512, saltEncoding: text}\n";
    const cwd = folderWith([salted(hash, "salt!")], { "migration.yaml": config });
    const end = await runCli(["check", "users.csv", "--json"], { cwd });
    expect(
      end.error?.message
        .split("\n")
        .slice(1)
        .map((line) => line.trim()),
    ).toEqual(["password: {saltOrder: prefix}", "password: {saltOrder: postfix}"]);
  });

  it("are no question for --staged, --hook, or where one record is clear", async () => {
    for (const flag of ["--staged", "--hook"]) {
      const end = await runCli(["check", "users.csv", flag, "--json"], { cwd: folderWith(rows) });
      expect(end.code).toBe(0);
    }
    const mixed = folderWith([...rows, aPerson(3, { passwordHash: OLD_HASH })]);
    const end = await runCli(["check", "users.csv", "--json"], { cwd: mixed });
    expect(end).toMatchObject({ code: 1, summary: { rejected: 2 } });
  });

  it.skipIf(!hasTerminal())("are asked for on a terminal, and the line is told", async () => {
    const org = await startEmulatedOrg();
    const cwd = folderWith(rows);
    const args = ["import", "users.csv", "--yes"];
    const running = startOnTerminal(args, { columns: 100, cwd, env: org.env });
    await running.shows(/What are the hashes in `passwordHash`\?/);
    running.type("\r");
    const { code, shown } = await running.ended;
    expect(code).toBe(0);
    expect(shown).toContain("write into migration.yaml: password: {format: md5}");
    expect(await org.signIn("person1@example.com", OLD_PASSWORD)).toBe(true);
  });

  it.skipIf(!hasTerminal())("end the command where nobody knows", async () => {
    const cwd = folderWith(rows);
    const running = startOnTerminal(["check", "users.csv"], { columns: 100, cwd });
    await running.shows(/What are the hashes/);
    running.type("\u0003");
    const { code, shown } = await running.ended;
    expect(code).toBe(2);
    expect(shown).toContain("password: {format: ntlm}");
  });
});
