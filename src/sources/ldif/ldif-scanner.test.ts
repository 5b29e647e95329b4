import { Readable } from "node:stream";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { isUnreadable, type SourceEntry } from "../../core/index.ts";
import { UTF_8 } from "../bytes/charset.ts";
import { AttributeNames } from "../directories/attribute-names.ts";
import { openSource } from "../index.ts";
import { LdifScanner, MAX_LDIF_ENTRY_BYTES } from "./ldif-scanner.ts";

async function readAll(text: string | Buffer, size: number): Promise<SourceEntry[]> {
  const bytes = Buffer.from(text);
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
  const source = openSource({ location: "-", format: "ldif", stdin: Readable.from(chunks) });
  const entries: SourceEntry[] = [];
  for await (const batch of source.read()) entries.push(...batch);
  return entries;
}

async function entriesOf(...lines: readonly string[]): Promise<unknown[]> {
  const entries = await readAll(lines.join("\n"), 1000);
  return entries.map((entry) =>
    isUnreadable(entry) ? entry.issue.code : Object.fromEntries(entry.fields),
  );
}

async function reasonsOf(...lines: readonly string[]): Promise<string[]> {
  const entries = await readAll(lines.join("\n"), 1000);
  return entries.map((entry) =>
    isUnreadable(entry) ? `${entry.line} ${entry.issue.code} ${entry.issue.reason}` : "read",
  );
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");

describe("an entry of LDIF", () => {
  it("gives its attributes and its dn, several values as a list", async () => {
    expect(
      await entriesOf(
        "version: 1",
        "dn: uid=ada,ou=people,dc=example,dc=com",
        "objectClass: top",
        "objectClass: person",
        "uid: ada",
        "description:",
        "",
        "",
        "# the next one",
        "dn:uid=bo,dc=example,dc=com",
        "uid:   bo ",
      ),
    ).toEqual([
      {
        dn: "uid=ada,ou=people,dc=example,dc=com",
        objectClass: ["top", "person"],
        uid: "ada",
        description: "",
      },
      { dn: "uid=bo,dc=example,dc=com", uid: "bo " },
    ]);
  });

  it("may be folded anywhere, and have comments that are folded too", async () => {
    expect(
      await entriesOf(
        "# made by a directory",
        "  that folds its comments",
        "dn: uid=a",
        " da,dc=exam",
        " ple",
        "# no",
        " t this",
        "mail:: YWRhQGV4",
        " YW1wbGUuY29t",
        "cn: Ada ",
        "  Byron",
        "",
      ),
    ).toEqual([{ dn: "uid=ada,dc=example", mail: "ada@example.com", cn: "Ada  Byron" }]);
  });

  it("is not read where bytes stand for a name, since base64 would be taken for one", async () => {
    const latin1 = Buffer.from("J\u00fcrgen", "latin1").toString("base64");
    expect(await entriesOf("dn: uid=a", `givenName:: ${latin1}`, "", "dn: uid=b", "sn: B")).toEqual(
      ["UNREADABLE_ENCODING", { dn: "uid=b", sn: "B" }],
    );
    const [reason] = await reasonsOf("dn: uid=a", `cn;lang-de:: ${latin1}`);
    expect(reason).toMatch(/The attribute cn;lang-de holds bytes that are no UTF-8 text/);
    const [blob] = await entriesOf("dn: uid=a", `carLicense:: ${latin1}`);
    expect(blob).toMatchObject({ carLicense: latin1 });
  });

  it("keeps text as text and bytes as base64, whichever way they are written", async () => {
    const photo = Buffer.from([0xff, 0xd8, 0xff, 0x00]).toString("base64");
    expect(
      await entriesOf(
        `dn:: ${base64("cn=Jürgen,dc=example")}`,
        `userPassword:: ${base64("{SSHA}c2FsdHlzYWx0")}`,
        `cn;lang-de:: ${base64("Jürgen")}`,
        `jpegPhoto:: ${photo}`,
        `custom:: ${photo}`,
        `objectGUID:: ${base64("sixteen letters!")}`,
        `userCertificate;binary:: ${base64("text by chance")}`,
        `note:: ${base64("two\nlines")}`,
        "sn: Müller",
      ),
    ).toEqual([
      {
        dn: "cn=Jürgen,dc=example",
        userPassword: "{SSHA}c2FsdHlzYWx0",
        "cn;lang-de": "Jürgen",
        jpegPhoto: photo,
        custom: photo,
        objectGUID: base64("sixteen letters!"),
        "userCertificate;binary": base64("text by chance"),
        note: "two\nlines",
        sn: "Müller",
      },
    ]);
  });

  it("spells an attribute as the first entry that has it", async () => {
    expect(
      await entriesOf("DN: uid=a", "givenName: A", "GIVENNAME: B", "", "dn: uid=b", "givenname: C"),
    ).toEqual([
      { dn: "uid=a", givenName: ["A", "B"] },
      { dn: "uid=b", givenName: "C" },
    ]);
  });

  it("may be written as a change that adds it; other changes are none", async () => {
    const add = ["dn: uid=a", "control: 1.2.3 true", "changetype: add", "uid: a", ""];
    const modify = ["dn: uid=b", "changetype: modify", "replace: sn", "sn: x", "-", ""];
    expect(await entriesOf(...add, ...modify, "dn: uid=c", "changetype: delete")).toEqual([
      { dn: "uid=a", uid: "a" },
      "UNREADABLE_LDIF",
      "UNREADABLE_LDIF",
    ]);
  });

  it("that can't be read costs only itself, says which line, and is not quoted", async () => {
    const reasons = await reasonsOf(
      "dn: uid=a",
      "userPassword:: {SSHA}s3cret",
      "",
      "uid: s3cret",
      "",
      "dn: uid=b",
      "userPassword:: e1NT",
      "s3cret",
      "",
      "dn: uid=c",
      "jpegPhoto:< file:///s3cret",
      "",
      "dn: uid=d",
      "uid: d",
      "dn: uid=s3cret",
      "",
      "dn: uid=e",
    );
    expect(reasons).toEqual([
      expect.stringMatching(/^1 UNREADABLE_LDIF .*line 2 is no base64/),
      expect.stringMatching(/^4 UNREADABLE_LDIF .*does not begin with/),
      expect.stringMatching(/^6 UNREADABLE_LDIF Line 8 /),
      expect.stringMatching(/^10 UNREADABLE_LDIF .*another file, which line 11 names/),
      expect.stringMatching(/^13 UNREADABLE_LDIF .*in line 15/),
      "read",
    ]);
    expect(reasons.join()).not.toContain("s3cret");
  });

  it("that holds bytes of another encoding, or is too long, is dropped as it arrives", async () => {
    const text = Buffer.concat([
      Buffer.from("dn: uid=a\nsn: M\xfcller\n\ndn: uid=b\n", "latin1"),
      Buffer.from(`note: ${"x".repeat(MAX_LDIF_ENTRY_BYTES)}\nuid: b\n\ndn: uid=c\n`),
    ]);
    for (const size of [65_536, text.length]) {
      const found = await readAll(text, size);
      expect(found.map((entry) => (isUnreadable(entry) ? entry.issue.code : entry.line))).toEqual([
        "UNREADABLE_ENCODING",
        "UNREADABLE_TOO_LONG",
        8,
      ]);
    }
  });

  it("is not what ldapsearch writes at the end, unless entries are missing", async () => {
    const end = (result: string): string[] => ["dn: uid=a", "", "search: 2", `result: ${result}`];
    expect(await reasonsOf(...end("0 Success"))).toEqual(["read"]);
    const [, last] = await reasonsOf(...end("4 Size limit exceeded"));
    expect(last).toContain("LDAP error 4: entries are missing");
  });
});

describe("a file of LDIF", () => {
  const pieces = [
    "dn: uid=ä\n",
    "dn: uid=b\r\n",
    "sn: x\n",
    "sn:: w6Q=\n",
    " y\n",
    "# c\n",
    "\n",
    "\r\n",
    "  \n",
    "version: 1\n",
    "search: 1\nresult: 0 ok\n",
    ":\n",
    "cn;lang-de: z\r\n",
    "SN: q\n",
  ];
  const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((all) => all.join(""));

  it("gives the same entries whatever the sizes in which its bytes arrive", () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 20 }), (text, size) => {
        const bytes = Buffer.from(text);
        expect(scan(bytes, size)).toEqual(scan(bytes, bytes.length + 1));
      }),
    );
  });

  function scan(bytes: Buffer, size: number): SourceEntry[] {
    const start = { seq: 1, line: 1, offset: 0, firstSeq: 1 };
    const scanner = new LdifScanner(UTF_8.charset, start, new AttributeNames());
    const entries: SourceEntry[] = [];
    for (let at = 0; at < bytes.length; at += size) {
      scanner.push(bytes.subarray(at, at + size));
      entries.push(...scanner.take(100));
    }
    scanner.end();
    return [...entries, ...scanner.take(100)];
  }
});
