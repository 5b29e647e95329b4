import { describe, expect, it } from "vitest";

import { ConfigError, Secret } from "../../core/index.ts";
import { openSource } from "../index.ts";
import type { DirectorySearch } from "../source-options.ts";
import { parseDirectoryAddress } from "./directory-address.ts";
import { planSearch, signInOf } from "./search-plan.ts";

function errorOf(work: () => unknown): ConfigError {
  try {
    work();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("nothing was wrong");
}

describe("the address of a directory", () => {
  it("names host, port, base, attributes, scope and filter", () => {
    const address =
      "ldap://ldap.example.com:1389/ou=My%20People,dc=example,dc=com?uid,mail?one?(uid=*)";
    expect(parseDirectoryAddress(address)).toMatchObject({
      host: "ldap.example.com",
      port: 1389,
      isTls: false,
      base: "ou=My People,dc=example,dc=com",
      attributes: ["uid", "mail"],
      scope: "one",
      filter: "(uid=*)",
    });
    expect(parseDirectoryAddress("LDAPS://[::1]/dc=example??")).toMatchObject({
      host: "::1",
      port: 636,
      isTls: true,
      attributes: undefined,
      scope: undefined,
      filter: undefined,
    });
  });

  it.each([
    ["ldap:///dc=example", "can't be read as an address"],
    ["ldap://host", "names no base"],
    ["ldap://host/", "names no base"],
    ["ldap://host:99999/dc=example", "a port that is none"],
    ["ldap://host/dc=example??deep", "a scope that is not known"],
    ["ldap://host/dc=%zz", "a percent sign"],
    ["ldap://host/dc=example????bindname=cn=x", "extensions"],
    ["ldap://cn=x:s3cret@host/dc=example", "a user or a password"],
    ["ldap://host/dc=example#s3cret", "can't be read as an address"],
  ])("%s is refused, and not repeated", (address, why) => {
    const error = errorOf(() => openSource({ location: address }));
    expect(error).toMatchObject({
      code: "OPTION_INVALID",
      message: expect.stringContaining(why) as string,
    });
    expect(error.message + error.hint).not.toContain("s3cret");
  });

  it("gives the source its name: host, and the unit that is searched", () => {
    const nameOf = (location: string): string => openSource({ location }).name;
    expect(nameOf("ldap://ldap.example.com/ou=people,dc=example,dc=com")).toBe(
      "ldap.example.com-people",
    );
  });
});

describe("what is searched", () => {
  const ADDRESS = "ldap://ldap.example.com/dc=example,dc=com";

  const planOf = (search?: DirectorySearch, address = ADDRESS) =>
    planSearch(parseDirectoryAddress(address), search);

  it("is people with all attributes below the base, unless something else is said", () => {
    expect(planOf()).toMatchObject({
      scope: "sub",
      filter: expect.stringContaining("(objectClass=inetOrgPerson)") as string,
      attributes: ["*", "userPassword", "entryUUID"],
    });
    expect(planOf({ filter: "(uid=*)", attributes: ["uid"] })).toMatchObject({
      filter: "(uid=*)",
      attributes: ["uid"],
    });
  });

  it("is said once, and not by address and config", () => {
    const address = `${ADDRESS}?uid??(uid=*)`;
    expect(errorOf(() => planOf({ filter: "(cn=*)" }, address)).at).toBe("source.filter");
    expect(errorOf(() => planOf({ attributes: ["cn"] }, address)).at).toBe("source.attributes");
    const tls = "ldaps://ldap.example.com/dc=example,dc=com";
    expect(errorOf(() => planOf({ startTls: true }, tls)).at).toBe("source.startTls");
  });

  it("tells one source from another, whatever protects the way there", async () => {
    const printOf = (directory?: DirectorySearch, location = ADDRESS) =>
      openSource({ location, ...(directory === undefined ? {} : { directory }) }).fingerprint();
    const print = await printOf();
    expect(await printOf({ startTls: true })).toBe(print);
    for (const other of [{ filter: "(uid=*)" }, { attributes: ["uid"] }, { bindDn: "cn=x" }]) {
      expect(await printOf(other)).not.toBe(print);
    }
    expect(await printOf(undefined, "ldap://ldap.example.com/dc=example")).not.toBe(print);
  });
});

describe("who signs in", () => {
  const BIND = { bindDn: "cn=reader,dc=example" };
  const password = new Secret("s3cret");

  function signIn(address: string, search: DirectorySearch, given: Secret | undefined = password) {
    return signInOf(planSearch(parseDirectoryAddress(`${address}/dc=example`), search), given);
  }

  it("is nobody where no name is given, whatever the password", () => {
    expect(signIn("ldap://ldap.example.com", {})).toBeUndefined();
  });

  it("needs a password, since an empty one signs anybody in as nobody", () => {
    const error = errorOf(() => signIn("ldaps://ldap.example.com", BIND, new Secret("")));
    expect(error.hint).toContain("OKTA_MIGRATE_SOURCE_PASSWORD_FILE");
    const plan = planSearch(parseDirectoryAddress("ldaps://ldap.example.com/dc=example"), BIND);
    expect(errorOf(() => signInOf(plan, undefined)).at).toBe("source.bind");
  });

  it("does so in clear on this machine alone, unless that is asked for by name", () => {
    const error = errorOf(() => signIn("ldap://ldap.example.com", BIND));
    expect(error).toMatchObject({
      at: "source.bind",
      hint: expect.stringContaining("sendPasswordInClear") as string,
    });
    for (const [address, search] of [
      ["ldap://127.0.0.1", BIND],
      ["ldap://localhost", BIND],
      ["ldap://[::1]", BIND],
      ["ldaps://ldap.example.com", BIND],
      ["ldap://ldap.example.com", { ...BIND, startTls: true }],
      ["ldap://ldap.example.com", { ...BIND, sendPasswordInClear: true }],
    ] as const) {
      expect(signIn(address, search)?.password).toBe(password);
    }
  });
});
