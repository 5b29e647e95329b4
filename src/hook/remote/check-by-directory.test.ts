import type { Client } from "ldapts";
import { expect, it } from "vitest";
import { FakeClock } from "../../../test/support/fake-clock.ts";
import { checkByDirectory } from "./check-by-directory.ts";
import type { LdapLibrary } from "./directory-client.ts";

it("nobody is signed in once the time is over: it would count as a wrong password there", async () => {
  const over = new AbortController();
  const bound: string[] = [];
  class FakeClient {
    async search() {
      over.abort();
      return { searchEntries: [{ dn: "uid=ada" }], searchReferences: [] };
    }
    async bind(dn: string) {
      bound.push(dn);
    }
    async unbind() {}
  }
  const library = {
    Client: FakeClient as unknown as new () => Client,
    InvalidCredentialsError: Error,
  } as unknown as LdapLibrary;
  const settings = {
    url: "ldap://localhost/dc=example",
    filter: "(mail={login})",
    reader: undefined,
    startTls: false,
    clock: new FakeClock(),
  };
  const answer = await checkByDirectory(settings, library).check({
    login: "ada@example.com",
    username: "ada@example.com",
    password: Buffer.from("x"),
    digest: "d",
    address: "192.0.2.1",
    deadlineMs: 2500,
    signal: over.signal,
  });
  expect(answer).toMatchObject({ kind: "untold" });
  expect(bound).toEqual([]);
});
