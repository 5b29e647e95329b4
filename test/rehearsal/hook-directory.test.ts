import { writeFileSync } from "node:fs";
import { afterEach, expect, it } from "vitest";
import {
  DIRECTORY_BASE,
  DIRECTORY_PASSWORD,
  directoryPeople,
} from "../support/directory-people.ts";
import {
  ask,
  RIGHT,
  send,
  type ServiceAnswer,
  startService,
  WRONG,
} from "../support/hook-service.ts";
import { type LdapServer, NO_OPENLDAP, READER, startLdapServer } from "../support/ldap-server.ts";
import { makeCertificate } from "../support/private-ca.ts";
import { runCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

let server: LdapServer | undefined;

afterEach(() => server?.close());

const canRun = NO_OPENLDAP === undefined || process.env["CI"] === "true";

/** A directory, and a service's settings that ask it. */
async function aDirectory(address: (server: LdapServer) => string, more: readonly string[] = []) {
  expect(NO_OPENLDAP).toBeUndefined();
  const folder = makeTempFolder();
  const tls = makeCertificate(folder, "127.0.0.1");
  if (tls === undefined) throw new Error("this test needs openssl");
  const started = await startLdapServer({ folder, people: directoryPeople(3), tls });
  server = started;
  const file = (name: string, content: string): string => {
    writeFileSync(`${folder}/${name}`, content, { mode: 0o600 });
    return `${folder}/${name}`;
  };
  const config = [
    "hook:",
    "  stores:",
    `    - directory: ${address(started)}/${DIRECTORY_BASE}`,
    "      filter: (|(mail={login})(uid={shortName})(sn={username}))",
    `      bind: ${READER.dn}`,
    ...more,
  ].join("\n");
  const env = {
    OKTA_MIGRATE_HOOK_SECRET_FILE: file("hook.secret", "an-invented-secret"),
    OKTA_MIGRATE_HOOK_BIND_PASSWORD_FILE: file("reader", `${READER.password}\n`),
    NODE_EXTRA_CA_CERTS: tls.caFile,
  };
  const flags = ["--config", file("hook.yaml", config), "--plain-http"];
  return { server: started, env, flags, file };
}

it.runIf(canRun)("passwords are checked by signing in to OpenLDAP, over TLS", async () => {
  const { server: ldap, env, flags } = await aDirectory(({ tlsUrl }) => tlsUrl);
  const { url } = await startService({ env }, flags);
  const at = { url, secret: "an-invented-secret" };
  expect(await ask(at, "person1@example.com", DIRECTORY_PASSWORD)).toEqual(RIGHT);
  expect(await ask(at, "PERSON2", DIRECTORY_PASSWORD)).toEqual(RIGHT);
  expect(await ask(at, "person1@example.com", "wrong")).toEqual(WRONG);
  expect(await ask(at, "person1@example.com", "")).toEqual(WRONG);
  expect(await ask(at, "nobody@example.com", DIRECTORY_PASSWORD)).toEqual(WRONG);
  expect(await ask(at, "*", DIRECTORY_PASSWORD)).toEqual(WRONG);
  await ldap.close();
  expect(await ask(at, "person1@example.com", DIRECTORY_PASSWORD)).toMatchObject({ status: 503 });
});

it.runIf(canRun)(
  "a directory that is away when the service starts is waited for, over StartTLS",
  async () => {
    const more = ["      startTls: true"];
    const { server: ldap, env, flags, file } = await aDirectory(({ url }) => url, more);
    await ldap.close();
    const service = await startService({ env }, flags);
    const { url } = service;
    const at = { url, secret: "an-invented-secret" };
    const ready = (): Promise<ServiceAnswer> => send(`${url}/readyz`, { method: "GET" });
    expect(await service.line(({ event }) => event === "place-away")).toMatchObject({
      because: expect.stringContaining("ECONNREFUSED") as string,
    });
    expect(await ready()).toMatchObject({ status: 503 });
    expect(await ask(at, "person1@example.com", DIRECTORY_PASSWORD)).toMatchObject({ status: 503 });
    await ldap.reopen();
    await service.line(({ event }) => event === "place-up");
    expect(await ready()).toMatchObject({ status: 200 });
    expect(await ask(at, "person1@example.com", DIRECTORY_PASSWORD)).toEqual(RIGHT);
    expect(await ask(at, "person1@example.com", "wrong")).toEqual(WRONG);

    // What waiting does not mend is told at the start.
    file("reader", "not-the-password");
    const { code, error, stderr } = await runCli(["hook", "serve", ...flags, "--json"], { env });
    expect([code, error?.code]).toEqual([3, "SOURCE_REFUSED"]);
    expect(error?.["message"]).toContain("LDAP error 49");
    expect(stderr).not.toContain("not-the-password");
  },
);
