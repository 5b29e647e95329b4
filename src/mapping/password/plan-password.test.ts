import { describe, expect, it } from "vitest";

import { ConfigError, Secret, type SourceHead, type SourceValue } from "../../core/index.ts";
import { builtInSchema } from "../../validation/index.ts";
import { type HashSecrets, type Mapping, parseMigrationConfig, planMapping } from "../index.ts";

const SALT = "yobOT8CyiI3Ls6BM/.MNWu";
const VALUE = ".O6UcaOinlpRnEkPJttZn2dQZ5uZC42";
const HASH = `$2b$10$${SALT}${VALUE}`;
const SHA256 = {
  algorithm: "SHA-256",
  salt: "c2FsdA==",
  saltOrder: "PREFIX",
  value: `${"B".repeat(40)}BAE=`,
};

type Fields = Readonly<Record<string, SourceValue>>;

/** A mapping for records with these columns, whose first one is given. */
function plan(fields: Fields, yaml?: string, secrets?: HashSecrets): Mapping {
  const samples = new Map(Object.entries(fields).map(([name, value]) => [name, [value]] as const));
  const head: SourceHead = { description: "", columns: Object.keys(fields), samples };
  const config =
    yaml === undefined ? undefined : parseMigrationConfig(yaml, { fileName: "migration.yaml" });
  return planMapping({
    head,
    config,
    schema: builtInSchema(),
    ...(secrets === undefined ? {} : { secrets }),
  });
}

function recordOf(fields: Fields) {
  return { seq: 1, line: 2, fields: new Map(Object.entries(fields)) };
}

function errorOf(work: () => unknown): ConfigError {
  try {
    work();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("nothing was wrong");
}

describe("what a record holds of a password", () => {
  it("can be read as it is, beside what would be sent", () => {
    const mapping = plan({ email: "a@example.com", hash: HASH });
    const reading = mapping.readPassword(recordOf({ hash: HASH }));
    expect(reading).toMatchObject({
      kind: "stored",
      stored: { format: "bcrypt", label: "bcrypt 10", okta: { kind: "hash" } },
    });
    expect(mapping.readPassword(recordOf({ hash: "" }))).toEqual({ kind: "absent" });
    expect(mapping.readPassword(recordOf({ hash: HASH.slice(1) })).kind).toBe("unusable");
    const without = plan({ email: "a@example.com" });
    expect(without.readPassword(recordOf({ hash: HASH }))).toEqual({ kind: "absent" });
  });

  it("carries what is not settled about it", () => {
    const warnings = (yaml: string): unknown => {
      const { password } = plan({ email: "a@example.com", pw: SHA256 }, yaml).map(
        recordOf({ pw: SHA256 }),
      ).draft;
      return password.kind === "hash" ? password.warnings?.map(({ code }) => code) : password;
    };
    expect(warnings("password: {hash: pw}")).toEqual(["SHA256_SALT_UNSETTLED"]);
    expect(warnings("password: {hash: pw, oktaSha256Salt: decoded}")).toBeUndefined();
  });

  it("is sent as the org was found to read it", () => {
    const yaml = "password: {hash: pw, oktaSha256Salt: literal}";
    const { password } = plan({ email: "a@example.com", pw: SHA256 }, yaml).map(
      recordOf({ pw: SHA256 }),
    ).draft;
    expect(password.kind === "hash" && password.hash.reveal()).toMatchObject({ salt: "salt" });
  });
});

describe("several values in one record, as directories have them", () => {
  const SSHA = `{SSHA}${Buffer.from("x".repeat(28)).toString("base64")}`;
  const ARGON2 = "{ARGON2}$argon2id$v=19$m=65536,t=3,p=4$c2FsdHlzYWx0eQ$MTIzNDU2Nzg5MDEyMzQ1Ng";
  const read = (...values: readonly string[]) => {
    const fields = { email: "a@example.com", userPassword: values };
    const mapping = plan(fields);
    return { mapping, material: mapping.map(recordOf(fields)).draft.password };
  };

  it("are taken by name when each record has a stored hash among them", () => {
    expect(read(SSHA, "in clear").mapping.carriesPasswords).toBe(true);
    expect(read("in clear", "too").mapping.carriesPasswords).toBe(false);
  });

  it("give the first hash that Okta takes, wherever it stands; never what is clear text", () => {
    for (const values of [[SSHA], ["s3cret", SSHA], ["{CLEARTEXT}s3cret", ARGON2, SSHA, "x"]]) {
      const { material } = read(...values);
      expect(material).toMatchObject({ kind: "hash", label: "ldap-ssha" });
      expect(JSON.stringify(material.kind === "hash" && material.hash.reveal())).not.toContain(
        "s3cret",
      );
    }
  });

  it("give the first stored hash where Okta takes none, and else an issue that quotes none", () => {
    const yaml = "password: {hash: userPassword}";
    const readBy = (...values: readonly string[]) => {
      const fields = { email: "a@example.com", userPassword: values };
      return plan(fields, yaml).map(recordOf(fields)).draft.password;
    };
    expect(readBy("s3cret", ARGON2)).toMatchObject({
      kind: "unusable",
      issue: { code: "PASSWORD_UNSUPPORTED" },
    });
    const clear = readBy("s3cret", "{CLEARTEXT}s3cret");
    expect(clear).toMatchObject({ kind: "unusable", issue: { code: "PASSWORD_MALFORMED" } });
    expect(JSON.stringify(clear)).not.toContain("s3cret");
    expect(readBy("", " ")).toMatchObject({ kind: "none" });
  });
});

describe("a column called salt", () => {
  it("goes with whatever column holds the hash", () => {
    const fields = { email: "a@example.com", password_digest: VALUE, salt: SALT };
    const mapping = plan(fields);
    expect(mapping.passwordKind).toBe(
      "bcrypt in `password_digest`, salt in `salt`, work factor 10",
    );
    expect(mapping.readPassword(recordOf(fields)).kind).toBe("stored");
  });

  it("does no harm to hashes that hold their own", () => {
    const fields = { email: "a@example.com", password: HASH, salt: "x" };
    const mapping = plan(fields);
    expect(mapping.passwordKind).toBe("a stored hash in `password`, salt in `salt`");
    expect(mapping.notes.join()).not.toContain("work factor");
    expect(mapping.readPassword(recordOf(fields)).kind).toBe("stored");
  });
});

describe("parameters in columns", () => {
  const fields = { email: "a@example.com", pw: HASH, scheme: "bcrypt", how: { factor: 10 } };
  const yaml = "password:\n  hash: pw\n  params: {encryptionScheme: scheme, factor: how.factor}";

  it("are said, used and kept out of reports", () => {
    const mapping = plan(fields, yaml);
    expect(mapping.passwordKind).toBe(
      "a stored hash in `pw`, `encryptionScheme` in `scheme`, `factor` in `how.factor`",
    );
    expect(mapping.unusedColumns).toEqual([]);
    expect([...mapping.secretColumns].toSorted()).toEqual(["how.factor", "pw", "scheme"]);
  });

  it("that are not there are told with their line, and not repeated", () => {
    const error = errorOf(() => plan(fields, yaml.replace("how.factor", "Sommer2024")));
    expect(error.at).toBe("migration.yaml:3 password.params.factor");
    expect(error.message).not.toContain("Sommer");
  });

  it("that change make another mapping of it", () => {
    const base = plan(fields, "password: {hash: pw}").fingerprint;
    expect(plan(fields, yaml).fingerprint).not.toBe(base);
    for (const more of ["saltOrder: prefix", "rounds: 7", "oktaSha256Salt: decoded"]) {
      expect(plan(fields, `password: {hash: pw, ${more}}`).fingerprint, more).not.toBe(base);
    }
  });
});

describe("a secret of the hashes' making", () => {
  const fields = { email: "a@example.com", pw: HASH };
  const pepper = new Secret(new TextEncoder().encode("Sommer2024"));
  const params = new Secret({ signerKey: "Sommer2024" });
  const withPepper = "password:\n  hash: pw\n  pepper: {place: password-postfix}";

  it.each([
    ["a pepper", withPepper, "pepper", "OKTA_MIGRATE_PEPPER_FILE"],
    [
      "a file of parameters",
      "password:\n  hash: pw\n  params: file",
      "params",
      "OKTA_MIGRATE_HASH_PARAMS_FILE",
    ],
  ])("is asked for by its variable when the config counts on %s", (_what, yaml, key, variable) => {
    const error = errorOf(() => plan(fields, yaml));
    expect(error.code).toBe("PASSWORD_SECRET_MISSING");
    expect(error.at).toBe(`migration.yaml:3 password.${key}`);
    expect(error.message).toContain(`${variable} is not set`);
  });

  it("is in nothing that is shown of the mapping", () => {
    const mapping = plan(fields, withPepper, { pepper, params });
    expect(mapping.passwordKind).toBe("a stored hash in `pw`, with a pepper");
    expect(JSON.stringify(mapping)).not.toContain("Sommer");
    expect(mapping.fingerprint).toBe(
      plan(fields, withPepper, {
        pepper: new Secret(new Uint8Array([1])),
        params: new Secret({ signerKey: "other" }),
      }).fingerprint,
    );
  });

  it("that nothing uses is noted", () => {
    expect(plan(fields, "password: {hash: pw}", { pepper }).notes.join()).toContain(
      "OKTA_MIGRATE_PEPPER_FILE is set, and is not used",
    );
    expect(plan(fields, withPepper, { pepper }).notes).toEqual(plan(fields).notes);
  });
});
