import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { LeakSearch } from "../support/canaries.ts";
import { type EmulatedOrg, startEmulatedOrg } from "../support/emulated-org.ts";
import { inventOldSystem, type OldSystem, startService } from "../support/hook-service.ts";
import { type CliEnd, runCli, startCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

/** Runs a `hook` command in the old system's folder. */
function hook(old: OldSystem, org: EmulatedOrg, ...args: readonly string[]): Promise<CliEnd> {
  const env = { ...old.env, ...org.env };
  return runCli(["hook", ...args, "--json"], { cwd: old.folder, env });
}

const lastOf = ({ lines }: CliEnd) => lines.at(-1);

function resetsOf(org: EmulatedOrg): readonly string[] {
  return org
    .calls()
    .filter(({ path }) => path.endsWith("/reset_password"))
    .map(({ path, query }) => `${path.split("/")[4] ?? ""}?${query}`);
}

it("hook users move from their import to the last one, through a kill, and the hook is gone", async () => {
  const old = await inventOldSystem(makeTempFolder(), { users: 14, hash: "bcrypt" });
  const sealed = ["hook", "seal", "users.csv", "--store", old.store, "--json"];
  expect((await runCli(sealed, { cwd: old.folder, env: old.env })).code).toBe(0);
  const service = await startService(old);
  const org = await startEmulatedOrg();
  const env = { ...old.env, ...org.env };
  const told: CliEnd[] = [];
  const run = async (...args: readonly string[]): Promise<CliEnd> => {
    const end = await hook(old, org, ...args);
    told.push(end);
    return end;
  };

  const url = `${service.url}/okta/password-import`;
  const unasked = await run("register", "--url", url);
  expect([unasked.error?.code, unasked.code]).toEqual(["CONFIRMATION_NEEDED", 2]);
  expect((await run("test")).error?.code).toBe("HOOK_NOT_REGISTERED");
  expect(lastOf(await run("register", "--url", url, "--yes"))).toMatchObject({
    event: "hook-registered",
    deed: "created",
    status: "ACTIVE",
    url,
  });
  const tested = await run("test");
  expect(tested.lines.slice(0, -1).map(({ name, verdict }) => [name, verdict])).toEqual(
    ["execute", "direct", "no-secret", "wrong-secret", "malformed"].map((name) => [name, "ok"]),
  );
  expect([tested.code, lastOf(tested)]).toMatchObject([0, { ok: 5, failed: 0 }]);

  const args = ["import", "users.csv", "--hook", "--yes", "--json", "--run", "run"];
  expect((await runCli(args, { cwd: old.folder, env })).summary).toMatchObject({ created: 14 });
  const movers = old.users.slice(0, 4);
  for (const { login, password } of movers) expect(await org.signIn(login, password)).toBe(true);

  const status = await run("status", "--run", "run", "--names", "waiting.csv");
  expect(lastOf(status)).toMatchObject({ created: 14, moved: 4, waiting: 10, hook: "active" });
  expect(status.stdout).not.toContain("@");
  const names = readFileSync(old.path("waiting.csv"), "utf8");
  expect(names.trimEnd().split("\n")).toHaveLength(11);
  for (const { login } of movers) expect(names).not.toContain(login);
  expect(statSync(old.path("waiting.csv")).mode & 0o777).toBe(0o600);
  writeFileSync(old.path("other.key"), Buffer.alloc(32, 1).toString("base64"), { mode: 0o600 });
  const asked = org.calls().length;
  const wrong = await runCli(["hook", "status", "--wipe", "--store", old.store, "--json"], {
    env: { ...env, OKTA_MIGRATE_SEAL_KEY_FILE: old.path("other.key") },
  });
  expect([wrong.error?.code, wrong.code]).toEqual(["SEAL_KEY_WRONG", 2]);
  expect(org.calls(), "a wrong key is told before the org is asked").toHaveLength(asked);
  const wiped = await run("status", "--wipe", "--store", old.store);
  expect(lastOf(wiped)).toMatchObject({ wiped: { wiped: 4, left: 10 } });

  org.change({ latencyMs: 60 });
  const finish = ["hook", "finish", "--all", "--run", "run", "--send-mail", "--yes", "--json"];
  const killed = startCli([...finish, "--wave", "3", "--pause", "0s"], { cwd: old.folder, env });
  await killed.line(({ event }) => event === "progress");
  killed.child.kill("SIGKILL");
  await killed.ended;
  const before = resetsOf(org).length;
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(10);
  org.change({ latencyMs: 0 });
  const [first] = old.users.slice(4);
  const resumed = await run(
    "finish",
    "--all",
    "--run",
    "run",
    "--send-mail",
    "--yes",
    "--pause",
    "0s",
  );
  expect([resumed.code, lastOf(resumed)]).toMatchObject([
    0,
    { event: "summary", refused: 0, left: 0, hook: "removed" },
  ]);
  const resets = resetsOf(org);
  expect(new Set(resets).size).toBe(10);
  expect(resets).toHaveLength(10);
  expect(resets.every((reset) => reset.endsWith("sendEmail=true"))).toBe(true);
  expect(org.mails()).toHaveLength(10);
  expect(await org.signIn(first?.login ?? "", first?.password ?? "")).toBe(false);
  for (const { login, password } of movers) expect(await org.signIn(login, password)).toBe(true);
  expect(lastOf(await run("status"))).toMatchObject({ waiting: 0, reset: 10, hook: "none" });

  const search = new LeakSearch({ secret: old.secret, key: old.key });
  const all = told.map(({ stdout, stderr }) => stdout + stderr).join("\n");
  expect(search.inText("hook commands", all)).toEqual([]);
});

it("a hook of somebody else is left alone, and is taken over by its name alone", async () => {
  const old = await inventOldSystem(makeTempFolder(), { users: 1, hash: "bcrypt" });
  const org = await startEmulatedOrg();
  const url = "https://hook.example.com/okta/password-import";
  const other = "https://other.example.com/";
  await hook(old, org, "register", "--url", other, "--name", "Theirs", "--yes");
  const refused = await hook(old, org, "register", "--url", url, "--yes");
  expect([refused.error?.code, refused.code]).toEqual(["HOOK_TAKEN", 4]);
  expect(refused.error?.message).toContain(other);
  const taken = await hook(old, org, "register", "--url", url, "--name", "Theirs", "--yes");
  expect(lastOf(taken)).toMatchObject({ deed: "updated", url });
  const again = await hook(old, org, "register", "--url", url, "--yes");
  expect(lastOf(again)).toMatchObject({ deed: "updated", name: "okta-migrate password import" });
  const hooks = org.calls().filter(({ path }) => path === "/api/v1/inlineHooks");
  expect(hooks.filter(({ method }) => method === "POST")).toHaveLength(1);
});

it("users whose hash was sent are no hook users of the run, and keep their passwords", async () => {
  const old = await inventOldSystem(makeTempFolder(), { users: 6, hash: "bcrypt,argon2id" });
  const org = await startEmulatedOrg();
  const env = { ...old.env, ...org.env };
  const cwd = old.folder;
  writeFileSync(
    join(cwd, "migration.yaml"),
    "profile: {login: email, email: email, firstName: first_name, lastName: last_name}\n" +
      "password: {hash: password_hash}\notherwise: hook\n",
  );
  const args = ["import", "users.csv", "--yes", "--json", "--run", "run"];
  expect((await runCli(args, { cwd, env })).summary).toMatchObject({ created: 6 });
  expect(lastOf(await hook(old, org, "status", "--run", "run"))).toMatchObject({
    created: 3,
    waiting: 3,
  });
  const ended = await hook(old, org, "finish", "--all", "--run", "run", "--yes");
  expect(lastOf(ended)).toMatchObject({ reset: 3, left: 0, hook: "none" });
  const signIns = await Promise.all(
    old.users.map(({ login, password }) => org.signIn(login, password)),
  );
  expect(signIns.filter((isIn) => isIn)).toHaveLength(3);
});
