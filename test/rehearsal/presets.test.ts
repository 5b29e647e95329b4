import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { PRESETS, type PresetName } from "../../src/mapping/index.ts";
import { LeakSearch } from "../support/canaries.ts";
import { startEmulatedOrg } from "../support/emulated-org.ts";
import { type CliEnd, runCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { shortForm } from "../support/short-form.ts";

const EXPORTS = fileURLToPath(new URL("../../fixtures/exports/", import.meta.url));

/** The people of the exports, and the passwords that their hashes were made of. */
const ADA = "ada.byron@example.com";
const BELA = "bela.toth@example.com";
const CLEO = "cleo.vance@example.com";
const PASSWORDS: Readonly<Record<string, string>> = {
  [ADA]: "Correct-Horse-1",
  [BELA]: "Battery Staple 2",
  [CLEO]: "Zürich im März 3",
};

/** What an export is read with, and what comes of it. */
interface Export {
  readonly preset: PresetName;
  readonly file: string;
  readonly flags?: readonly string[];
  readonly records: number;
  readonly rejected?: number;
  /** Who signs in with the old password after the import. */
  readonly signIns?: readonly string[];
  /** Whose password is proven for the hook, since Okta does not take the hash. */
  readonly provenForHook?: readonly string[];
}

const CARRIED: readonly Export[] = [
  {
    preset: "auth0",
    file: "users.ndjson",
    flags: ["--hashes", "password-hashes.ndjson"],
    records: 4,
    rejected: 1,
    signIns: [ADA, BELA, CLEO],
  },
  {
    preset: "keycloak",
    file: "example-realm.json",
    records: 3,
    rejected: 1,
    signIns: [ADA, BELA],
  },
  // Cleo was deleted there: she is no record of the run.
  { preset: "supabase", file: "users.csv", records: 3, rejected: 1, signIns: [ADA, BELA] },
  { preset: "clerk", file: "users.csv", records: 3, rejected: 1, signIns: [ADA, BELA] },
  { preset: "fusionauth", file: "users.json", records: 3, signIns: [ADA, BELA, CLEO] },
  {
    preset: "stytch",
    file: "users.json",
    flags: ["--hashes", "password-hashes.ndjson"],
    records: 3,
    rejected: 1,
    signIns: [ADA, BELA],
  },
  { preset: "django", file: "auth_user.csv", records: 3, rejected: 1, signIns: [ADA, BELA] },
  { preset: "devise", file: "users.csv", records: 3, signIns: [ADA, CLEO] },
  { preset: "laravel", file: "users.csv", records: 2, signIns: [ADA, BELA] },
  {
    preset: "aspnet-identity",
    file: "AspNetUsers.csv",
    records: 3,
    rejected: 1,
    signIns: [ADA, BELA],
  },
  { preset: "spring-security", file: "users.csv", records: 2, signIns: [ADA, BELA] },
  // Okta takes one of each system's hashes; the others are for the hook.
  { preset: "wordpress", file: "users.csv", records: 3, rejected: 2, signIns: [CLEO] },
  { preset: "drupal", file: "users_field_data.csv", records: 2, rejected: 1, signIns: [ADA] },
];

const FOR_THE_HOOK: readonly Export[] = [
  { preset: "firebase", file: "users.json", records: 3, provenForHook: [ADA, BELA] },
  { preset: "wordpress", file: "users.csv", records: 3, provenForHook: [ADA, BELA, CLEO] },
  { preset: "drupal", file: "users_field_data.csv", records: 2, provenForHook: [ADA, BELA] },
];

const WITHOUT_HASHES: readonly Export[] = [
  { preset: "cognito", file: "users.json", records: 3 },
  { preset: "cognito", file: "users.csv", records: 2 },
  { preset: "entra", file: "users.json", records: 3 },
  { preset: "entra-b2c", file: "users.json", records: 3 },
  { preset: "ping", file: "users.json", records: 3 },
  { preset: "excel", file: "people.xlsx", records: 2 },
];

/** A folder with the files of an export. */
function folderOf({ preset }: Export, config?: string): string {
  const cwd = makeTempFolder();
  cpSync(join(EXPORTS, preset), cwd, { recursive: true });
  if (config !== undefined) writeFileSync(join(cwd, "migration.yaml"), config);
  return cwd;
}

const flagsOf = ({ preset, file, flags = [] }: Export): readonly string[] => [
  file,
  "--preset",
  preset,
  ...flags,
  "--run",
  "run",
  "--json",
];

/** Fails where a password or a part of a hash is in what a command said. */
function expectNoLeak(end: CliEnd): void {
  const search = new LeakSearch(PASSWORDS);
  expect(search.inText("output", end.stdout + end.stderr)).toEqual([]);
  expect(end.stdout + end.stderr).not.toMatch(/\$2[aby]\$\d\d\$/);
}

describe("an export that holds password hashes", () => {
  it.each(shortForm(CARRIED, 2).map((one) => [one.preset, one] as const))(
    "of %s: people sign in with their old password",
    async (_, given) => {
      const { records, rejected = 0, signIns = [] } = given;
      const org = await startEmulatedOrg();
      const args = ["import", ...flagsOf(given), "--yes"];
      const end = await runCli(args, { cwd: folderOf(given), env: org.env });
      const created = records - rejected;
      expect(end.summary).toMatchObject({ records, created, rejected, failed: 0, pending: 0 });
      expectNoLeak(end);
      for (const login of signIns) {
        expect(await org.signIn(login, PASSWORDS[login] ?? "")).toBe(true);
        expect(await org.signIn(login, "wrong")).toBe(false);
      }
    },
  );
});

describe("an export whose hashes Okta does not take", () => {
  it.each(FOR_THE_HOOK.map((one) => [one.preset, one] as const))(
    "of %s: the old passwords are proven for the hook",
    async (_, given) => {
      const { provenForHook = [] } = given;
      const cwd = folderOf(given, "otherwise: hook\n");
      const accounts = provenForHook.map((login) => `${login},${PASSWORDS[login] ?? ""}\n`);
      writeFileSync(join(cwd, "accounts.csv"), `login,password\n${accounts.join("")}`);
      const { preset, file } = given;
      const args = [file, "--preset", preset, "--accounts", "accounts.csv", "--json"];
      const env = { OKTA_MIGRATE_HASH_PARAMS_FILE: "hash-parameters.json" };
      const end = await runCli(["password", "prove", ...args], {
        cwd,
        env: preset === "firebase" ? env : {},
      });
      const proven = end.lines.filter(({ event }) => event === "account");
      expect(proven).toHaveLength(provenForHook.length);
      expect(proven.every(({ verdict }) => verdict === "proven")).toBe(true);
      expectNoLeak(end);
    },
  );
});

describe("an export without password hashes", () => {
  it.each(WITHOUT_HASHES.map((one) => [`${one.preset}, ${one.file}`, one] as const))(
    "of %s: every record can be staged",
    async (_, given) => {
      const args = ["check", ...flagsOf(given), "--staged"];
      const end = await runCli(args, { cwd: folderOf(given) });
      expect(end.summary).toMatchObject({ records: given.records, rejected: 0 });
      expect(end.code).toBe(0);
    },
  );
});

it("every preset has an export here", () => {
  const tried = [...CARRIED, ...FOR_THE_HOOK, ...WITHOUT_HASHES].map(({ preset }) => preset);
  expect(new Set(tried)).toEqual(new Set(PRESETS.map(({ name }) => name)));
});

describe("--preset", () => {
  it("list tells every preset, to people and to programs", async () => {
    const people = await runCli(["check", "--preset", "list"]);
    expect(people).toMatchObject({ code: 0, stdout: "" });
    for (const { name } of PRESETS) expect(people.stderr).toContain(name);
    const { lines } = await runCli(["import", "--preset", "list", "--json"]);
    expect(lines.map(({ name }) => name)).toEqual(PRESETS.map(({ name }) => name));
  });

  it("that is misspelt is met with the one that was meant", async () => {
    const end = await runCli(["check", "users.json", "--preset", "keyclock", "--json"]);
    expect(end.code).toBe(2);
    expect(end.error).toMatchObject({ code: "OPTION_INVALID" });
    expect(end.error?.message).toContain("Did you mean `keycloak`?");
  });

  it("that a source does not fit says what it expected and what it found", async () => {
    const cwd = makeTempFolder();
    writeFileSync(join(cwd, "users.csv"), "mail,given\na@example.com,Ann\n");
    const end = await runCli(["check", "users.csv", "--preset", "django", "--json"], { cwd });
    expect(end.code).toBe(2);
    expect(end.error).toMatchObject({ code: "PRESET_UNFIT" });
    expect(end.error?.message).toContain("it lacks `username`, `password`");
    expect(end.error?.message).toContain("Its columns are mail, given.");
  });
});

describe("a preset in migration.yaml", () => {
  it("stands below what the operator wrote", async () => {
    const given = { preset: "auth0", file: "users.ndjson", records: 4 } as const;
    const config = [
      "source: {preset: auth0, path: users.ndjson, hashes: password-hashes.ndjson}",
      "otherwise: staged",
      "profile:",
      "  nickName: {omit: true}",
      "  userType: {value: customer}",
      "",
    ].join("\n");
    const org = await startEmulatedOrg();
    const cwd = folderOf(given, config);
    const end = await runCli(["import", "--run", "run", "--json", "--yes"], { cwd, env: org.env });
    expect(end.summary).toMatchObject({ records: 4, created: 4 });
    const plan = end.lines.find(({ event }) => event === "plan");
    const mapped = JSON.stringify(plan);
    expect(mapped).toContain("userType");
    expect(mapped).not.toContain("nickName");
    expect(await org.signIn(ADA, PASSWORDS[ADA] ?? "")).toBe(true);
  });
});
