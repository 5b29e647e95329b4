import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { LeakSearch } from "../support/canaries.ts";
import { findPostgresql, tableName } from "../support/database-servers.ts";
import { startEmulatedOrg } from "../support/emulated-org.ts";
import {
  ask,
  inventOldSystem,
  type OldSystem,
  RIGHT,
  type RunningService,
  type SampleUser,
  send,
  startService,
  WRONG,
} from "../support/hook-service.ts";
import { findRedis } from "../support/redis-server.ts";
import { runCli } from "../support/run-cli.ts";
import { layWire } from "../support/wire.ts";

const SCRIPT = fileURLToPath(new URL("../../scripts/replicas.mjs", import.meta.url));

const [postgresql, redis] = [await findPostgresql(), await findRedis()];
const missing = [postgresql, redis].flatMap((found) => ("missing" in found ? [found.missing] : []));
const because = missing.length === 0 ? "" : ` (skipped: ${missing.join(", ")})`;
const servers = {
  postgresql: "server" in postgresql ? postgresql.server : undefined,
  redis: "server" in redis ? redis.server : undefined,
};

const schema = tableName();
const folder = mkdtempSync(join(tmpdir(), "okta-migrate-test-"));
let old: OldSystem;

beforeAll(async () => {
  if (missing.length > 0) return;
  const made = await inventOldSystem(folder, { users: 5, hash: "bcrypt" });
  old = { ...made, store: storeAt() };
  expect((await seal()).summary).toMatchObject({ sealed: 5, logins: 5, before: 0 });
});
afterAll(async () => {
  await servers.postgresql?.run(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  rmSync(folder, { recursive: true, force: true });
});

/** The address of a store that no other test has, over another port where a wire leads to it. */
function storeAt(port?: number): string {
  const url = new URL(servers.postgresql?.url ?? "");
  if (port !== undefined) url.port = String(port);
  url.searchParams.set("schema", schema);
  return url.href;
}

function user(at: number): SampleUser {
  const found = old.users[at];
  if (found === undefined) throw new Error("a sample has users");
  return found;
}

const seal = (...more: readonly string[]) =>
  runCli(["hook", "seal", old.path("users.csv"), "--store", old.store, "--json", ...more], {
    env: old.env,
  });

const get = ({ url }: RunningService, path: string) => send(url + path, { method: "GET" });
const untilReady = (service: RunningService, status: number) =>
  vi.waitFor(async () => expect(await get(service, "/readyz")).toMatchObject({ status }), {
    timeout: 30_000,
  });
const metric = async (service: RunningService, name: string) =>
  new RegExp(`^okta_migrate_hook_${name} (\\d+)$`, "m").exec(
    (await get(service, "/metrics")).body,
  )?.[1];

/** What the script tells of a time under load. */
interface Series {
  readonly kills: number;
  readonly sealings: number;
  readonly held: readonly number[];
  readonly calls: Readonly<Record<string, number>>;
  readonly complaints: readonly string[];
}

describe.skipIf(missing.length > 0)(`replicas that share PostgreSQL and Redis${because}`, () => {
  it("never answer wrongly while they are killed and started in turn, and hold a pair together", async () => {
    const flags = ["--seconds", "3", "--json", "--redis", servers.redis?.whole ?? ""];
    const args = [SCRIPT, ...flags, "--postgresql", servers.postgresql?.url ?? ""];
    const { stdout } = await promisify(execFile)(process.execPath, args).catch(
      (error: unknown) => error as { readonly stdout: string },
    );
    const series = JSON.parse(stdout) as Series;
    expect(series.complaints).toEqual([]);
    expect(series.held).toEqual([1, 1]);
    expect(series.kills).toBeGreaterThanOrEqual(2);
    expect(series.sealings).toBeGreaterThanOrEqual(1);
    for (const answer of ["right: VERIFIED", "wrong: UNVERIFIED", "unknown: UNVERIFIED"]) {
      expect(series.calls[answer], answer).toBeGreaterThanOrEqual(10);
    }
  });

  it("tell nobody wrong while the store is away, are not ready then, and are again when it is back", async () => {
    const wire = await layWire(Number(new URL(old.store).port || 5432));
    const service = await startService({ ...old, store: storeAt(wire.port) });
    const { login, password } = user(0);
    const at = { url: service.url, secret: old.secret };
    await untilReady(service, 200);
    expect(await ask(at, login, password)).toEqual(RIGHT);
    expect(await ask(at, "nobody@example.com", password)).toEqual(WRONG);
    wire.cut();
    expect(await ask(at, login, password)).toMatchObject({ status: 503 });
    expect(await ask(at, "nobody@example.com", password)).toMatchObject({ status: 503 });
    await untilReady(service, 503);
    expect(await metric(service, "store_reachable")).toBe("0");
    await service.line(({ event, server }) => event === "server-lost" && server === "store");
    wire.mend();
    await untilReady(service, 200);
    await service.line(({ event, server }) => event === "server-back" && server === "store");
    expect(await ask(at, login, password)).toEqual(RIGHT);

    expect((await seal("--keep")).summary).toMatchObject({ sealed: 5, before: 5 });
    await service.line(({ event, file }) => event === "reloaded" && file === "store");
    service.child.kill("SIGTERM");
    const { code, stdout, stderr } = await service.ended;
    expect(code).toBe(0);
    const [, row = ""] = readFileSync(old.path("users.csv"), "utf8").split(/\r?\n/);
    const hash = row.split(",").at(-1) ?? "";
    const search = new LeakSearch({ login, password, key: old.key, hash });
    expect(search.inText("serve", stdout + stderr)).toEqual([]);
  });

  it("count by themselves while Redis is away, which is told, and together when it is back", async () => {
    const wire = await layWire(servers.redis?.port ?? 0);
    const flags = ["--plain-http", "--throttle", servers.redis?.url(wire.port) ?? ""];
    const [one, other] = await Promise.all([startService(old, flags), startService(old, flags)]);
    const { login, password } = user(1);
    const call = (service: RunningService, typed: string) =>
      ask({ url: service.url, secret: old.secret }, login, typed);
    for (let times = 0; times < 4; times += 1) expect(await call(one, "wrong")).toEqual(WRONG);
    const keys = (await servers.redis?.keys()) ?? [];
    const counted = keys.find((key) => key.endsWith(":wrong")) ?? "";
    expect(counted).toMatch(/:\{[0-9a-f]{16}\}:wrong$/);
    expect(keys.join(" ")).not.toContain(login);
    const livesMs = (await servers.redis?.livesMs(counted)) ?? 0;
    expect(livesMs).toBeGreaterThan(14 * 60_000);
    expect(livesMs).toBeLessThanOrEqual(15 * 60_000);

    wire.cut();
    for (let times = 0; times < 6; times += 1) expect(await call(one, "wrong")).toEqual(WRONG);
    expect(await call(one, password)).toMatchObject({ status: 503 });
    expect(await call(other, password)).toEqual(RIGHT);
    for (const service of [one, other]) {
      await service.line(({ event, server }) => event === "server-lost" && server === "throttle");
      expect(await get(service, "/readyz")).toMatchObject({ status: 200 });
      expect(await metric(service, "throttle_alone")).toBe("1");
    }
    wire.mend();
    for (const service of [one, other]) {
      await service.line(({ event, server }) => event === "server-back" && server === "throttle");
      expect(await metric(service, "throttle_alone")).toBe("0");
    }
    // Four of them were counted together.
    for (let times = 0; times < 6; times += 1) expect(await call(other, "wrong")).toEqual(WRONG);
    for (const service of [one, other]) {
      expect(await call(service, password)).toMatchObject({ status: 503 });
    }
  });

  it("start while the store is away, and are ready once it is there", async () => {
    const wire = await layWire(Number(new URL(old.store).port || 5432));
    wire.cut();
    const service = await startService({ ...old, store: storeAt(wire.port) });
    const { login, password } = user(0);
    const at = { url: service.url, secret: old.secret };
    await service.line(({ event }) => event === "place-away");
    await untilReady(service, 503);
    expect(await ask(at, login, password)).toMatchObject({ status: 503 });
    wire.mend();
    await service.line(({ event }) => event === "place-up");
    await untilReady(service, 200);
    expect(await ask(at, login, password)).toEqual(RIGHT);
    expect(await ask(at, "nobody@example.com", password)).toEqual(WRONG);
  });

  it("start without Redis, and end at once where it refuses them", async () => {
    const wire = await layWire(servers.redis?.port ?? 0);
    wire.cut();
    const url = servers.redis?.url(wire.port) ?? "";
    const service = await startService(old, ["--plain-http", "--throttle", url]);
    const lost = await service.line(({ event }) => event === "server-lost");
    expect(lost).toMatchObject({ server: "throttle", because: expect.any(String) as string });
    const { login, password } = user(2);
    expect(await ask({ url: service.url, secret: old.secret }, login, password)).toEqual(RIGHT);
    const args = ["hook", "serve", "--store", old.store, "--plain-http", "--json", "--throttle"];
    const refused = await runCli([...args, servers.redis?.url() ?? ""], {
      env: { ...old.env, REDISCLI_AUTH: "an-invented-password" },
    });
    expect([refused.error?.code, refused.code]).toEqual(["OPTION_INVALID", 2]);
    expect(refused.stdout + refused.stderr).not.toContain("an-invented-password");
  });

  it("have the hashes of those who moved wiped while they serve", async () => {
    const service = await startService(old);
    const org = await startEmulatedOrg();
    const env = { ...old.env, ...org.env };
    const hook = (...args: readonly string[]) =>
      runCli(["hook", ...args, "--json"], { cwd: old.folder, env });
    await hook("register", "--url", `${service.url}/okta/password-import`, "--yes");
    const imported = ["import", "users.csv", "--hook", "--yes", "--json", "--run", "run"];
    await runCli(imported, { cwd: old.folder, env });
    const [{ login, password }, other] = [user(3), user(4)];
    expect(await org.signIn(login, password)).toBe(true);
    const wiped = await hook("status", "--wipe", "--store", old.store);
    expect(wiped.lines.at(-1)).toMatchObject({ wiped: { store: old.store, wiped: 1, left: 4 } });
    const at = { url: service.url, secret: old.secret };
    expect(await ask(at, login, password)).toEqual(WRONG);
    expect(await ask(at, other.login, other.password)).toEqual(RIGHT);
    await vi.waitFor(async () => expect(await metric(service, "store_logins")).toBe("4"), {
      timeout: 30_000,
    });
  });

  it.each([
    [
      "a database that is none",
      "postgres://postgres@127.0.0.1/no_such_database",
      "SEALED_STORE_UNREADABLE",
    ],
    ["a password in its address", "postgres://a:hunter2@127.0.0.1/test", "OPTION_INVALID"],
    ["another kind of database", "mysql://root@127.0.0.1/test", "OPTION_INVALID"],
  ])("are not served from %s", async (_what, store, expected) => {
    const args = ["hook", "serve", "--store", store, "--plain-http", "--json"];
    const { error, code, stdout, stderr } = await runCli(args, { env: old.env });
    expect([error?.code, code]).toEqual([expected, 2]);
    expect(stdout + stderr).not.toContain("hunter2");
  });
});
