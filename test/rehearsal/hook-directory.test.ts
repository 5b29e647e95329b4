import { writeFileSync } from "node:fs";
import { afterEach, expect, it } from "vitest";
import {
  DIRECTORY_BASE,
  DIRECTORY_PASSWORD,
  directoryPeople,
} from "../support/directory-people.ts";
import { ask, RIGHT, startService, WRONG } from "../support/hook-service.ts";
import { type LdapServer, NO_OPENLDAP, READER, startLdapServer } from "../support/ldap-server.ts";
import { makeCertificate } from "../support/private-ca.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

let server: LdapServer | undefined;

afterEach(() => server?.close());

const canRun = NO_OPENLDAP === undefined || process.env["CI"] === "true";

it.runIf(canRun)("passwords are checked by signing in to OpenLDAP, over TLS", async () => {
  expect(NO_OPENLDAP).toBeUndefined();
  const folder = makeTempFolder();
  const tls = makeCertificate(folder, "127.0.0.1");
  if (tls === undefined) throw new Error("this test needs openssl");
  server = await startLdapServer({ folder, people: directoryPeople(3), tls });
  const file = (name: string, content: string): string => {
    writeFileSync(`${folder}/${name}`, content, { mode: 0o600 });
    return `${folder}/${name}`;
  };
  const config = [
    "hook:",
    "  stores:",
    `    - directory: ${server.tlsUrl}/${DIRECTORY_BASE}`,
    "      filter: (|(mail={login})(uid={shortName})(sn={username}))",
    `      bind: ${READER.dn}`,
  ].join("\n");
  const env = {
    OKTA_MIGRATE_HOOK_SECRET_FILE: file("hook.secret", "an-invented-secret"),
    OKTA_MIGRATE_HOOK_BIND_PASSWORD_FILE: file("reader", `${READER.password}\n`),
    NODE_EXTRA_CA_CERTS: tls.caFile,
  };
  const flags = ["--config", file("hook.yaml", config), "--plain-http"];
  const { url } = await startService({ env }, flags);
  const at = { url, secret: "an-invented-secret" };
  expect(await ask(at, "person1@example.com", DIRECTORY_PASSWORD)).toEqual(RIGHT);
  expect(await ask(at, "PERSON2", DIRECTORY_PASSWORD)).toEqual(RIGHT);
  expect(await ask(at, "person1@example.com", "wrong")).toEqual(WRONG);
  expect(await ask(at, "person1@example.com", "")).toEqual(WRONG);
  expect(await ask(at, "nobody@example.com", DIRECTORY_PASSWORD)).toEqual(WRONG);
  expect(await ask(at, "*", DIRECTORY_PASSWORD)).toEqual(WRONG);
  await server.close();
  expect(await ask(at, "person1@example.com", DIRECTORY_PASSWORD)).toMatchObject({ status: 503 });
});
