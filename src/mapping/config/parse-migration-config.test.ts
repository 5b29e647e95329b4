import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { ConfigError } from "../../core/index.ts";
import { parseMigrationConfig } from "./parse-migration-config.ts";

const HASH = "$2b$10$yobOT8CyiI3Ls6BM/.MNWu.O6UcaOinlpRnEkPJttZn2dQZ5uZC42";

function parse(...lines: string[]): ReturnType<typeof parseMigrationConfig> {
  return parseMigrationConfig(lines.join("\n"), { fileName: "migration.yaml" });
}

function mistakeOf(...lines: string[]): ConfigError {
  try {
    parse(...lines);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("no mistake was found");
}

describe("migration.yaml", () => {
  it("is read with the lines of its rules", () => {
    const config = parse(
      "source: users.csv              # path",
      "scenario: passwords",
      "profile:",
      "  login: mail",
      "  age: 12",
      "  active: true",
      "  tags: [a, b]",
      "  division: {from: Given Name, default: none}",
      "  title:",
      "    value: Dr",
      "  city: {expression: upper(town)}",
      "password:",
      "  hash: pw",
      "  format: bcrypt",
      "otherwise: hook",
      "groups: [Migrated 2026-11, Staff]",
    );
    expect(config).toEqual({
      fileName: "migration.yaml",
      source: { location: "users.csv" },
      preset: undefined,
      joins: [],
      scenario: "passwords",
      where: undefined,
      type: undefined,
      realm: undefined,
      clean: [],
      lossy: "ask",
      duplicates: { kind: "reject" },
      profileLine: 3,
      profile: [
        rule("login", 4, { kind: "text", text: "mail" }),
        rule("age", 5, { kind: "constant", constant: 12 }),
        rule("active", 6, { kind: "constant", constant: true }),
        rule("tags", 7, { kind: "constant", constant: ["a", "b"] }),
        rule("division", 8, { kind: "column", text: "Given Name" }, "none"),
        rule("title", 9, { kind: "constant", constant: "Dr" }),
        rule("city", 11, { kind: "expression", text: "upper(town)" }),
      ],
      password: {
        line: 12,
        format: "bcrypt",
        hash: { column: "pw", line: 13, path: "password.hash" },
        salt: undefined,
        rounds: undefined,
        settings: {},
        pepper: undefined,
        params: [],
        paramsFile: undefined,
      },
      otherwise: "hook",
      groups: ["Migrated 2026-11", "Staff"],
      hookStores: [],
    });
  });

  it.each(["", "# nothing yet", "---\n"])("may be empty (%j)", (text) => {
    expect(parse(text)).toMatchObject({ profile: undefined, password: undefined, groups: [] });
  });

  it("may say how the source is to be read", () => {
    const { source } = parse("source:", "  path: '-'", "  format: tsv", "  encoding: latin1");
    expect(source).toEqual({ location: "-", format: "tsv", encoding: "latin1" });
    expect(parse('source: {path: a.csv, delimiter: "\\t"}').source).toEqual({
      location: "a.csv",
      delimiter: "\t",
    });
  });

  it("may name a database and what is read of it", () => {
    expect(parse("source: {url: postgres://db/app, query: select 1, key: id}").source).toEqual({
      location: "postgres://db/app",
      database: { query: "select 1", key: "id" },
    });
  });

  it("may name a directory and what is searched there", () => {
    const { source } = parse(
      "source:",
      "  url: ldaps://ldap.example.com/dc=example,dc=com",
      "  filter: (uid=*)",
      "  attributes: [uid, mail]",
      "  bind: cn=reader,dc=example,dc=com",
      "  startTls: false",
    );
    expect(source).toEqual({
      location: "ldaps://ldap.example.com/dc=example,dc=com",
      directory: {
        filter: "(uid=*)",
        attributes: ["uid", "mail"],
        bindDn: "cn=reader,dc=example,dc=com",
        startTls: false,
      },
    });
  });

  it("may say how hashes were made, for all of them or by column", () => {
    const { password } = parse(
      "password:",
      "  hash: v",
      "  salt: s",
      "  rounds: r",
      "  saltOrder: postfix",
      "  saltEncoding: hex",
      "  encoding: base64url",
      "  passwordEncoding: utf16le",
      "  oktaSha256Salt: literal",
      "  pepper:",
      "    place: salt-prefix",
      "  params:",
      "    factor: f",
      "    scheme: credentials.scheme",
    );
    expect(password).toMatchObject({
      rounds: { column: "r", line: 4, path: "password.rounds" },
      settings: {
        saltOrder: "postfix",
        saltEncoding: "hex",
        encoding: "base64url",
        passwordEncoding: "utf16le",
        okta: { sha256Salt: "literal" },
      },
      pepper: { place: "salt-prefix", line: 10 },
      params: [
        { name: "factor", column: { column: "f", line: 13, path: "password.params.factor" } },
        { name: "scheme", column: { column: "credentials.scheme", line: 14 } },
      ],
      paramsFile: undefined,
    });
    expect(parse("password: {hash: v, rounds: 1000}").password).toMatchObject({ rounds: 1000 });
  });

  it("may count on a file of parameters", () => {
    const { password } = parse("password:", "  hash: v", "  params: file");
    expect(password).toMatchObject({ params: [], paramsFile: { line: 3 } });
  });

  it("may name the parts of a bcrypt hash", () => {
    expect(parse("password: {value: v, salt: s, workFactor: w}").password).toMatchObject({
      hash: { column: "v", path: "password.value" },
      salt: { column: "s" },
      rounds: { column: "w", path: "password.workFactor" },
    });
    expect(parse("password: {hash: v, salt: s, workFactor: 12}").password).toMatchObject({
      rounds: 12,
    });
    expect(parse("password: {workFactor: 12}").password).toMatchObject({ hash: undefined });
  });
});

function rule(attribute: string, line: number, value: object, fallback?: string): object {
  return { attribute, line, value, fallback };
}

describe("a mistake in migration.yaml", () => {
  it("is told with its place, what is allowed and what was probably meant", () => {
    const error = mistakeOf("source: a.csv", "scenaro: staged");
    expect(error.code).toBe("CONFIG_INVALID");
    expect(error.at).toBe("migration.yaml:2 scenaro");
    expect(error.message).toBe(
      "migration.yaml:2 scenaro: There is no key `scenaro`. Did you mean `scenario`? " +
        "Allowed here: source, join, where, scenario, profile, clean, lossy, duplicates, password, otherwise, type, realm, groups, hook.",
    );
    expect(error.hint).toContain("docs/reference/migration-yaml.md");
  });

  it("is told from a key that another kind of source has", () => {
    expect(mistakeOf("source: {path: users.db, table: users}").message).toBe(
      "migration.yaml:1 source.table: `table` is not for a source that is a file: " +
        "a file is named with `path`, a database or a directory with `url`.",
    );
    expect(mistakeOf("source: {url: 'sqlite:users.db', table: users, sheet: A}").message).toMatch(
      /`sheet` is not for a source that is an address/,
    );
  });

  it("does not hide the others", () => {
    const error = mistakeOf(
      "otherwise: drop",
      "profile:",
      "  a: {form: x}",
      "  b: ''",
      "groups: [ok, '', 5]",
      "password:",
      "  value: v",
    );
    expect(error.at).toBe("migration.yaml:1 otherwise");
    const told = error.message.split("\n").map((line) => line.trim().split(": ")[0]);
    expect(told).toEqual([
      "migration.yaml has 7 mistakes:",
      "migration.yaml:1 otherwise",
      "migration.yaml:3 profile.a.form",
      "migration.yaml:3 profile.a",
      "migration.yaml:4 profile.b",
      "migration.yaml:5 groups[2]",
      "migration.yaml:5 groups[3]",
      "migration.yaml:6 password",
    ]);
    expect(error.message).toContain("Did you mean `from`?");
  });

  it.each([
    ["a word that is none", "scenario: stagged", "must be one of passwords, staged, hook"],
    ["a list where keys belong", "- a", "must be a list of keys"],
    ["a profile that is a list", "profile: [a]", "must be a list of attributes"],
    ["a rule without a value", "profile: {a: null}", "must be a column, an expression"],
    ["a rule of two kinds", "profile: {a: {from: b, value: c}}", "exactly one of"],
    ["a rule of no kind", "profile: {a: {}}", "exactly one of"],
    ["a constant with a default", "profile: {a: {value: b, default: c}}", "needs no `default`"],
    ["a name no attribute has", "profile: {1a: b}", "is no name that an attribute can have"],
    ["a key that would be lost", "profile: {__proto__: b}", "can't be a key"],
    ["a number that is not exact", "profile: {a: 12345678901234567890}", "can't be held exactly"],
    ["too many groups", `groups: [${"g,".repeat(21)}]`, "at most 20 groups"],
    ["a group named twice", "groups: [a, a]", "names a group twice"],
    ["a group name too long", `groups: [${"g".repeat(256)}]`, "at most 255 characters"],
    ["groups that are no list", "groups: a", "must be a list of group names"],
    ["both hash and value", "password: {hash: a, value: b, salt: c}", "both `hash` and `value`"],
    ["a salt alone", "password: {salt: a}", "without the `value`"],
    ["a work factor for whole hashes", "password: {hash: a, workFactor: 9}", "says its own"],
    ["a work factor out of range", "password: {workFactor: 3}", "from 4 to 20"],
    ["a salt in Okta's shape", "password: {hash: a, salt: b, format: okta}", "`format: okta`"],
    ["an unknown format", "password: {hash: a, format: none}", "must be one of auto, bcrypt"],
    ["a format misspelled", "password: {hash: a, format: bcrpt}", "Did you mean `bcrypt`?"],
    ["half a name", "password: {pepper: {place: Postfix}}", "Did you mean `password-postfix`?"],
    ["a scenario misspelled", "scenario: stagged", "Did you mean `staged`?"],
    ["rounds twice", "password: {rounds: 5, workFactor: 5}", "both `workFactor` and `rounds`"],
    ["no rounds at all", "password: {rounds: 0}", "must be a whole number from 1"],
    ["half a round", "password: {rounds: 1.5}", "must be a whole number from 1"],
    ["a salt order", "password: {saltOrder: PREFIX}", "Did you mean `prefix`?"],
    ["a salt encoding", "password: {saltEncoding: ascii}", "text, hex, base64, base64url"],
    ["an encoding", "password: {encoding: base46}", "Did you mean `base64`?"],
    ["a password encoding", "password: {passwordEncoding: utf16_le}", "Did you mean `utf16le`?"],
    ["an answer for SHA-256", "password: {oktaSha256Salt: raw}", "one of decoded, literal"],
    ["a pepper in the file", "password: {pepper: abc}", "OKTA_MIGRATE_PEPPER_FILE"],
    ["a pepper without a place", "password: {pepper: {}}", "one of password-prefix"],
    ["a pepper elsewhere", "password: {pepper: {place: salt}}", "one of password-prefix"],
    ["a key of a pepper", "password: {pepper: {plcae: x}}", "Did you mean `place`?"],
    ["parameters in a list", "password: {params: [a]}", "must be `file`, or a list of parameters"],
    ["a parameter without a column", "password: {params: {factor: 5}}", "name of a column"],
    ["a name no parameter has", "password: {params: {1a: b}}", "is no name of a parameter"],
    ["a password in an address", "source: postgres://me:pw@host/db", "has a password in it"],
    ["a password in a url", "source: {url: 'mysql://me:pw@host/db'}", "has a password in it"],
    ["a query and a table", "source: {url: 'mysql://h/d', query: a, table: b}", "give one"],
    ["a key of a database", "source: {url: 'mysql://h/d', qeury: a}", "Did you mean `query`?"],
    ["a preset that is none", "source: {preset: auth1, path: a}", "Did you mean `auth0`?"],
    ["a preset with two sources", "source: {preset: auth0, path: a, url: b}", "give one"],
    [
      "a source without a path",
      "source: {format: csv}",
      "an object with `path`, `url` or `preset`",
    ],
    ["a join without a key", "join: [{source: a, to: b, as: c}]", "`key` must be a column or an"],
    ["a join with a slip", "join: [{source: a, key: k, to: b, as: c, mani: true}]", "`many`?"],
    [
      "two joins into one column",
      "join: [{source: a, key: k, to: b, as: c}, {source: a, key: k, to: b, as: c}]",
      "names one column (`as`) twice",
    ],
    ["a source that is a number", "source: 5", "must be a path, `-`, an address, or an object"],
    ["an alias", "a: &x 1\nb: *x", "Aliases"],
    ["a tag", "source: !!binary x", "must be"],
    ["a tag of its own", "source: !mine x", "Tags"],
    ["a key that stands twice", "groups: []\ngroups: []", "This key stands twice"],
    ["two documents", "groups: []\n---\ngroups: []", "second document"],
    ["a quote that is not closed", 'source: "a', "missing"],
    ["a tab", "profile:\n  a: b\n\tc: d", "tab"],
    ["endless brackets", "[".repeat(20_000), "nested"],
    ["endless lists", "- ".repeat(2_000), "nested"],
    ["endless keys", "? ".repeat(2_000), "nested"],
    ["a file too large", " ".repeat(262_145), "longer than"],
  ])("is told: %s", (_what, text, told) => {
    const error = mistakeOf(text);
    expect(error.code).toBe("CONFIG_INVALID");
    expect(error.message).toContain(told);
  });

  it("in its syntax is told with its line", () => {
    expect(mistakeOf("source: a", "profile:", "  a: [b", "groups: []").at).toBe("migration.yaml:4");
  });
});

describe("a secret in migration.yaml", () => {
  it.each([
    ["as a password hash", `password: {hash: ${HASH}}`],
    ["as a password hash in quotes", `password:\n  hash: "${HASH}"`],
    ["as a constant", `profile:\n  a: {value: "${HASH}"}`],
    ["as a key", `profile:\n  "${HASH}": a`],
    ["as an unknown key", `"${HASH}": a`],
    ["as the name of a group", `groups: ["${HASH}"]`],
    ["as a token", `apiToken: ${HASH}`],
  ])("is refused and not repeated: %s", (_what, text) => {
    const error = mistakeOf(text);
    expect(error.message).not.toContain("yobOT8C");
    expect(error.at).not.toContain("yobOT8C");
  });

  it("is pointed at the environment", () => {
    expect(mistakeOf("apiToken: 00abcdef").message).toContain("come from the environment");
    expect(mistakeOf("apiToken: 00abcdef").message).not.toContain("00abcdef");
  });

  it("in the address of a source is not repeated", () => {
    expect(mistakeOf("source: postgres://me:Sommer2024@host/db").message).not.toContain("Sommer");
  });
});

it("whatever the file holds, it is read or refused with a ConfigError", () => {
  const words = fc.constantFrom("source", "profile", "password", "groups", "a", "hash", "from");
  const yaml = fc.array(
    fc.tuple(
      fc.constantFrom("", "  ", "- ", "\t"),
      words,
      fc.constantFrom(": ", ":\n", " "),
      fc.string(),
    ),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        yaml.map((lines) => lines.flat().join("")),
      ),
      (text) => {
        try {
          parse(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
        }
      },
    ),
  );
});
