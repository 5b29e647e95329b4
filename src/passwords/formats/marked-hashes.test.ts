import { describe, expect, it } from "vitest";
import type { SourceValue } from "../../core/index.ts";
import { pepperAt, publishedHashes } from "../../../test/support/published-hashes.ts";
import { materialOf, readStoredHash } from "./read-stored-hash.ts";
import type { Beside } from "./stored-format.ts";

const SHA1_HEX = "02d5916550edf7fc8c886f044887f4b1abf9b013";
const BCRYPT = "$2y$05$LhayLxezLhK1LhWvKxCyLOj0j1u.Kj0jZ0pEmm134uzrQlFvQJLF6";

function codeOf(found: SourceValue, beside: Beside = {}): string {
  const material = materialOf(readStoredHash(found, "auto", beside));
  return material.kind === "unusable" ? material.issue.code : material.kind;
}

function labelOf(found: SourceValue, beside: Beside = {}): string {
  const material = materialOf(readStoredHash(found, "auto", beside));
  return material.kind === "none" ? "none" : material.label;
}

describe("a directory's hash", () => {
  it.each([
    ["{sha}W6ph5Mm5Pz8GgiULbPgzG37mj9g=", "ldap-sha"],
    ["{Ssha}0c0blFTXXNuAMHECS4uxrj3ZieMoWImr", "ldap-ssha"],
    [`{crypt}${BCRYPT}`, "ldap-crypt bcrypt 5"],
  ])("goes to Okta, its mark in whichever case: %#", (hash, label) => {
    expect(codeOf(hash)).toBe("hash");
    expect(labelOf(hash)).toBe(label);
  });

  it("puts its salt behind the password", () => {
    const material = materialOf(readStoredHash("{SMD5}UjFY34os/pnZQ3oQOzjqGu4yeXE=", "auto"));
    expect(material.kind === "hash" && material.hash.reveal()).toEqual({
      algorithm: "MD5",
      value: "UjFY34os/pnZQ3oQOzjqGg==",
      salt: "7jJ5cQ==",
      saltOrder: "POSTFIX",
    });
  });

  it.each([
    ["{SSHA} without its salt", "{SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g="],
    ["{SSHA} without its padding", "{SSHA}AZKja92fbuuB9SpRlHqaoXxbTc43Mzc2MDM1Ng"],
    ["{SHA} with a salt", "{SHA}0c0blFTXXNuAMHECS4uxrj3ZieMoWImr"],
    ["AIX's {ssha1}", "{ssha256}06$aJckFGJAB30LTe10$ohUsB7LBPlgclE3hJg9x042DLJvQyxVCX.nZZLEz.g2"],
    ["{CRYPT} of nothing known", "{CRYPT}$9$abc"],
    ["{CRYPT} of a damaged text", `{CRYPT}${BCRYPT.slice(0, -1)}`],
    ["{CRYPT} of clear text", "{CRYPT}Sommer2024"],
  ])("is malformed: %s", (_what, hash) => {
    expect(codeOf(hash)).toBe("PASSWORD_MALFORMED");
  });

  it.each([
    ["{CRYPT} of the DES kind", "{CRYPT}abJnggxhB/yWI"],
    ["{SASL}", "{SASL}user@realm"],
    ["clear text of Spring", "{noop}Sommer2024"],
    ["clear text of OpenLDAP", "{CLEARTEXT}Sommer2024"],
    ["gost-yescrypt", "$gy$j9T$F5Jx5fExrKuPp53xLKQ..1$swDwqc9roxMj9t43.TdN6v6uEgFlLv6oDhMVx4g6bhA"],
    ["Django's mark for no password", `!${"a".repeat(40)}`],
    ["a locked account", "*LK*"],
  ])("or another text can be checked by nobody: %s", (_what, hash) => {
    expect(codeOf(hash)).toBe("PASSWORD_UNSUPPORTED");
    expect(JSON.stringify(readStoredHash(hash, "auto"))).not.toContain("Sommer");
  });
});

describe("a hash of Django and of old Werkzeug", () => {
  it("with a salt as long as Django writes it is Django's", () => {
    expect(labelOf(`sha1$fe76b$${SHA1_HEX}`)).toBe("django-sha1");
    expect(labelOf(`sha1$Abcdefghijkl$${SHA1_HEX}`)).toBe("django-sha1");
    expect(labelOf(`sha1$$${SHA1_HEX}`)).toBe("django-sha1");
  });

  it("with a salt of another length can be either, and nothing is chosen", () => {
    expect(codeOf(`sha1$Abcdefgh$${SHA1_HEX}`)).toBe("PASSWORD_AMBIGUOUS");
    const reading = readStoredHash(`sha1$Abcdefgh$${SHA1_HEX}`, "auto");
    expect(reading.kind === "ambiguous" && reading.issue.reason).toContain(
      "whether it is django-sha1 or werkzeug-hmac",
    );
    expect(readStoredHash(`sha1$Abcdefgh$${SHA1_HEX}`, "django-sha1").kind).toBe("stored");
    expect(readStoredHash(`sha1$Abcdefgh$${SHA1_HEX}`, "werkzeug-hmac").kind).toBe("stored");
  });

  it.each([
    ["digits missing", `sha1$fe76b$${SHA1_HEX.slice(1)}`],
    ["upper case", `sha1$fe76b$${SHA1_HEX.toUpperCase()}`],
    ["a part missing", `sha1$${SHA1_HEX}`],
    ["another digest's length", `sha256$Abcdefgh$${SHA1_HEX}`],
  ])("is malformed with %s", (_what, hash) => {
    expect(codeOf(hash)).toBe("PASSWORD_MALFORMED");
  });
});

describe("a memory-hard hash", () => {
  const argon2 = (settings: string, salt = "c29tZXNhbHQ", tag = "A".repeat(43)): string =>
    `$argon2id$${settings}$${salt}$${tag}`;

  it.each([
    ["Django's mark", `argon2${argon2("v=19$m=102400,t=2,p=8")}`],
    ["Spring's mark", `{argon2@SpringSecurity_v5_8}${argon2("v=19$m=16384,t=2,p=1")}`],
    ["LDAP's mark", `{ARGON2}${argon2("v=19$m=65536,t=2,p=1")}`],
    ["no version", argon2("m=65536,t=2,p=1")],
  ])("is read with %s", (_what, hash) => {
    expect(labelOf(hash)).toBe("argon2id");
    expect(codeOf(hash)).toBe("PASSWORD_UNSUPPORTED");
  });

  it.each([
    ["another version", argon2("v=18$m=65536,t=2,p=1")],
    ["a secret that is not here", argon2("v=19$m=65536,t=2,p=1,keyid=AAAA")],
    ["no memory", argon2("v=19$m=0,t=2,p=1")],
    ["less memory than its lanes need", argon2("v=19$m=16,t=2,p=4")],
    ["memory beyond reason", argon2("v=19$m=99999999,t=2,p=1")],
    ["a tag of four bytes", argon2("v=19$m=65536,t=2,p=1", "c29tZXNhbHQ", "aGFzaA")],
    ["a salt too short", argon2("v=19$m=65536,t=2,p=1", "c29t")],
    ["padding", argon2("v=19$m=65536,t=2,p=1", "c29tZXNhbHQ=")],
    ["scrypt's N that is no power of two", `scrypt:32767:8:1$abc$${"ab".repeat(64)}`],
    [
      "scrypt's memory beyond reason",
      "$scrypt$ln=30,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E",
    ],
    ["scrypt's r of none", `scrypt:32768:0:1$abc$${"ab".repeat(64)}`],
  ])("is malformed with %s", (_what, hash) => {
    const material = materialOf(readStoredHash(hash, "auto"));
    expect(material).toMatchObject({ issue: { code: "PASSWORD_MALFORMED" } });
  });
});

describe("a hash of Firebase", () => {
  const [published] = publishedHashes("scrypt").filter(
    ({ format }) => format === "firebase-scrypt",
  );
  if (published === undefined) throw new Error("no fixture");
  const { hash, salt = "", params = {} } = published;
  const { base64_signer_key: key } = params;
  if (typeof hash !== "string" || typeof key !== "string") throw new Error("no text");
  const toUrl = (text: string): string => text.replaceAll("+", "-").replaceAll("/", "_");

  it("is named by the signer key, however its parameters are spelled", () => {
    const spelled = { signerKey: toUrl(key), saltSeparator: "Bw", rounds: "8", memCost: "14" };
    const same = [params, spelled].map((one) => {
      const reading = readStoredHash(toUrl(hash), "auto", { salt, params: one });
      return reading.kind === "stored" ? reading.stored.computation.reveal() : reading.kind;
    });
    expect(same[0]).toMatchObject({ kind: "firebase-scrypt" });
    expect(same[1]).toEqual(same[0]);
  });

  it("without a signer key is a digest like any other", () => {
    expect(labelOf(hash)).toBe("sha512");
  });

  it.each<[string, Beside]>([
    ["no salt", { params }],
    ["a salt that is no base64", { params, salt: "not base64!" }],
    ["another signer key", { salt, params: { ...params, base64_signer_key: "AAAA" } }],
    ["a signer key that is no base64", { salt, params: { ...params, base64_signer_key: "?" } }],
    ["no rounds", { salt, params: { ...params, rounds: null } }],
    ["rounds out of range", { salt, params: { ...params, rounds: 9 } }],
    ["a memory cost out of range", { salt, params: { ...params, mem_cost: 15 } }],
  ])("is malformed with %s, and no parameter is told", (_what, beside) => {
    expect(codeOf(hash, beside)).toBe("PASSWORD_MALFORMED");
    expect(JSON.stringify(readStoredHash(hash, "auto", beside))).not.toContain(key.slice(0, 10));
  });
});

describe("a pepper beside a hash that holds its own salt", () => {
  const CRYPT = "$1$28772684$iEwNOgGugqO9.bIz5sk8k/";

  it("goes with the password", () => {
    const pepper = pepperAt("password-postfix", Buffer.from("p"));
    const reading = readStoredHash(CRYPT, "auto", { pepper, passwordEncoding: "utf16le" });
    expect(reading.kind === "stored" && reading.stored.computation.reveal().preparation).toEqual([
      { step: "utf16le" },
      { step: "append", bytes: Buffer.from("p") },
    ]);
  });

  it("can't stand beside that salt", () => {
    const pepper = pepperAt("salt-postfix", Buffer.from("p"));
    expect(codeOf(CRYPT, { pepper })).toBe("PASSWORD_MALFORMED");
  });
});

describe("a database's hash", () => {
  it("of PostgreSQL has the user's name for a salt", () => {
    const hash = "md5a6343a68d964ca596d9752250d54bb8a";
    expect(codeOf(hash)).toBe("PASSWORD_MALFORMED");
    expect(codeOf(hash, { salt: "postgres" })).toBe("hash");
  });

  it("of MySQL or SQL Server is malformed with digits missing", () => {
    expect(codeOf("*FCF7C1B8749CF99D88E5F34271D636178FB5D13")).toBe("PASSWORD_MALFORMED");
    expect(codeOf("0x010018102152f8f28c8499d8ef263c53f8be369d799f931b2f")).toBe(
      "PASSWORD_MALFORMED",
    );
  });
});
