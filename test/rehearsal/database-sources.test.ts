import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { afterEach, describe, expect, it } from "vitest";
import {
  findMariadb,
  findPostgresql,
  tableName,
  type TestServer,
} from "../support/database-servers.ts";
import type { SourceHead } from "../../src/core/index.ts";
import { openSource, type SourceOptions } from "../../src/sources/index.ts";
import { startEmulatedOrg } from "../support/emulated-org.ts";
import { OLD_HASH, OLD_PASSWORD } from "../support/invented-people.ts";
import { HAS_OPENSSL, makeCertificate } from "../support/private-ca.ts";
import { type CliEnd, runCli, startCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { startTlsInFront } from "../support/tls-in-front.ts";

const [postgresql, mariadb] = await Promise.all([findPostgresql(), findMariadb()]);
const IMPORT = ["import", "--run", "run", "--yes", "--json"];

/** A server that a test runs against; those without one are skipped. */
function serverOf(found: typeof postgresql): TestServer {
  if ("missing" in found) throw new Error(found.missing);
  return found.server;
}

/** Why tests are skipped, as a part of their name. */
const because = (found: typeof postgresql): string =>
  "missing" in found ? ` (skipped: ${found.missing})` : "";

const dropped: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const drop of dropped.splice(0)) await drop();
});

/** A table of so many people, numbered from 1; gone after the test. */
async function tableOf(server: TestServer, people: number): Promise<string> {
  const table = tableName();
  dropped.push(() => server.run(`DROP TABLE IF EXISTS ${table}`));
  const bytes = server.url.startsWith("postgres") ? "bytea" : "varbinary(200)";
  await server.run(
    `CREATE TABLE ${table} (id bigint PRIMARY KEY, email varchar(100), given varchar(100), family varchar(100), pw ${bytes})`,
  );
  await addPeople(server, table, { from: 1, to: people });
  return table;
}

async function addPeople(
  server: TestServer,
  table: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> {
  const rows: string[] = [];
  for (let id = from; id <= to; id += 1) {
    rows.push(`(${id}, 'person${id}@example.com', 'Jürgen${id}', 'O''Neil', '${OLD_HASH}')`);
  }
  await server.run(`INSERT INTO ${table} VALUES ${rows.join(", ")}`);
}

interface Named {
  readonly url: string;
  readonly query?: string;
  readonly table?: string;
  readonly key?: string;
}

/** A folder with a config that reads such a source. */
function folderFor(source: Named): string {
  const cwd = makeTempFolder();
  writeConfig(cwd, source);
  return cwd;
}

/** What a source says of itself, or the error with which it refuses; no process is started for it. */
async function headOf(options: SourceOptions): Promise<SourceHead> {
  return await openSource(options).head();
}

function writeConfig(cwd: string, source: Named): void {
  const profile = { login: "email", email: "email", firstName: "given", lastName: "family" };
  const config = { source, profile, password: { hash: "pw" } };
  writeFileSync(join(cwd, "migration.yaml"), JSON.stringify(config));
}

/** A server that lets nobody in, saying so. */
const refused = (why: string): object => ({
  code: "SOURCE_REFUSED",
  message: expect.stringContaining(why) as string,
});

const SERVERS = [
  ["PostgreSQL", postgresql],
  ["MariaDB", mariadb],
] as const;

for (const [name, found] of SERVERS) {
  describe.skipIf("missing" in found)(`a table of ${name}${because(found)}`, () => {
    it("becomes users who sign in with their old passwords; a bad row is rejected by its number", async () => {
      const server = serverOf(found);
      const table = await tableOf(server, 20);
      await server.run(`UPDATE ${table} SET email = NULL WHERE id = 7`);
      const org = await startEmulatedOrg();
      const cwd = folderFor({ url: server.url, table, key: "id" });
      const end = await runCli(IMPORT, { cwd, env: org.env });
      expect(end).toMatchObject({
        code: 1,
        summary: { records: 20, created: 19, rejected: 1, finished: true },
      });
      expect(await org.signIn("person20@example.com", OLD_PASSWORD)).toBe(true);
      const failures = readFileSync(join(cwd, "run/failures.csv"), "utf8");
      expect(failures).toMatch(/^7,,.*,7,rejected,REQUIRED_MISSING,.*$/m);
      expect(failures).not.toContain("$2b$");
    });

    it("is read in the same memory, however many rows there are", async () => {
      const server = serverOf(found);
      const rows =
        name === "PostgreSQL" ? "generate_series(1, 25000) AS n (seq)" : "seq_1_to_25000";
      // More characters than fit into the process at once.
      const query = `SELECT seq AS id, concat('p', seq, '@example.com') AS email, 'A' AS given, 'B' AS family, repeat('x', 6000) AS rest FROM ${rows}`;
      const cwd = makeTempFolder();
      writeFileSync(
        join(cwd, "staged.yaml"),
        JSON.stringify({ source: { url: server.url, query }, scenario: "staged" }),
      );
      const env = { NODE_OPTIONS: "--max-old-space-size=100" };
      const end = await runCli(["check", "--config", "staged.yaml", "--json"], { cwd, env });
      expect(end).toMatchObject({ code: 0, summary: { records: 25_000 } });
    });

    it("is never written to", async () => {
      const server = serverOf(found);
      const table = await tableOf(server, 3);
      for (const query of [`DELETE FROM ${table}`, `DROP TABLE ${table}`]) {
        await expect(headOf({ location: server.url, database: { query } })).rejects.toMatchObject({
          code: "SOURCE_QUERY",
          hint: expect.stringContaining("one SELECT statement") as string,
        });
      }
      expect(await server.run(`SELECT id FROM ${table}`)).toHaveLength(3);
    });

    it("that the query has wrong is told in the server's words", async () => {
      const server = serverOf(found);
      const table = await tableOf(server, 1);
      const head = (database: SourceOptions["database"]): Promise<SourceHead> =>
        headOf({ location: server.url, ...(database === undefined ? {} : { database }) });
      await expect(head({ query: `SELECT nope FROM ${table}` })).rejects.toMatchObject({
        code: "SOURCE_QUERY",
        message: expect.stringContaining("nope") as string,
      });
      await expect(head({ query: `SELECT email, email FROM ${table}` })).rejects.toMatchObject({
        code: "SOURCE_HEADER",
      });
      const source = openSource({ location: server.url, database: { table, key: "email" } });
      await expect(source.read()[Symbol.asyncIterator]().next()).rejects.toMatchObject({
        code: "SOURCE_KEY",
      });
    });

    it("goes on by its key after a kill, and takes new rows in where that is asked for", async () => {
      const server = serverOf(found);
      const table = await tableOf(server, 200);
      const org = await startEmulatedOrg({ latencyMs: 100 });
      const options = { cwd: folderFor({ url: server.url, table, key: "id" }), env: org.env };
      const running = startCli([...IMPORT, "--max-concurrency", "10"], options);
      await expect.poll(() => org.ledger().usersCreated, { timeout: 20_000 }).toBeGreaterThan(20);
      running.child.kill("SIGKILL");
      expect(await running.ended).toMatchObject({ signal: "SIGKILL" });
      await addPeople(server, table, { from: 201, to: 205 });
      // One that has been sent may go: the run begins behind it.
      await server.run(`DELETE FROM ${table} WHERE id = 1`);
      org.change({ latencyMs: 0 });
      const rest = await runCli(IMPORT, options);
      expect(rest).toMatchObject({ code: 0, summary: { records: 200, created: 200 } });
      const more = await runCli([...IMPORT, "--source-changed"], options);
      expect(more).toMatchObject({ code: 0, summary: { records: 205, created: 205, pending: 0 } });
      expect(org.ledger()).toMatchObject({ usersCreated: 205, loginCollisions: 0 });
    });

    it("ends the query at the server when the operator stops", async () => {
      const server = serverOf(found);
      const mark = tableName();
      const [sleep, sessions] =
        name === "PostgreSQL"
          ? [
              `SELECT pg_sleep(60), '${mark}' AS email`,
              `SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep%${mark}%' AND pid <> pg_backend_pid()`,
            ]
          : [
              `SELECT sleep(60), '${mark}' AS email`,
              `SELECT 1 FROM information_schema.processlist WHERE info LIKE '%sleep%${mark}%' AND id <> connection_id()`,
            ];
      const running = startCli(["check"], { cwd: folderFor({ url: server.url, query: sleep }) });
      await expect.poll(() => server.run(sessions)).toHaveLength(1);
      running.child.kill("SIGINT");
      expect(await running.ended).toMatchObject({ code: 130 });
      await expect.poll(() => server.run(sessions)).toHaveLength(0);
    });
  });
}

describe.skipIf("missing" in postgresql)(`PostgreSQL${because(postgresql)}`, () => {
  it("whose rows were removed in mid-run stops, and goes on by login where that is asked for", async () => {
    const server = serverOf(postgresql);
    const table = await tableOf(server, 30);
    const org = await startEmulatedOrg();
    const options = { cwd: folderFor({ url: server.url, table, key: "id" }), env: org.env };
    await runCli([...IMPORT, "--limit", "10"], options);
    await server.run(`DELETE FROM ${table} WHERE id IN (11, 20)`);
    const stopped = await runCli(IMPORT, options);
    expect(stopped).toMatchObject({ code: 3, error: { code: "SOURCE_CHANGED_WHILE_READ" } });
    const rest = await runCli([...IMPORT, "--source-changed"], options);
    expect(rest).toMatchObject({ code: 0, summary: { records: 28, created: 28, pending: 0 } });
    expect(org.ledger()).toMatchObject({ usersCreated: 28, loginCollisions: 0 });
  });

  it("that ends the connection in mid-run is told, and the run goes on afterwards", async () => {
    const server = serverOf(postgresql);
    const table = await tableOf(server, 2_200);
    const org = await startEmulatedOrg({ latencyMs: 30 });
    const options = { cwd: folderFor({ url: server.url, table, key: "id" }), env: org.env };
    const running = startCli([...IMPORT, "--max-concurrency", "10"], options);
    await running.line(({ event, created }) => event === "progress" && Number(created) > 0);
    await server.run(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%${table}%' AND pid <> pg_backend_pid()`,
    );
    org.change({ latencyMs: 0 });
    expect(await running.ended).toMatchObject({ code: 3, error: { code: "SOURCE_LOST" } });
    await server.run(`DELETE FROM ${table} WHERE id > 2190`);
    const rest = await runCli([...IMPORT, "--source-changed"], options);
    expect(rest).toMatchObject({ code: 0, summary: { records: 2190, created: 2190 } });
  });

  it("whose rows come in another order, without a key, is taken for no other source", async () => {
    const server = serverOf(postgresql);
    const table = await tableOf(server, 12);
    const org = await startEmulatedOrg();
    const order = (by: string): Named => ({
      url: server.url,
      query: `SELECT * FROM ${table} ORDER BY abs(id - (SELECT min(id) FROM ${table}) ${by})`,
    });
    const same = order("- 0");
    const options = { cwd: folderFor(same), env: org.env };
    await runCli([...IMPORT, "--limit", "5"], options);
    // The statement stays; its order follows the rows.
    await server.run(`UPDATE ${table} SET id = 100 - id`);
    const stopped = await runCli(IMPORT, options);
    expect(stopped).toMatchObject({ code: 3, error: { code: "SOURCE_CHANGED_WHILE_READ" } });
    const rest = await runCli([...IMPORT, "--source-changed"], options);
    expect(rest).toMatchObject({ code: 0, summary: { records: 12, created: 12 } });
    expect(org.ledger()).toMatchObject({ usersCreated: 12, loginCollisions: 0 });
  });

  it.skipIf(!HAS_OPENSSL)("is reached over TLS, its certificate checked", async () => {
    const server = serverOf(postgresql);
    const table = await tableOf(server, 2);
    const made = makeCertificate(makeTempFolder(), "localhost");
    if (made === undefined) throw new Error("openssl makes no certificate");
    const { hostname, port, username, pathname } = new URL(server.url);
    const front = await startTlsInFront(made, { host: hostname, port: Number(port || "5432") });
    const head = (host: string, parameters: string): Promise<SourceHead> => {
      const location = `postgres://${username}@${host}:${front}${pathname}?${parameters}`;
      return headOf({ location, database: { table } });
    };
    const ca = `sslrootcert=${made.caFile}`;
    await head("localhost", `sslmode=verify-full&${ca}`);
    await head("127.0.0.1", `sslmode=verify-ca&${ca}`);
    await head("127.0.0.1", "sslmode=require");
    await expect(head("localhost", "sslmode=verify-full")).rejects.toMatchObject(
      refused("certificate can't be trusted"),
    );
    await expect(head("127.0.0.1", `sslmode=verify-full&${ca}`)).rejects.toMatchObject(
      refused("certificate is not for 127.0.0.1"),
    );
  });

  it("without TLS is refused where TLS was asked for", async () => {
    const location = `${serverOf(postgresql).url}?sslmode=verify-full`;
    await expect(headOf({ location, database: { table: "users" } })).rejects.toMatchObject(
      refused("offers no TLS"),
    );
  });

  it("is looked at by doctor, and read by canary", async () => {
    const server = serverOf(postgresql);
    const table = await tableOf(server, 3);
    const org = await startEmulatedOrg();
    const options = { cwd: folderFor({ url: server.url, table }), env: org.env };
    const doctor = await runCli(["doctor", "--json"], options);
    expect(doctor.stdout).toMatch(/PostgreSQL, table okta_migrate_test_\w+, 5 columns/);
    const canary = await runCli(["canary", "--yes", "--json"], options);
    expect(canary).toMatchObject({ code: 0 });
    expect(canary.stdout).toContain("bcrypt");
  });
});

describe.skipIf("missing" in mariadb)(`a password of MariaDB${because(mariadb)}`, () => {
  it("comes from a file alone, and is never shown", async () => {
    const server = serverOf(mariadb);
    const table = await tableOf(server, 2);
    const user = tableName().slice(0, 30);
    const password = "Right-pässword+%/1";
    dropped.push(() => server.run(`DROP USER IF EXISTS ${user}@localhost, ${user}@'127.0.0.1'`));
    for (const host of ["localhost", "'127.0.0.1'"]) {
      await server.run(`CREATE USER ${user}@${host} IDENTIFIED BY '${password}'`);
      await server.run(`GRANT SELECT ON ${table} TO ${user}@${host}`);
    }
    const url = server.url.replace(/\/\/[^@]*@/, `//${user}@`);
    const cwd = folderFor({ url, table });
    const file = join(cwd, "password");
    const check = async (text: string): Promise<CliEnd> => {
      writeFileSync(file, `${text}\n`);
      chmodSync(file, 0o600);
      const env = { OKTA_MIGRATE_SOURCE_PASSWORD_FILE: file };
      return runCli(["check", "--json"], { cwd, env });
    };
    expect(await check(password)).toMatchObject({ code: 0, summary: { records: 2 } });
    const wrong = await check("Wrong-pässword");
    expect(wrong).toMatchObject({ code: 3, error: { code: "SOURCE_REFUSED" } });
    expect(wrong.error?.message).toMatch(/password is wrong/);
    expect(wrong.stdout + wrong.stderr).not.toContain("Wrong-p");
  });
});

describe("an address with a password in it", () => {
  it("is refused before anything is opened, and never shown", async () => {
    const address = "postgres://reader:S3cret-word@127.0.0.1/test";
    const end = await runCli(["check", address, "--json"], { cwd: makeTempFolder() });
    expect(end).toMatchObject({ code: 2, error: { code: "OPTION_INVALID" } });
    expect(end.stdout + end.stderr).not.toMatch(/S3cret/);
  });
});

describe("a SQLite file", () => {
  function fileOf(cwd: string, rows: number): Database.Database {
    const database = new Database(join(cwd, "users.db"));
    database.exec("CREATE TABLE users (id INTEGER PRIMARY KEY, email, given, family, pw BLOB)");
    const insert = database.prepare("INSERT INTO users VALUES (?, ?, ?, ?, cast(? AS BLOB))");
    for (let id = 1; id <= rows; id += 1) {
      insert.run([id, `person${id}@example.com`, "Zoë", "Ñandú", OLD_HASH]);
    }
    return database;
  }

  it("becomes users; a text that is none costs its row alone", async () => {
    const cwd = folderFor({ url: "sqlite:users.db", table: "users", key: "id" });
    const database = fileOf(cwd, 5);
    database.exec("UPDATE users SET given = cast(x'61ff62' AS TEXT) WHERE id = 2");
    database.close();
    const org = await startEmulatedOrg();
    const end = await runCli(IMPORT, { cwd, env: org.env });
    expect(end).toMatchObject({ code: 1, summary: { records: 5, created: 4, rejected: 1 } });
    expect(readFileSync(join(cwd, "run/failures.csv"), "utf8")).toMatch(
      /^2,rejected,UNREADABLE_ENCODING/m,
    );
    expect(await org.signIn("person5@example.com", OLD_PASSWORD)).toBe(true);
  });

  it("is known by its content, and is read while another program has it open", async () => {
    const cwd = makeTempFolder();
    const database = fileOf(cwd, 3);
    const location = join(cwd, "users.db");
    const { description } = await headOf({ location, database: { table: "users" } });
    database.close();
    expect(description).toBe("SQLite, table users, 5 columns");
  });

  it("is asked once more on resume, from any folder, and refused when the query is another", async () => {
    const cwd = folderFor({ url: "sqlite:users.db", table: "users", key: "id" });
    fileOf(cwd, 6).close();
    const org = await startEmulatedOrg();
    const options = { cwd, env: org.env };
    await runCli([...IMPORT, "--limit", "2"], options);
    writeConfig(cwd, { url: "sqlite:users.db", query: "SELECT * FROM users WHERE id < 6" });
    const other = await runCli(IMPORT, options);
    expect(other).toMatchObject({ code: 2, error: { code: "SOURCE_CHANGED" } });
    writeConfig(cwd, { url: "sqlite:users.db", table: "users", key: "id" });
    const rest = await runCli(["retry", "--run", "run", "--yes", "--json"], options);
    expect(rest).toMatchObject({ code: 0, summary: { records: 6, created: 6 } });
  });
});

describe("a server that is not there", () => {
  it.each(["postgres", "mysql", "sqlserver"])("is told with its host: %s", async (scheme) => {
    const location = `${scheme}://reader@127.0.0.1:9/shop`;
    await expect(headOf({ location, database: { table: "users" } })).rejects.toMatchObject(
      refused("nothing listens at 127.0.0.1"),
    );
  });
});
