import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Secret } from "../../core/index.ts";
import type { InventedUser } from "../people/invent-users.ts";
import { LineCounter, PASSWORDS_HEADER, renderPassword, renderTruth } from "./companions.ts";
import { ldifLine } from "./ldif.ts";
import { openRecordWriter, type RecordFormat, type SampleFormat } from "./sample-formats.ts";
import { openUserWriter } from "./user-writer.ts";

const user: InventedUser = {
  id: 1001,
  email: "björn.o1@example.com",
  firstName: 'Björn "Bo"',
  lastName: "O'Neill, Jr.",
  mobile: null,
  department: "Sales,\nNorth",
  city: "Washington, D.C.",
  country: "US",
  locale: "en_US",
  timezone: null,
  createdAt: "2020-01-02T03:04:05Z",
  passwordHash: new Secret("$2b$04$invented"),
  salt: null,
  password: new Secret('ember,"quoted"'),
};

function write(format: SampleFormat, users: readonly InventedUser[]): string {
  const writer = openUserWriter(format, ["bcrypt"]);
  return (
    writer.head + users.map((one) => writer.before() + writer.user(one)).join("") + writer.tail
  );
}

function writeRecords(format: RecordFormat, names: readonly string[], rows: readonly string[][]) {
  const writer = openRecordWriter(
    format,
    names.map((name) => ({ name })),
  );
  return (
    writer.head + rows.map((row) => writer.before() + writer.record(row)).join("") + writer.tail
  );
}

describe("an invented user", () => {
  it.each([
    ["csv", ","],
    ["tsv", "\t"],
  ] as const)("is one record of %s that another reader understands", (format, delimiter) => {
    const rows: unknown = parse(write(format, [user]), { columns: true, delimiter });
    expect(rows).toEqual([
      {
        id: "1001",
        email: user.email,
        first_name: user.firstName,
        last_name: user.lastName,
        mobile: "",
        department: user.department,
        city: user.city,
        country: "US",
        locale: "en_US",
        timezone: "",
        created_at: user.createdAt,
        password_hash: "$2b$04$invented",
      },
    ]);
  });

  it("is one line of NDJSON, where what is missing is null", () => {
    const line = write("ndjson", [user]);
    expect(line.indexOf("\n")).toBe(line.length - 1);
    expect(JSON.parse(line)).toMatchObject({ id: 1001, mobile: null, department: "Sales,\nNorth" });
  });

  it("is one element of a JSON array, which is whole for any number of users", () => {
    for (const users of [[], [user], [user, user, user]]) {
      expect(JSON.parse(write("json", users))).toHaveLength(users.length);
    }
  });

  it("is a row of an INSERT, with quotes doubled and gaps as NULL", () => {
    const text = write("sql", [user, user]);
    expect(text).toContain(`CREATE TABLE "users" (\n  "id" BIGINT,\n`);
    expect(text).toContain(
      `(1001, 'björn.o1@example.com', 'Björn "Bo"', 'O''Neill, Jr.', NULL, 'Sales,\nNorth', `,
    );
    expect(text.match(/INSERT INTO/g)).toHaveLength(1);
    expect(text.endsWith("');\n")).toBe(true);
  });

  it("is an inetOrgPerson of LDIF, its hash where a directory has it", () => {
    const text = write("ldif", [user]);
    expect(text.startsWith("version: 1\n\ndn: uid=1001,ou=people,dc=example,dc=com\n")).toBe(true);
    expect(text).toContain("\nobjectClass: inetOrgPerson\n");
    expect(text).toContain(`\ngivenName:: ${Buffer.from(user.firstName).toString("base64")}\n`);
    expect(text).toContain("\nuserPassword: {CRYPT}$2b$04$invented\n");
    expect(text).not.toContain("mobile");
  });

  it("has a column for the salt where a format has it beside the hash", () => {
    const writer = openUserWriter("ndjson", ["bcrypt", "sha256"]);
    const line = writer.user({ ...user, salt: new Secret("ab.cd") });
    expect(JSON.parse(line)).toMatchObject({ password_salt: "ab.cd" });
  });

  it("stands in the passwords file with login and old password", () => {
    const text = PASSWORDS_HEADER + renderPassword(user.email, user.password);
    const rows: unknown = parse(text, { columns: true });
    expect(rows).toEqual([{ login: user.email, password: 'ember,"quoted"' }]);
    expect(renderPassword(" ", user.password)).toBe("");
  });
});

const text = fc.string({ unit: "grapheme", maxLength: 90 });

describe("any texts", () => {
  it.each([
    ["csv", ","],
    ["tsv", "\t"],
  ] as const)("come back from %s as they were", (format, delimiter) => {
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((width) => fc.array(fc.array(text, { minLength: width, maxLength: width })));
    fc.assert(
      fc.property(table, (rows) => {
        const names = Array.from({ length: rows[0]?.length ?? 1 }, (_, at) => `c${at}`);
        const written = writeRecords(format, names, rows);
        expect(parse(written, { delimiter, fromLine: 2, relaxColumnCount: false })).toEqual(rows);
      }),
    );
  });

  it("can't leave their quotes in SQL", () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (row) => {
        const names = row.map((_, at) => `c"${at}`);
        const written = writeRecords("sql", names, [row]);
        const literals = written.slice(written.indexOf("VALUES\n(") + 8, -3);
        const inner = literals.match(/'(?:[^']|'')*'(?:, |$)/g) ?? [];
        expect(inner.join("")).toBe(literals);
        expect(
          inner.map((one) => one.replace(/, $/, "").slice(1, -1).replaceAll("''", "'")),
        ).toEqual(row.map((one) => one.replaceAll("\0", "")));
      }),
    );
  });

  it("come back from LDIF, whose lines are ASCII and at most 76 characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 200 }), (value) => {
        const whole = Buffer.from(value).toString("utf8");
        const lines = ldifLine("cn", whole).split("\n");
        expect(lines.pop()).toBe("");
        for (const line of lines) {
          expect(line).toMatch(/^[ -~]+$/);
          expect(line.length).toBeLessThanOrEqual(76);
        }
        const [, mark, rest = ""] =
          /^cn(::?) (.*)$/.exec(lines.join("\n").replaceAll("\n ", "")) ?? [];
        expect(mark === "::" ? Buffer.from(rest, "base64").toString("utf8") : rest).toBe(whole);
        if (mark === ":") expect(whole).toMatch(/^[^ :<].*[^ ]$|^[^ :<]$/);
      }),
    );
  });
});

describe("the truth file", () => {
  it("tells the line at which a record opens, the trouble and how it is found", () => {
    const lines = new LineCounter();
    lines.pass('header\none,"with\na break"\n');
    expect(renderTruth({ line: lines.line, trouble: "bad-mail" })).toBe(
      '{"line":4,"trouble":"bad-mail","issues":["LOGIN_INVALID","EMAIL_INVALID"]}\n',
    );
  });
});
