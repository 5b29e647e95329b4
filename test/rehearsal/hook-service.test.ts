import { once } from "node:events";
import { connect } from "node:net";
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { LeakSearch } from "../support/canaries.ts";
import { startEmulatedOrg } from "../support/emulated-org.ts";
import {
  ask,
  callBody,
  inventOldSystem,
  type OldSystem,
  RIGHT,
  type SampleUser,
  send,
  startService,
  WRONG,
} from "../support/hook-service.ts";
import { BCRYPT_5 } from "../support/known-passwords.ts";
import { makeCertificate } from "../support/private-ca.ts";
import { runCli, startCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const FORMATS = "argon2id,bcrypt,sha512-crypt,ldap-ssha,phpass,aspnet-identity-v3";
const TYPE = "com.okta.user.credential.password.import";

function first({ users }: OldSystem): SampleUser {
  const [user] = users;
  if (user === undefined) throw new Error("a sample has users");
  return user;
}

/** Sends bytes over a connection of their own. @returns what came back until the service closed it */
function sendRaw(url: string, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  return new Promise((resolve) => {
    let said = "";
    socket
      .on("data", (more: Buffer) => (said += more.toString()))
      .on("error", () => undefined)
      .on("close", () => resolve(said));
    socket.write(Buffer.from(bytes, "latin1"));
  });
}

const until = (condition: () => unknown): Promise<unknown> =>
  vi.waitFor(condition, { timeout: 30_000 });

function seal(old: OldSystem, ...more: readonly string[]) {
  const args = ["hook", "seal", old.path("users.csv"), "--store", old.store, "--json", ...more];
  return runCli(args, { env: old.env });
}

it("people sign in to the org with their old passwords through a sealed store, over TLS, and are asked once", async () => {
  const old = await inventOldSystem(makeTempFolder(), { users: 12, hash: FORMATS });
  const sealed = await seal(old);
  expect(sealed.summary).toMatchObject({ records: 12, sealed: 12, unreadable: 0, logins: 12 });
  const tls = makeCertificate(old.folder, "127.0.0.1");
  if (tls === undefined) throw new Error("this test needs openssl");
  const service = await startService(old, ["--tls-cert", tls.caFile, "--tls-key", tls.keyFile]);
  expect(service.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  const org = await startEmulatedOrg({ hookCa: tls.cert });
  const run = ["--hook", "--yes", "--json", "--run", old.path("run")];
  const env = { ...org.env };
  const imported = await runCli(["import", old.path("users.csv"), ...run], { env });
  expect(imported.summary).toMatchObject({ created: 12, failed: 0 });
  const authScheme = { type: "HEADER", key: "Authorization", value: old.secret };
  const channel = { type: "HTTP", config: { uri: `${service.url}/`, authScheme } };
  await fetch(`${org.url}/api/v1/inlineHooks`, {
    method: "POST",
    headers: { authorization: "SSWS emulator-token", "content-type": "application/json" },
    body: JSON.stringify({ name: "Old", type: TYPE, channel }),
  });

  for (const { login, password } of old.users) {
    expect(await org.signIn(login, `${password}x`), login).toBe(false);
    expect(await org.signIn(login.toUpperCase(), password), login).toBe(true);
  }
  expect(await service.answered()).toHaveLength(24);
  for (const { login, password } of old.users) expect(await org.signIn(login, password)).toBe(true);
  const told = await service.answered();
  expect(told.map(({ outcome }) => outcome)).toEqual(
    old.users.flatMap(() => ["wrong", "verified"]),
  );
  expect(new Set(told.map(({ format }) => format)).size).toBe(6);

  service.child.kill("SIGTERM");
  const { code, stdout, stderr } = await service.ended;
  expect(code).toBe(0);
  const { login, password } = first(old);
  const hash =
    readFileSync(old.path("users.csv"), "utf8").split(/\r?\n/)[1]?.split(",").at(-1) ?? "";
  const search = new LeakSearch({ login, password, key: old.key, secret: old.secret, hash });
  expect([
    ...search.inText("serve", stdout + stderr),
    ...search.inText("seal", sealed.stdout + sealed.stderr),
    ...search.inBytes("store", readFileSync(old.store)),
  ]).toEqual([]);
});

describe("the service", () => {
  let old: OldSystem;
  let kept = "";

  beforeAll(async () => {
    // makeTempFolder's folders are gone after each test: what is kept is copied from here.
    const made = await inventOldSystem(makeTempFolder(), { users: 30, hash: "bcrypt" });
    await seal(made);
    kept = readFileSync(made.store, "base64");
    old = made;
  });

  function inFolder(): OldSystem {
    const folder = makeTempFolder();
    const path = (name: string): string => join(folder, name);
    writeFileSync(path("passwords.sealed"), Buffer.from(kept, "base64"), { mode: 0o600 });
    writeFileSync(path("seal.key"), old.key, { mode: 0o600 });
    writeFileSync(path("hook.secret"), old.secret, { mode: 0o600 });
    const env = {
      OKTA_MIGRATE_SEAL_KEY_FILE: path("seal.key"),
      OKTA_MIGRATE_HOOK_SECRET_FILE: path("hook.secret"),
    };
    return { ...old, folder, path, env, store: path("passwords.sealed") };
  }

  it("answers exactly as Okta wants it, and tells an unknown login from no wrong password", async () => {
    const { url } = await startService(inFolder());
    const { login, password } = first(old);
    const { secret } = old;
    expect(await ask({ url, secret }, login, password)).toEqual(RIGHT);
    expect(await ask({ url, secret }, login, `${password} `)).toEqual(WRONG);
    expect(await ask({ url, secret }, "nobody@example.com", password)).toEqual(WRONG);
    expect(await ask({ url, secret }, ` ${login.toUpperCase()} `, password)).toEqual(RIGHT);
    expect(await ask({ url, secret }, login.split("@")[0] ?? "", password)).toEqual(RIGHT);
    expect(
      (
        await send(`${url}/`, {
          headers: { authorization: secret },
          body: callBody(login, password),
        })
      ).body,
    ).toBe(RIGHT.body);
  });

  it("refuses who does not know the secret, what is malformed, too large or elsewhere", async () => {
    const { url, answered } = await startService(inFolder());
    const body = callBody(first(old).login, first(old).password);
    const headers = { authorization: old.secret };
    const at = (path: string, options: Parameters<typeof send>[1]) => send(url + path, options);
    expect(await at("/", { body })).toMatchObject({ status: 401 });
    expect(
      await at("/", { body, headers: { authorization: `Bearer ${old.secret}` } }),
    ).toMatchObject({ status: 401 });
    expect(
      await at("/", { body: "x".repeat(10_000_000), headers: { authorization: "x" } }),
    ).toMatchObject({ status: 401 });
    expect(await at("/", { body: body.slice(1), headers })).toMatchObject({ status: 400 });
    expect(await at("/", { body: "", headers })).toMatchObject({ status: 400 });
    expect(await at("/", { body: `{"a":"${"x".repeat(10_000_000)}"}`, headers })).toMatchObject({
      status: 413,
    });
    expect(await at("/elsewhere", { body, headers })).toMatchObject({ status: 404 });
    expect(await at("/", { method: "GET", headers })).toMatchObject({ status: 405 });
    const long = { ...headers, "x-long": "x".repeat(20_000) };
    expect(await at("/", { body, headers: long })).toMatchObject({ status: 431 });
    const outcomes = (await answered()).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === "verified" || outcome === "wrong")).toEqual([]);
    expect(await ask({ url, secret: old.secret }, first(old).login, first(old).password)).toEqual(
      RIGHT,
    );
  });

  it("lets slow callers go in time and answers others meanwhile", async () => {
    const { url } = await startService(inFolder());
    const head = `POST / HTTP/1.1\r\nHost: x\r\nAuthorization: ${old.secret}\r\n`;
    const bodies = sendRaw(url, `${head}Content-Length: 500\r\n\r\n{`);
    const heads = sendRaw(url, head);
    const silent = sendRaw(url, "");
    expect(await ask({ url, secret: old.secret }, first(old).login, first(old).password)).toEqual(
      RIGHT,
    );
    expect(await bodies).toMatch(/^HTTP\/1\.1 503 [^]*connection: close/i);
    expect(await heads).toMatch(/^HTTP\/1\.1 408 /);
    expect(await silent).toMatch(/^(?:HTTP\/1\.1 408 |$)/);
  });

  it("ends the connection of whoever sends what is no request of Okta's", async () => {
    const { url, answered } = await startService(inFolder());
    const post = (...more: readonly string[]): string =>
      ["POST / HTTP/1.1", "Host: x", ...more, "", ""].join("\r\n");
    const known = `Authorization: ${old.secret}`;
    const guess = post("Authorization: guess", "Content-Length: 2") + "{}";
    const huge = `${(70_000).toString(16)}\r\n${"[".repeat(70_000)}\r\n0\r\n\r\n`;
    const deep = "[".repeat(60_000);
    const cases: readonly (readonly [string, RegExp])[] = [
      ["\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", /^HTTP\/1\.1 400 /],
      ["GET / HTTP/9.9\r\n\r\n", /^HTTP\/1\.1 400 /],
      [post("X: \0"), /^HTTP\/1\.1 400 /],
      [post(known, "Content-Length: 2", "Content-Length: 3") + "{}", /^HTTP\/1\.1 400 /],
      [post(known, "Content-Length: 2", "Transfer-Encoding: chunked") + "{}", /^HTTP\/1\.1 400 /],
      [post(known, "Content-Length: -1"), /^HTTP\/1\.1 400 /],
      [post(known, "Transfer-Encoding: chunked") + huge, /^HTTP\/1\.1 413 /],
      [post(known, `Content-Length: ${deep.length}`) + deep, /^HTTP\/1\.1 400 /],
      ["CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n", /^$/],
      // Of several requests at once by a stranger one is answered, so that guessing costs connections.
      [guess + guess + guess, /^HTTP\/1\.1 401 (?![^]*HTTP\/1\.1 )/],
    ];
    const said = await Promise.all(cases.map(([raw]) => sendRaw(url, raw)));
    for (const [at, [raw, expected]] of cases.entries()) {
      expect(said[at], raw.slice(0, 60)).toMatch(expected);
    }
    const told = await answered();
    expect(told.filter(({ status }) => status === 200)).toEqual([]);
    expect(await ask({ url, secret: old.secret }, first(old).login, first(old).password)).toEqual(
      RIGHT,
    );
  });

  it("takes as many connections as it was told, and tells of further ones", async () => {
    const { url } = await startService(inFolder(), ["--plain-http", "--max-connections", "2"]);
    const { port } = new URL(url);
    const held = [0, 1].map(() => connect(Number(port), "127.0.0.1"));
    await Promise.all(held.map((socket) => once(socket, "connect")));
    expect(await sendRaw(url, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")).toBe("");
    for (const socket of held) socket.destroy();
    const alone = async (): Promise<void> => {
      const { body } = await send(`${url}/metrics`, { method: "GET" });
      expect(body).toContain("okta_migrate_hook_connections 1");
      expect(body).toMatch(/okta_migrate_hook_connections_refused_total [1-9]/);
    };
    await until(alone);
    // Who was refused and does not hang up is let go all the same.
    const halfOpen = connect({ port: Number(port), host: "127.0.0.1", allowHalfOpen: true });
    halfOpen.on("error", () => undefined).write("nonsense\r\n\r\n");
    await once(halfOpen.resume(), "end");
    await until(alone);
    halfOpen.destroy();
  });

  it("takes a new secret, a new certificate and a new store without a restart", async () => {
    const mine = inFolder();
    const before = makeCertificate(makeTempFolder(), "127.0.0.1");
    const after = makeCertificate(makeTempFolder(), "127.0.0.1");
    if (before === undefined || after === undefined) throw new Error("this test needs openssl");
    const [cert, key] = [mine.path("tls.crt"), mine.path("tls.key")];
    copyFileSync(before.caFile, cert);
    copyFileSync(before.keyFile, key);
    const service = await startService(mine, ["--tls-cert", cert, "--tls-key", key]);
    const { url } = service;
    const { login, password } = first(old);
    const silent = sendRaw(url, "");
    expect(await ask({ url, secret: old.secret, ca: before.cert }, login, password)).toEqual(RIGHT);

    writeFileSync(mine.path("hook.secret"), `${old.secret}\nthe-next-secret\n`);
    copyFileSync(after.caFile, cert);
    copyFileSync(after.keyFile, key);
    writeFileSync(
      mine.path("more.csv"),
      `login,password_hash\nnew@example.com,${BCRYPT_5.hash}\n`,
      { mode: 0o600 },
    );
    const more = await runCli(
      ["hook", "seal", mine.path("more.csv"), "--store", mine.store, "--keep", "--json"],
      { env: mine.env },
    );
    expect(more.summary).toMatchObject({ sealed: 1, logins: 31, before: 30 });
    for (const file of ["secret", "certificate", "store"]) {
      await service.line((line) => line.event === "reloaded" && line["file"] === file);
    }
    for (const secret of [old.secret, "the-next-secret"]) {
      expect(await ask({ url, secret, ca: after.cert }, "new@example.com", "U*U")).toEqual(RIGHT);
      expect(await ask({ url, secret, ca: after.cert }, login, password)).toEqual(RIGHT);
    }

    writeFileSync(mine.path("hook.secret"), "\n");
    await service.line((line) => line.event === "not-reloaded" && line["file"] === "secret");
    // Who never begins the handshake was let go meanwhile.
    expect(await silent).toBe("");
    expect(await ask({ url, secret: old.secret, ca: after.cert }, login, password)).toEqual(RIGHT);
  });

  it("shows its health, its readiness and its metrics, which name nobody", async () => {
    const { url } = await startService(inFolder());
    const { login, password } = first(old);
    const get = (path: string) => send(url + path, { method: "GET" });
    await until(async () => expect(await get("/readyz")).toMatchObject({ status: 200 }));
    expect(await get("/healthz")).toMatchObject({ status: 200 });
    expect(await send(`${url}/healthz`, { method: "HEAD" })).toEqual({ status: 200, body: "" });
    await ask({ url, secret: old.secret }, login, password);
    const { status, body } = await get("/metrics");
    expect(status).toBe(200);
    expect(body).toContain(
      'okta_migrate_hook_calls_total{outcome="verified",because="",format="bcrypt 4"} 1',
    );
    expect(body).toContain("okta_migrate_hook_store_logins 30");
    expect(body).not.toContain(login);
  });

  it("says that it is not ready before it ends, and takes calls until the delay is over", async () => {
    const mine = inFolder();
    const service = await startService(mine, ["--plain-http", "--drain-delay", "300s"]);
    const { url } = service;
    await until(async () =>
      expect(await send(`${url}/readyz`, { method: "GET" })).toMatchObject({ status: 200 }),
    );
    service.child.kill("SIGTERM");
    await service.line(({ event }) => event === "draining");
    expect(await send(`${url}/readyz`, { method: "GET" })).toMatchObject({ status: 503 });
    expect(await send(`${url}/healthz`, { method: "GET" })).toMatchObject({ status: 200 });
    const { login, password } = first(old);
    expect(await ask({ url, secret: old.secret }, login, password)).toEqual(RIGHT);
    const said = sendRaw(url, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    expect(await said).toMatch(/connection: close/i);
    service.child.kill("SIGTERM");
    expect((await service.ended).signal).toBe("SIGTERM");
  });

  it("answers what is in flight before it ends", async () => {
    const mine = inFolder();
    // About half a second of one core.
    const hash = `pbkdf2_sha256$1000000$salt$${"A".repeat(43)}=`;
    writeFileSync(mine.path("slow.csv"), `login,password_hash\nslow@example.com,${hash}\n`, {
      mode: 0o600,
    });
    await runCli(["hook", "seal", mine.path("slow.csv"), "--store", mine.store, "--json"], {
      env: mine.env,
    });
    const service = await startService(mine);
    const { url } = service;
    await until(async () =>
      expect(await send(`${url}/readyz`, { method: "GET" })).toMatchObject({ status: 200 }),
    );
    const asking = ask({ url, secret: old.secret }, "slow@example.com", "x");
    await until(async () => {
      const { body } = await send(`${url}/metrics`, { method: "GET" });
      expect(body).toContain("okta_migrate_hook_queue_running 1");
    });
    service.child.kill("SIGTERM");
    expect(await asking).toEqual(WRONG);
    expect((await service.ended).code).toBe(0);
  });
});

it("a sealing that is killed leaves the store as it was, and the next one goes well", async () => {
  const old = await inventOldSystem(makeTempFolder(), { users: 20, hash: "bcrypt" });
  await seal(old);
  const before = readFileSync(old.store);
  const args = ["hook", "seal", "-", "--store", old.store, "--json"];
  const killed = startCli(args, { env: old.env, openInput: true });
  killed.child.stdin?.write(readFileSync(old.path("users.csv")));
  await until(() => expect(existsSync(`${old.store}.part`)).toBe(true));
  killed.child.kill("SIGKILL");
  await killed.ended;
  expect(readFileSync(old.store).equals(before)).toBe(true);
  expect((await seal(old)).summary).toMatchObject({ sealed: 20, before: 20 });
  expect(existsSync(`${old.store}.part`)).toBe(false);
});

it.each([
  ["SEAL_KEY_MISSING", { OKTA_MIGRATE_SEAL_KEY_FILE: undefined }, ["--plain-http"]],
  ["SEAL_KEY_WRONG", { OKTA_MIGRATE_SEAL_KEY_FILE: "other.key" }, ["--plain-http"]],
  ["HOOK_SECRET_MISSING", { OKTA_MIGRATE_HOOK_SECRET_FILE: undefined }, ["--plain-http"]],
  ["HOOK_SECRET_INVALID", { OKTA_MIGRATE_HOOK_SECRET_FILE: "empty" }, ["--plain-http"]],
  ["OPTION_INVALID", {}, []],
  ["OPTION_INVALID", {}, ["--tls-cert", "empty", "--tls-key", "empty"]],
])("serving without what it needs ends with %s and exit code 2", async (expected, env, flags) => {
  const cwd = makeTempFolder();
  writeFileSync(join(cwd, "users.csv"), `login,password_hash\nada@example.com,${BCRYPT_5.hash}\n`);
  writeFileSync(join(cwd, "seal.key"), Buffer.alloc(32, 1).toString("base64"));
  writeFileSync(join(cwd, "other.key"), Buffer.alloc(32, 2).toString("base64"));
  writeFileSync(join(cwd, "hook.secret"), "an-invented-secret");
  writeFileSync(join(cwd, "empty"), " \n");
  const all = {
    OKTA_MIGRATE_SEAL_KEY_FILE: "seal.key",
    OKTA_MIGRATE_HOOK_SECRET_FILE: "hook.secret",
  };
  const sealed = await runCli(["hook", "seal", "users.csv", "--store", "s"], { cwd, env: all });
  expect(sealed.code).toBe(0);
  expect(sealed.stderr).toContain("can be read by others");
  const args = ["hook", "serve", "--store", "s", ...flags, "--json"];
  const { code, error } = await runCli(args, { cwd, env: { ...all, ...env } });
  expect([error?.code, code]).toEqual([expected, 2]);
});
