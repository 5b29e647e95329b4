import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect, createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import Database from "libsql";
import { afterEach, expect, it } from "vitest";
import { LeakSearch } from "../support/canaries.ts";
import { findMariadb, findPostgresql, tableName } from "../support/database-servers.ts";
import { ask, inventOldSystem, RIGHT, send, startService, WRONG } from "../support/hook-service.ts";
import { OLD_HASH, OLD_PASSWORD } from "../support/invented-people.ts";
import { runCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const [postgresql, mariadb] = await Promise.all([findPostgresql(), findMariadb()]);
const missing = [postgresql, mariadb].flatMap((found) =>
  "missing" in found ? [found.missing] : [],
);
const because = missing.length === 0 ? "" : ` (skipped: ${missing.join(", ")})`;

const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** What an old login endpoint was asked. */
interface AskedOf {
  readonly type: string | undefined;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** An old login endpoint that knows one person, and is broken where `status` says so. */
async function startOldEndpoint() {
  const asked: AskedOf[] = [];
  const state = { status: 0 };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { authorization, "content-type": type } = request.headers;
      asked.push({ type, authorization, body });
      const isRight = body === "user=zoe%40example.com&pass=Z%C3%B6+%26+pass";
      response.writeHead(state.status || (isRight ? 204 : 422)).end("whatever");
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/login`, asked, state };
}

it("passwords are checked by a sealed store first, and then by the old login endpoint", async () => {
  const old = await inventOldSystem(makeTempFolder(), { users: 2, hash: "bcrypt" });
  const args = ["hook", "seal", old.path("users.csv"), "--store", old.store];
  expect((await runCli(args, { env: old.env })).code).toBe(0);
  const endpoint = await startOldEndpoint();
  const config = [
    "hook:",
    "  stores:",
    `    - sealed: ${old.store}`,
    `    - endpoint: ${endpoint.url}`,
    "      body: form",
    "      username: user",
    "      password: pass",
    "      right: [204]",
    "      wrong: [422]",
    "",
  ];
  writeFileSync(old.path("migration.yaml"), config.join("\n"));
  writeFileSync(old.path("token"), "Bearer an-endpoint-token\n", { mode: 0o600 });
  const env = { ...old.env, OKTA_MIGRATE_HOOK_ENDPOINT_TOKEN_FILE: old.path("token") };
  const flags = ["--config", old.path("migration.yaml"), "--plain-http"];
  const service = await startService({ env }, flags);
  const { secret } = old;
  const at = { url: service.url, secret };

  const [sealed] = old.users;
  expect(await ask(at, sealed?.login ?? "", sealed?.password ?? "")).toEqual(RIGHT);
  expect(endpoint.asked).toEqual([]);
  expect(await ask(at, " zoe@example.com", "Zö & pass")).toEqual(RIGHT);
  expect(endpoint.asked[0]).toMatchObject({
    type: "application/x-www-form-urlencoded",
    authorization: "Bearer an-endpoint-token",
  });
  expect(await ask(at, "zoe@example.com", "wrong")).toEqual(WRONG);

  endpoint.state.status = 500;
  expect(await ask(at, "zoe@example.com", "Zö & pass")).toMatchObject({ status: 503 });
  // Wrong there is not wrong everywhere, while another place can't tell.
  expect(await ask(at, sealed?.login ?? "", "wrong")).toMatchObject({ status: 503 });
  expect(await ask(at, sealed?.login ?? "", sealed?.password ?? "")).toEqual(RIGHT);

  service.child.kill("SIGINT");
  const { code, stdout, stderr } = await service.ended;
  expect(code).toBe(0);
  const search = new LeakSearch({ password: "Zö & pass", token: "an-endpoint-token", secret });
  expect(search.inText("serve", stdout + stderr)).toEqual([]);
  expect(readFileSync(old.store).includes("zoe")).toBe(false);
});

it.skipIf("missing" in postgresql)(
  `a database that is away when the service starts is waited for${because}`,
  async () => {
    if (!("server" in postgresql)) return;
    const real = new URL(postgresql.server.url);
    const way = createTcpServer((socket) => {
      const onward = connect(Number(real.port || 5432), real.hostname);
      socket.on("error", () => onward.destroy()).pipe(onward);
      onward.on("error", () => socket.destroy()).pipe(socket);
    });
    const open = (port: number): Promise<number> =>
      new Promise((resolve) => {
        way.listen(port, "127.0.0.1", () => resolve((way.address() as AddressInfo).port));
      });
    const port = await open(0);
    await new Promise((resolve) => {
      way.close(resolve);
    });
    const url = new URL(real);
    url.port = String(port);
    const query = "SELECT '' AS password_hash WHERE {login} = 'grace@example.com'";
    const { service, at } = await startAsking([{ url: url.href, query }]);
    const ready = () => send(`${at.url}/readyz`, { method: "GET" });
    await service.line(({ event }) => event === "place-away");
    expect(await ready()).toMatchObject({ status: 503 });
    expect(await ask(at, "ada@example.com", OLD_PASSWORD)).toMatchObject({ status: 503 });
    await open(port);
    closing.push(() => way.close());
    await service.line(({ event }) => event === "place-up");
    expect(await ready()).toMatchObject({ status: 200 });
    // Nobody is known there, which can be told now.
    expect(await ask(at, "ada@example.com", OLD_PASSWORD)).toEqual(WRONG);
    service.child.kill("SIGTERM");
    expect((await service.ended).code).toBe(0);
  },
);

it.skipIf(missing.length > 0)(
  `a command that can't begin to serve ends, though connections to databases are open${because}`,
  async () => {
    if (!("server" in postgresql) || !("server" in mariadb)) return;
    const query = "SELECT '' AS password_hash WHERE {login} = 'grace@example.com'";
    const databases = [postgresql, mariadb].map(({ server: { url } }) => ({ url, query }));
    const { path, env } = layOut(databases.map((database) => ({ database })));
    const flags = ["hook", "serve", "--config", path("migration.yaml"), "--plain-http", "--json"];
    const taken = createTcpServer().listen(0, "127.0.0.1");
    closing.push(() => taken.close());
    await once(taken, "listening");
    const port = String((taken.address() as AddressInfo).port);
    const started = runCli([...flags, "--port", port], { env });
    const other = layOut([
      ...databases.map((database) => ({ database })),
      { sealed: "none.sealed" },
    ]);
    writeFileSync(other.path("seal.key"), Buffer.alloc(32, 1).toString("base64"), { mode: 0o600 });
    const keyed = { ...other.env, OKTA_MIGRATE_SEAL_KEY_FILE: other.path("seal.key") };
    const args = flags.with(3, other.path("migration.yaml"));
    const ends = await Promise.all([started, runCli(args, { env: keyed, cwd: other.folder })]);
    expect(ends.map(({ code, error }) => [code, error?.code])).toEqual([
      [2, "OPTION_INVALID"],
      [2, "SEALED_STORE_UNREADABLE"],
    ]);
  },
);

/** Writes what a service needs into a folder of its own. */
function layOut(stores: readonly object[]) {
  const folder = makeTempFolder();
  const path = (name: string): string => join(folder, name);
  const secret = "a-hook-secret-of-the-databases";
  writeFileSync(path("hook.secret"), secret, { mode: 0o600 });
  writeFileSync(path("migration.yaml"), JSON.stringify({ hook: { stores } }));
  return { folder, path, secret, env: { OKTA_MIGRATE_HOOK_SECRET_FILE: path("hook.secret") } };
}

/** Starts a service that asks these databases, in turn. */
async function startAsking(places: readonly { readonly url: string; readonly query: string }[]) {
  const { path, secret, env } = layOut(places.map((database) => ({ database })));
  const flags = ["--config", path("migration.yaml"), "--plain-http"];
  const service = await startService({ env }, flags);
  return { service, at: { url: service.url, secret } };
}

it.skipIf(missing.length > 0)(
  `passwords are checked by queries of old databases, also after their connections broke${because}`,
  async () => {
    if (!("server" in postgresql) || !("server" in mariadb)) return;
    const table = tableName();
    for (const { server } of [postgresql, mariadb]) {
      await server.run(`CREATE TABLE ${table} (email varchar(200), pw varchar(100))`);
      closing.push(() => server.run(`DROP TABLE IF EXISTS ${table}`));
    }
    const add = (email: string): string =>
      `INSERT INTO ${table} VALUES ('${email.replace("'", "''")}', '${OLD_HASH}')`;
    await postgresql.server.run(add("o'hara@example.com"));
    await mariadb.server.run(add("maria@example.com"));
    const file = join(makeTempFolder(), "old.db");
    const sqlite = new Database(file);
    sqlite.exec(`CREATE TABLE ${table} (email, pw); ${add("lite@example.com")};`);
    sqlite.exec(`${add("twice@example.com")}; ${add("twice@example.com")}`);
    sqlite.close();
    const query = `SELECT pw AS password_hash FROM ${table} WHERE email = {login}`;
    const { service, at } = await startAsking([
      { url: postgresql.server.url, query },
      { url: mariadb.server.url, query },
      { url: `sqlite:${file}`, query },
    ]);

    expect(await ask(at, " O'HARA@example.com", OLD_PASSWORD)).toEqual(RIGHT);
    expect(await ask(at, "maria@example.com", OLD_PASSWORD)).toEqual(RIGHT);
    expect(await ask(at, "lite@example.com", OLD_PASSWORD)).toEqual(RIGHT);
    expect(await ask(at, "maria@example.com", "wrong")).toEqual(WRONG);
    expect(await ask(at, "' OR 1=1 --@example.com", OLD_PASSWORD)).toEqual(WRONG);
    expect(await ask(at, "nul\0@example.com", OLD_PASSWORD)).toEqual(WRONG);
    expect(await ask(at, "twice@example.com", OLD_PASSWORD)).toMatchObject({ status: 503 });

    await postgresql.server.run(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'okta-migrate' AND query LIKE '%${table}%' AND pid <> pg_backend_pid()`,
    );
    expect(await ask(at, "o'hara@example.com", OLD_PASSWORD)).toEqual(RIGHT);

    // Who can't be asked has not said that a password is wrong.
    await postgresql.server.run(`DROP TABLE ${table}`);
    expect(await ask(at, "o'hara@example.com", OLD_PASSWORD)).toMatchObject({ status: 503 });
    expect(await ask(at, "lite@example.com", OLD_PASSWORD)).toEqual(RIGHT);

    service.child.kill("SIGINT");
    const { code, stdout, stderr } = await service.ended;
    expect(code).toBe(0);
    expect(new LeakSearch({ OLD_PASSWORD, OLD_HASH }).inText("serve", stdout + stderr)).toEqual([]);
  },
);
