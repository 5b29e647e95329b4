import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  type AttributeSchema,
  ConfigError,
  type DirectorySchema,
  type SourceHead,
  type SourceRecord,
  type SourceValue,
} from "../core/index.ts";
import { builtInSchema } from "../validation/index.ts";
import { type MappedRecord, type Mapping, parseMigrationConfig, planMapping } from "./index.ts";

const SALT = "yobOT8CyiI3Ls6BM/.MNWu";
const VALUE = ".O6UcaOinlpRnEkPJttZn2dQZ5uZC42";
const HASH = `$2b$10$${SALT}${VALUE}`;

type Fields = Readonly<Record<string, SourceValue>>;

function headOf(columns: readonly string[], ...rows: readonly Fields[]): SourceHead {
  const samples = new Map(
    columns.map((column) => [column, rows.map((row) => row[column] ?? null)] as const),
  );
  return { description: "", columns, samples };
}

function recordOf(fields: Fields): SourceRecord {
  return { seq: 7, line: 8, fields: new Map(Object.entries(fields)) };
}

function plan(head: SourceHead, yaml?: string, schema = builtInSchema()): Mapping {
  const config =
    yaml === undefined ? undefined : parseMigrationConfig(yaml, { fileName: "migration.yaml" });
  return planMapping({ head, config, schema });
}

/** Maps one record whose columns are all that the source has. */
function mapOne(fields: Fields, yaml?: string, schema = builtInSchema()): MappedRecord {
  return plan(headOf(Object.keys(fields), fields), yaml, schema).map(recordOf(fields));
}

function mistakeOf(
  columns: readonly string[],
  yaml?: string,
  schema?: DirectorySchema,
): ConfigError {
  try {
    plan(headOf(columns), yaml, schema);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("no mistake was found");
}

/** The schema of an org with custom attributes. */
function orgWith(...custom: readonly Partial<AttributeSchema>[]): DirectorySchema {
  const attributes = new Map(builtInSchema().attributes);
  for (const part of custom) {
    const attribute = {
      name: "x",
      type: "string",
      required: false,
      custom: true,
      ...part,
    } as const;
    attributes.set(attribute.name, attribute);
  }
  return { origin: "org", attributes, loginPattern: null };
}

describe("without a config", () => {
  it("columns are matched by name and the password is found", () => {
    const fields = {
      id: "1",
      Email: "ada@example.com",
      "First Name": "Ada",
      last_name: "Lovelace",
      password_hash: HASH,
    };
    const mapping = plan(headOf(Object.keys(fields), fields));
    expect(mapping.lines).toEqual([
      { attribute: "login", from: "Email", kind: "column" },
      { attribute: "email", from: "Email", kind: "column" },
      { attribute: "firstName", from: "First Name", kind: "column" },
      { attribute: "lastName", from: "last_name", kind: "column" },
    ]);
    expect(mapping.unusedColumns).toEqual(["id"]);
    expect(mapping.passwordKind).toBe("a stored hash in `password_hash`");
    expect(mapping.carriesPasswords).toBe(true);
    expect(mapping.notes).toEqual(["No column is called login: `Email` is taken for it."]);
    const { draft, issues } = mapping.map(recordOf(fields));
    expect(issues).toEqual([]);
    expect(draft).toMatchObject({
      seq: 7,
      line: 8,
      login: "ada@example.com",
      profile: {
        login: "ada@example.com",
        email: "ada@example.com",
        firstName: "Ada",
        lastName: "Lovelace",
      },
    });
    expect(draft.password.kind === "hash" && draft.password.hash.reveal()).toEqual({
      algorithm: "BCRYPT",
      workFactor: 10,
      salt: SALT,
      value: VALUE,
    });
  });

  it("a source that names no user can't be mapped", () => {
    const error = mistakeOf(["a", "b"]);
    expect(error.code).toBe("MAPPING_INCOMPLETE");
    expect(error.message).toContain("Its columns are a, b.");
    expect(error.hint).toContain("`login: <column>`");
  });

  it("a source without a header is recognised, and its first row not shown", () => {
    for (const columns of [
      ["ada@example.com", "Sommer2024!"],
      ["ada", HASH],
    ]) {
      const { message } = mistakeOf(columns);
      expect(message).toContain("looks like a record");
      expect(message).not.toContain(columns[1]);
    }
  });

  it("what is required and has no column is said", () => {
    expect(plan(headOf(["email"])).notes).toContain("lastName is required, and nothing gives it.");
  });
});

describe("the password columns", () => {
  it.each(["passwordHash", "password_hash", "Hashed Password", "hash", "bcrypt", "pw_hash"])(
    "called %s are found by name",
    (name) => {
      expect(plan(headOf(["email", name])).passwordKind).toBe(`a stored hash in \`${name}\``);
    },
  );

  it("of salted bcrypt take 10 as the work factor, and say so", () => {
    const fields = { email: "a@example.com", hashedPassword: VALUE, salt: SALT };
    const mapping = plan(headOf(Object.keys(fields), fields));
    expect(mapping.notes).toContain("No bcrypt work factor is given: 10 is taken.");
    expect(revealed(mapping, fields)).toMatchObject({ workFactor: 10, salt: SALT, value: VALUE });
  });

  it("of salted bcrypt take the work factor of the config", () => {
    const fields = { email: "a@example.com", hashedPassword: VALUE, salt: SALT };
    const mapping = plan(headOf(Object.keys(fields), fields), "password: {workFactor: 12}");
    expect(mapping.notes.join()).not.toContain("work factor");
    expect(revealed(mapping, fields)).toMatchObject({ workFactor: 12 });
  });

  it("of salted bcrypt take the work factor of its column before that of the config", () => {
    const fields = { email: "a@example.com", hashedPassword: VALUE, salt: SALT, workFactor: "8" };
    const mapping = plan(headOf(Object.keys(fields), fields), "password: {workFactor: 12}");
    expect(mapping.passwordKind).toContain("work factor in `workFactor`");
    expect(revealed(mapping, fields)).toMatchObject({ workFactor: 8 });
    expect(mapping.unusedColumns).toEqual([]);
  });

  it("named in the config are the only ones", () => {
    const fields = { email: "a@example.com", v: VALUE, s: SALT, w: 9, passwordHash: "x" };
    const yaml = "password: {value: v, salt: s, workFactor: w}";
    const mapping = plan(headOf(Object.keys(fields), fields), yaml);
    expect(mapping.passwordKind).toBe("bcrypt in `v`, salt in `s`, work factor in `w`");
    expect(revealed(mapping, fields)).toMatchObject({ workFactor: 9 });
    expect([...mapping.secretColumns]).toEqual(["v", "s", "passwordHash"]);
    expect(mapping.unusedColumns).toEqual(["passwordHash"]);
  });

  it("may be keys inside an object", () => {
    const fields = { email: "a@example.com", auth: { pw: HASH, site: "x" } };
    const mapping = plan(headOf(Object.keys(fields), fields), "password: {hash: auth.pw}");
    expect(revealed(mapping, fields)).toMatchObject({ salt: SALT });
    expect([...mapping.secretColumns]).toEqual(["auth.pw"]);
    expect(mapping.map(recordOf({ auth: "x" })).draft.password.kind).toBe("none");
  });

  it("called password are taken when they hold hashes", () => {
    const fields = { email: "a@example.com", password: HASH };
    const mapping = plan(headOf(Object.keys(fields), fields));
    expect(mapping.passwordKind).toBe("a stored hash in `password`");
  });

  it.each(["Sommer2024!", null])(
    "called password are left alone when they hold no hash (%j)",
    (password) => {
      const fields = { email: "a@example.com", password };
      const mapping = plan(headOf(Object.keys(fields), fields));
      expect(mapping.carriesPasswords).toBe(false);
      expect(mapping.notes).toContain(
        "`password` may hold clear-text passwords: it is never sent.",
      );
      expect(mapping.map(recordOf(fields)).draft.password).toEqual({ kind: "none" });
    },
  );

  it("that are two for one are noted", () => {
    expect(plan(headOf(["email", "hash", "passwordHash"])).notes).toContain(
      "`passwordHash` is taken for the password hash, and not `hash`.",
    );
  });

  it("with damaged material say so in the draft, by their column", () => {
    const fields = { email: "a@example.com", hash: HASH.slice(0, 59) };
    const { draft } = mapOne(fields);
    expect(draft.password).toMatchObject({
      kind: "unusable",
      issue: { code: "PASSWORD_MALFORMED", field: "hash" },
    });
    expect(JSON.stringify(draft)).not.toContain(SALT);
  });

  it("can be held to one format", () => {
    const fields = { email: "a@example.com", hash: { algorithm: "SHA-1", value: "x" } };
    const mapping = plan(
      headOf(Object.keys(fields), fields),
      "password: {hash: hash, format: bcrypt}",
    );
    expect(mapping.passwordKind).toBe("a stored hash (bcrypt) in `hash`");
    expect(mapping.map(recordOf(fields)).draft.password).toMatchObject({ kind: "unusable" });
  });

  function revealed(mapping: Mapping, fields: Fields): unknown {
    const { password } = mapping.map(recordOf(fields)).draft;
    return password.kind === "hash" ? password.hash.reveal() : password;
  }
});

describe("the profile of a config", () => {
  const record = {
    mail: "Ada.Lovelace@Example.com",
    given: "Ada",
    family: "Lovelace",
    "E-Mail": "ada@example.com",
    "First Name": "Augusta",
    type: "staff",
    age: 36,
    address: { city: "London", "zip code": "W1" },
    roles: ["Admin", "Dev"],
    nothing: null,
  };

  it.each<[string, string, unknown]>([
    ["a column", "mail", record.mail],
    ["a column whose name has a space", "First Name", "Augusta"],
    ["a column whose name has a dash", "E-Mail", "ada@example.com"],
    ["a column called as a word of CEL", "type", "staff"],
    ["a key inside an object", "address.city", "London"],
    ["a column by row", "'row[\"E-Mail\"]'", "ada@example.com"],
    ["a key inside an object by row", '\'row["address"]["zip code"]\'', "W1"],
    ["columns joined", 'given + " " + family', "Ada Lovelace"],
    ["lower case", "mail.lower()", "ada.lovelace@example.com"],
    ["upper case", "given.upper()", "ADA"],
    ["trimmed text", '\'(" " + given + " ").trim()\'', "Ada"],
    ["a part of a split text", "'mail.split(\"@\")[0]'", "Ada.Lovelace"],
    ["replaced text", '\'mail.replace(".", "$&")\'', "Ada$&Lovelace@Example$&com"],
    ["a joined list", "'roles.join(\";\")'", "Admin;Dev"],
    ["a changed list", "roles.map(r, r.lower())", ["admin", "dev"]],
    ["a filtered list", "'roles.filter(r, r.startsWith(\"A\"))'", ["Admin"]],
    ["a part of a text", "given.substring(0, 1) + family", "ALovelace"],
    ["a size", "size(given)", 3],
    ["a choice", '\'mail.contains("@Example") ? "in" : "out"\'', "in"],
    ["a look-up", '\'{"staff": "Employee"}[row["type"]]\'', "Employee"],
    ["the first value", "coalesce(nothing, missing, given)", "Ada"],
    ["the first of several values", "first(roles)", "Admin"],
    ["the only one", "first(given)", "Ada"],
    ["the first where there is none", 'first(row["missing"]) + first(nothing)', undefined],
    ["arithmetic on a JSON number", "age + 1", 37],
    [
      "arithmetic the other way round",
      "(2 * age - 1) / 1 - (1 - age) + (1 / age) * 0 + age * 0",
      106,
    ],
    ["a number as text", "string(age)", "36"],
    ["an unsigned number", "uint(7)", 7],
    ["an instant", "'timestamp(\"2024-01-01T00:00:00Z\")'", "2024-01-01T00:00:00.000Z"],
    ["a missing column as empty", 'given + row["missing"] + nothing', "Ada"],
    ["whether a column has a value", '\'has(row.missing) ? "yes" : "no"\'', "no"],
    ["a column that has one", "'has(row.given) ? row.given : \"no\"'", "Ada"],
    ["the record as a whole", "size(row)", 10],
    ["a text in quotes", "'\"Dr\"'", "Dr"],
    ["a constant text", "{value: Dr}", "Dr"],
    ["a constant number", "12", 12],
    ["a constant list", "[a, b]", ["a", "b"]],
    ["a default for an empty column", "{from: nothing, default: none}", "none"],
    ["a default for an empty expression", "{expression: given.substring(3), default: x}", "x"],
    ["no default for a value", "{from: given, default: none}", "Ada"],
  ])("can be %s", (_what, rule, expected) => {
    const fields = rule.includes("missing, given") ? { ...record, missing: "" } : record;
    const { draft, issues } = mapOne(fields, `profile:\n  login: mail\n  custom: ${rule}`);
    expect(issues).toEqual([]);
    expect(draft.profile["custom"]).toEqual(expected);
  });

  it("is printable, rule by rule", () => {
    const yaml = "profile:\n  login: mail\n  a: mail.lower()\n  b: 12\n  c: {value: x}";
    expect(plan(headOf(["mail"]), yaml).lines).toEqual([
      { attribute: "login", from: "mail", kind: "column" },
      { attribute: "a", from: "mail.lower()", kind: "expression" },
      { attribute: "b", from: "12", kind: "constant" },
      { attribute: "c", from: '"x"', kind: "constant" },
    ]);
  });

  it("is the whole profile: no other column is matched by name", () => {
    const mapping = plan(headOf(["mail", "firstName"]), "profile: {login: mail}");
    expect(mapping.lines.map(({ attribute }) => attribute)).toEqual(["login"]);
    expect(mapping.unusedColumns).toEqual(["firstName"]);
  });

  it("notes a column that the first records do not have", () => {
    const { notes } = plan(headOf(["mail"]), "profile: {login: mail, a: 'row[\"later\"]'}");
    expect(notes).toContain("a uses the column `later`, which the first records do not have.");
  });

  it("notes a column whose name says secret", () => {
    const { notes } = plan(headOf(["mail", "token_id"]), "profile: {login: mail, a: token_id}");
    expect(notes).toContain("a takes `token_id`, whose name says that it is secret.");
  });

  it("notes an attribute that is nearly one of Okta's", () => {
    const { notes } = plan(headOf(["mail"]), "profile: {login: mail, titles: mail}");
    expect(notes).toContain("`titles` is none of Okta's own attributes, though `title` is.");
  });
});

describe("an expression that fails for a record", () => {
  it.each([
    ["types that do not fit", "age + 1", "joins values whose types do not fit together"],
    ["a part that is not there", "name.substring(0, 9)", "a part that a text does not have"],
    ["an element that is not there", 'name.split("@")[1]', "an element that a list does not have"],
    ["a key that is not there", '{"a": "b"}[name]', "a key that this record does not have"],
    ["a number that is none", "int(name)", "reads a number from a text that is none"],
    ["a condition that is none", 'name ? "a" : "b"', "neither true nor false"],
    ["a call that does not fit", "list.lower()", "a value of the wrong type"],
    ["a number without end", "1.0 / 0.0", "gives no number"],
    ["anything else", "name.map(n, n)", "can't be worked out"],
  ])("is an issue of its attribute: %s", (_what, rule, told) => {
    const fields = { mail: "a@example.com", name: "Sommer", age: "x", list: ["y"] };
    const yaml = `profile:\n  login: mail\n  custom: '${rule.replace("list.", 'row["list"].')}'`;
    const { draft, issues } = mapOne(fields, yaml);
    expect(issues).toMatchObject([{ code: "EXPRESSION_FAILED", field: "custom" }]);
    expect(issues[0]?.reason).toContain(told);
    expect(JSON.stringify(issues)).not.toContain("Sommer");
    expect(draft.profile).toEqual({ login: "a@example.com" });
  });

  it("that gives what no profile can hold is a wrong type", () => {
    const fields = { mail: "a@example.com" };
    for (const rule of [
      '{"a": mail}',
      "bytes(mail)",
      "type(mail)",
      'duration("1s")',
      "[[[[[mail]]]]]",
    ]) {
      const { issues } = mapOne(fields, `profile:\n  login: mail\n  custom: '${rule}'`);
      expect(issues, rule).toMatchObject([{ code: "TYPE_WRONG", field: "custom" }]);
    }
  });

  it("that gives a whole number too large is imprecise, unless the attribute is text", () => {
    const yaml = "profile:\n  login: mail\n  title: 9007199254740993\n".replace(
      "9007199254740993",
      "int(n)",
    );
    const fields = { mail: "a@example.com", n: "9007199254740993" };
    expect(mapOne(fields, yaml).draft.profile["title"]).toBe("9007199254740993");
    expect(mapOne(fields, yaml.replace("title", "custom")).issues).toMatchObject([
      { code: "NUMBER_IMPRECISE", field: "custom" },
    ]);
  });
});

describe("a mistake in the rules", () => {
  it("is told before any record, with all others, each with its line", () => {
    const error = mistakeOf(
      ["mail", "given"],
      "profile:\n  login: maill\n  city: given.nope()\n  state: {from: Given}\npassword: {hash: pw}",
    );
    expect(error.code).toBe("CONFIG_INVALID");
    expect(error.at).toBe("migration.yaml:2 profile.login");
    expect(
      error.message
        .split("\n")
        .slice(1)
        .map((line) => line.trim().split(": ")[0]),
    ).toEqual([
      "migration.yaml:2 profile.login",
      "migration.yaml:3 profile.city",
      "migration.yaml:4 profile.state",
      "migration.yaml:5 password.hash",
    ]);
    expect(error.message).toContain("no column `maill`. Did you mean `mail`?");
  });

  it.each([
    ["a column that is not there", "wholly-other", "Its columns are mail, pw, type, Family Name."],
    ["a column in other case", "Mail", "Did you mean `mail`?"],
    ["a column with a space", "Family name", "Did you mean `Family Name`?"],
    ["a variable that is not there", "mail + nail", "Did you mean `mail`?"],
    ["a key of a column that is not there", "maul.city", "has no column"],
    ["a regular expression", 'mail.matches("(a+)+$")', "`matches` is not available"],
    ["a hidden regular expression", '[mail].map(m, m.matches("a"))', "`matches` is not available"],
    ["a function that is not there", "shout(mail)", "no matching overload"],
    ["half an expression", "mail +", "can't be read"],
    ["an expression without end", "(".repeat(500), "can't be read"],
    ["a presence test of a variable", "has(mail)", "has() invalid argument"],
    ["a column called as a word of CEL", 'type + "x"', '`row["type"]`'],
    ["the password", "pw", "holds password material"],
    ["the password in an expression", 'pw + "x"', "holds password material"],
    ["the password by row", 'row["pw"]', "holds password material"],
    ["the password by a test", "has(row.pw) ? 1 : 2", "holds password material"],
  ])("is told: %s", (_what, rule, told) => {
    const yaml = `profile:\n  login: mail\n  city: '${rule}'\npassword: {hash: pw}`;
    const error = mistakeOf(["mail", "pw", "type", "Family Name"], yaml);
    expect(error.at).toBe("migration.yaml:3 profile.city");
    expect(error.message).toContain(told);
  });

  it.each(["auth", "auth.pw", 'auth.pw + "x"', 'row["auth"]["pw"]'])(
    "is told: password material inside an object, %s",
    (rule) => {
      const yaml = `profile:\n  login: auth.mail\n  city: '${rule}'\npassword: {hash: auth.pw}`;
      expect(mistakeOf(["auth"], yaml).message).toContain("holds password material");
    },
  );

  it("never repeats what stands where a password column is named", () => {
    const error = mistakeOf(["mail"], "password: {hash: Sommer2024}");
    expect(error.message).toContain("no such column. Its columns are mail.");
    expect(error.message).not.toContain("Sommer2024");
    expect(mistakeOf(["pww"], "password: {hash: pw}").message).toContain("Did you mean `pww`?");
  });

  it("is told: a constant or a default of the wrong type", () => {
    const schema = orgWith({ name: "level", type: "integer" });
    expect(
      mistakeOf(["mail"], "profile: {login: mail, level: {value: x}}", schema).message,
    ).toContain("Its value must be a whole number.");
    expect(
      mistakeOf(["mail"], "profile: {login: mail, level: {from: mail, default: x}}", schema)
        .message,
    ).toContain("Its default must be a whole number.");
  });

  it("is told: no login", () => {
    const error = mistakeOf(["mail"], "groups: []\nprofile: {email: mail}");
    expect(error.code).toBe("MAPPING_INCOMPLETE");
    expect(error.at).toBe("migration.yaml:2 profile");
    expect(error.hint).toContain("login:");
  });

  it.each(["lgoin", "Login", "log_in"])("is told: %s for login", (attribute) => {
    const error = mistakeOf(["mail"], `profile:\n  ${attribute}: mail`);
    expect(error.at).toBe(`migration.yaml:2 profile.${attribute}`);
    expect(error.message).toContain("Did you mean `login`?");
  });

  it("is no mistake where the org has an attribute of that name", () => {
    const yaml = "profile: {login: mail, logins: mail, titel: mail}";
    const org = orgWith({ name: "logins" }, { name: "titel" });
    expect(plan(headOf(["mail"]), yaml, org).lines).toHaveLength(3);
    expect(mistakeOf(["mail"], yaml, orgWith({ name: "logins" })).message).toContain("`title`");
  });
});

describe("the fingerprint of a mapping", () => {
  const head = headOf(["mail", "given", "pw"]);
  const base = plan(head, "profile: {login: mail, firstName: given}\npassword: {hash: pw}");

  it("is the same for the same rules in another order", () => {
    const same = plan(head, "password: {hash: pw}\nprofile:\n  firstName: given\n  login: mail");
    expect(same.fingerprint).toBe(base.fingerprint);
    expect(base.fingerprint).toMatch(/^[0-9a-f]{16}$/);
  });

  it.each([
    "profile: {login: given, firstName: given}\npassword: {hash: pw}",
    "profile: {login: mail, firstName: {from: given, default: x}}\npassword: {hash: pw}",
    "profile: {login: mail, firstName: given}\npassword: {hash: given}",
    "profile: {login: mail, firstName: given}\npassword: {hash: pw, format: okta}",
    "profile: {login: mail}\npassword: {hash: pw}",
  ])("is another for other rules: %s", (yaml) => {
    const mapping = yaml.includes("hash: given")
      ? plan(head, yaml.replace("firstName: given", "firstName: mail"))
      : plan(head, yaml);
    expect(mapping.fingerprint).not.toBe(base.fingerprint);
  });
});

describe("the secret columns", () => {
  it("are those that are mapped, those that are called so, and such keys inside objects", () => {
    const fields = {
      email: "a@example.com",
      x: HASH,
      mfa_seed: "s",
      profile: { pin: "1", nested: [{ apiKey: "k", city: "c" }] },
    };
    const mapping = plan(headOf(Object.keys(fields), fields), "password: {hash: x}");
    expect([...mapping.secretColumns].toSorted()).toEqual([
      "mfa_seed",
      "profile.nested.apiKey",
      "profile.pin",
      "x",
    ]);
  });
});

describe("whatever a record holds", () => {
  const value = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<SourceValue>;
  const columns = ["mail", "given", "age", "roles", "pw", "salt"];
  const fields = fc.dictionary(fc.oneof(fc.constantFrom(...columns), fc.string()), value);
  const yaml = [
    "profile:",
    "  login: mail.lower()",
    "  email: mail",
    "  firstName: given.substring(0, 1)",
    "  level: age + 1",
    "  tags: roles.map(r, r.lower())",
    "  city: 'has(row.town) ? row.town : row[\"given\"]'",
    "  ratio: {from: age, default: 1}",
    "  active: roles.size() > 0",
    "  custom: row",
    "password: {value: pw, salt: salt}",
  ].join("\n");
  const schema = orgWith(
    { name: "level", type: "integer" },
    { name: "tags", type: "array" },
    { name: "ratio", type: "number" },
    { name: "active", type: "boolean" },
    { name: "custom" },
  );

  it.each([
    ["by rules", plan(headOf(columns), yaml, schema)],
    ["by name", plan(headOf([...columns, "hash"]), undefined, builtInSchema())],
  ])("it is mapped without an exception, %s", (_how, mapping) => {
    fc.assert(
      fc.property(fields, (found) => {
        const { draft, issues } = mapping.map(recordOf(found));
        expect(typeof draft.login).toBe("string");
        for (const issue of issues) expect(issue.field).toBeDefined();
        for (const kept of Object.values(draft.profile)) expect(kept).not.toBe("");
      }),
    );
  });
});
