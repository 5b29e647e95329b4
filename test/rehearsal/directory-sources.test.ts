import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Secret } from "../../src/core/index.ts";
import { openSource } from "../../src/sources/index.ts";
import {
  DIRECTORY_BASE,
  DIRECTORY_PASSWORD,
  directoryPeople,
  ldifOf,
  PEOPLE_BASE,
  personOf,
} from "../support/directory-people.ts";
import { startEmulatedOrg } from "../support/emulated-org.ts";
import {
  LIMITED,
  type LdapServer,
  NO_OPENLDAP,
  READER,
  startLdapServer,
} from "../support/ldap-server.ts";
import { HAS_OPENSSL, type MadeCertificate, makeCertificate } from "../support/private-ca.ts";
import { type CliEnd, runCli, startCli } from "../support/run-cli.ts";
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

const WHY_NOT = NO_OPENLDAP ?? (HAS_OPENSSL ? undefined : "openssl is not installed");

describe.runIf(WHY_NOT === undefined)("a directory of OpenLDAP", () => {
  const COUNT = 1200;
  let folder: string;
  let server: LdapServer;
  let tls: MadeCertificate;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "okta-migrate-ldap-"));
    const made = makeCertificate(folder, "127.0.0.1");
    if (made === undefined) throw new Error("openssl made no certificate");
    tls = made;
    server = await startLdapServer({ folder, tls, people: directoryPeople(COUNT) });
  });

  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A folder with a config for the directory, and with the password of who signs in. */
  function folderFor(
    source: Readonly<Record<string, unknown>>,
    password = READER.password,
  ): string {
    const cwd = makeTempFolder();
    writeFileSync(join(cwd, "migration.yaml"), JSON.stringify({ source }));
    writeFileSync(join(cwd, "password"), `${password}\n`, { mode: 0o600 });
    return cwd;
  }

  const WITH_PASSWORD = { OKTA_MIGRATE_SOURCE_PASSWORD_FILE: "password" };

  async function check(
    source: Readonly<Record<string, unknown>>,
    { password = READER.password, env = {}, flags = [] as readonly string[] } = {},
  ): Promise<CliEnd> {
    const end = await runCli(["check", "--json", ...flags], {
      cwd: folderFor(source, password),
      env: { ...WITH_PASSWORD, ...env },
    });
    expect(end.stdout + end.stderr).not.toContain(password);
    expect(end.stdout + end.stderr).not.toContain("{SSHA}");
    return end;
  }

  const saying = (text: string): unknown => expect.stringContaining(text);

  it("is imported in pages over StartTLS, killed and gone on with, each person once", async () => {
    const org = await startEmulatedOrg({ latencyMs: 40 });
    const url = `${server.url}/${PEOPLE_BASE}`;
    const cwd = folderFor({ url, bind: READER.dn, startTls: true });
    const env = { ...org.env, ...WITH_PASSWORD, NODE_EXTRA_CA_CERTS: tls.caFile };
    const args = ["import", "--run", "run", "--yes", "--json"];
    const running = startCli(args, { cwd, env });
    await expect.poll(() => org.ledger().usersCreated).toBeGreaterThan(100);
    running.child.kill("SIGKILL");
    await running.ended;
    expect(org.ledger().usersCreated).toBeLessThan(COUNT);
    org.change({ latencyMs: 0 });
    const end = await runCli(args, { cwd, env });
    expect(end).toMatchObject({ code: 0, summary: { records: COUNT, created: COUNT } });
    expect(org.ledger()).toMatchObject({ users: COUNT, loginCollisions: 0 });
    expect(await org.signIn("person1@example.com", DIRECTORY_PASSWORD)).toBe(true);
    expect(await org.signIn(`person${COUNT}@example.com`, DIRECTORY_PASSWORD)).toBe(true);
  });

  it("is read over LDAPS by a certificate of an authority that is trusted, and by no other", async () => {
    const source = {
      url: `${server.tlsUrl}/${DIRECTORY_BASE}?uid,mail,sn,givenName,userPassword??(uid=person1*)`,
      bind: READER.dn,
    };
    const trusting = await check(source, { env: { NODE_EXTRA_CA_CERTS: tls.caFile } });
    expect(trusting).toMatchObject({ code: 0, summary: { records: 312, rejected: 0 } });
    const [plan] = trusting.lines.filter(({ event }) => event === "plan");
    expect(plan).toMatchObject({ source: saying("directory over TLS, 6 attributes") });
    for (const other of [
      source,
      { ...source, url: `${server.url}/${DIRECTORY_BASE}`, startTls: true },
    ]) {
      expect(await check(other)).toMatchObject({
        code: 3,
        error: { code: "SOURCE_REFUSED", hint: saying("NODE_EXTRA_CA_CERTS") },
      });
    }
  });

  it("says why it can't be read", async () => {
    const url = `${server.url}/${DIRECTORY_BASE}`;
    const bind = READER.dn;
    const ends = await Promise.all([
      check({ url, bind }, { password: "wr0ng-s3cret" }),
      check({ url: `${server.url}/ou=nobody,${DIRECTORY_BASE}`, bind }),
      check({ url, bind: LIMITED.dn }, { password: LIMITED.password, flags: ["--staged"] }),
    ]);
    expect(ends.map(({ code, error }) => [code, error?.code, error?.message].join(" "))).toEqual([
      expect.stringMatching(/^3 SOURCE_REFUSED .*password is wrong \(LDAP error 49/),
      expect.stringMatching(/^3 SOURCE_QUERY .*nothing at that base.*LDAP error 32/),
      expect.stringMatching(/^3 SOURCE_QUERY .*only a part of the entries \(LDAP error 4/),
    ]);
    expect(await check({ url: `${server.tlsUrl.replace("ldaps", "ldap")}/dc=x` })).toMatchObject({
      code: 3,
      error: { code: "SOURCE_REFUSED", hint: saying("ldaps://") },
    });
  });

  it("shows no passwords to an anonymous reader, who can be asked to stage", async () => {
    const url = `${server.url}/${PEOPLE_BASE}?*?one?(uid=person11)`;
    expect(await check({ url })).toMatchObject({
      code: 2,
      error: { code: "PASSWORD_MATERIAL_MISSING" },
    });
    const staged = await check({ url }, { flags: ["--staged"] });
    expect(staged).toMatchObject({ code: 0, summary: { records: 1 } });
  });

  it("whose entries moved gives no record what was mended for another, and goes on by login", async () => {
    const org = await startEmulatedOrg();
    const url = `${server.url}/${PEOPLE_BASE}???(uid=person21*)`;
    const cwd = folderFor({ url, bind: READER.dn });
    const env = { ...org.env, ...WITH_PASSWORD };
    // Two who have no login: nothing but their names tells them apart.
    const nameless = ["person211", "person213"];
    const login = `uid in ${JSON.stringify(nameless)} ? "" : mail`;
    const profile = { login, email: "mail", firstName: "givenName", lastName: "sn" };
    const source = { url, bind: READER.dn };
    writeFileSync(join(cwd, "migration.yaml"), JSON.stringify({ source, profile }));
    const args = ["--run", "run", "--yes", "--json"];
    const first = await runCli(["import", ...args], { cwd, env });
    expect(first).toMatchObject({ code: 1, summary: { rejected: 2 } });
    server.change("ldapdelete", `uid=person211,${PEOPLE_BASE}\n`);
    const mended = readFileSync(join(cwd, "run", "failures.csv"), "utf8");
    writeFileSync(join(cwd, "mended.csv"), mended);
    const back = await runCli(["import", "mended.csv", ...args], { cwd, env });
    expect(back.error?.code).toMatch(/^SOURCE_CHANGED/);
    expect(org.ledger().usersCreated).toBe(Number(first.summary?.created));
    const byLogin = await runCli(["retry", ...args, "--source-changed"], { cwd, env });
    expect(byLogin).toMatchObject({ code: 1, summary: { rejected: 1, pending: 0 } });
  });

  it("that changes in mid-run stops the run rather than mistake one person for another", async () => {
    const [extra] = directoryPeople(1).map(({ attributes }) => ({
      uid: "late",
      attributes: { ...attributes, uid: "late", mail: "late@example.com" },
    }));
    if (extra === undefined) throw new Error("nobody was invented");
    const org = await startEmulatedOrg();
    const url = `${server.url}/${PEOPLE_BASE}???(|(uid=person20*)(uid=late))`;
    const cwd = folderFor({ url, bind: READER.dn });
    const env = { ...org.env, ...WITH_PASSWORD };
    const args = ["import", "--run", "run", "--yes", "--json"];
    const first = await runCli([...args, "--limit", "5"], { cwd, env });
    expect(first).toMatchObject({ code: 0, summary: { created: 5, finished: false } });
    server.change("ldapdelete", `uid=person205,${PEOPLE_BASE}\n`);
    server.change("ldapadd", `${personOf(extra)}\n`);
    const changed = await runCli(args, { cwd, env });
    expect(changed).toMatchObject({ code: 3, error: { code: "SOURCE_CHANGED_WHILE_READ" } });
    const byLogin = await runCli([...args, "--source-changed"], { cwd, env });
    expect(byLogin).toMatchObject({ code: 0, summary: { finished: true, failed: 0, pending: 0 } });
    expect(await org.signIn("late@example.com", DIRECTORY_PASSWORD)).toBe(true);
    expect(org.ledger()).toMatchObject({ loginCollisions: 0 });
  });
});

describe("a server that takes connections and keeps still", () => {
  it.each([["bind"], ["startTls"]])(
    "is not waited for once the run is stopped: %s",
    async (how) => {
      const silent = createServer();
      const arrived = once(silent, "connection");
      silent.listen(0, "127.0.0.1");
      await once(silent, "listening");
      const { port } = silent.address() as AddressInfo;
      const stop = new AbortController();
      const head = openSource({
        location: `ldap://127.0.0.1:${port}/dc=example,dc=com`,
        password: new Secret("s3cret"),
        signal: stop.signal,
        directory: how === "bind" ? { bindDn: "cn=reader" } : { startTls: true },
      }).head();
      const [socket] = (await arrived) as [Socket];
      await once(socket, "data");
      stop.abort(new Error("stopped"));
      await expect(head).rejects.toThrow("stopped");
      silent.close();
      await once(silent, "close");
    },
  );
});

describe.runIf(WHY_NOT !== undefined)("a real directory", () => {
  it("was not read, for want of slapd or openssl", (context) => {
    expect(process.env["CI"], "where CI is set, everything is tested").not.toBe("true");
    context.skip(WHY_NOT);
  });
});
