import { expect, it } from "vitest";

import type { SourceHead, SourceRecord, SourceValue } from "../core/index.ts";
import { parseMigrationConfig, planJoin } from "./index.ts";
import type { JoinKeys } from "./index.ts";

const headOf = (...columns: readonly string[]): SourceHead => ({
  description: "NDJSON",
  columns,
  samples: new Map(),
});
const HEADS = { main: headOf("user_id", "mail"), joined: headOf("_id", "owner", "n") };

function keysOf(key: string, to: string, as = "h"): JoinKeys {
  const text = `source: u.csv\njoin:\n  - {source: h.csv, key: '${key}', to: '${to}', as: ${as}}\n`;
  const config = parseMigrationConfig(text, { fileName: "migration.yaml" });
  const [join] = config.joins;
  if (join === undefined) throw new Error("there is no join");
  return planJoin(join, HEADS, config);
}

function record(fields: Readonly<Record<string, SourceValue>>): SourceRecord {
  return { seq: 1, line: 1, fields: new Map(Object.entries(fields)) };
}

it("a key is a column, a path into one, or an expression", () => {
  const { keyOf, askedBy } = keysOf("_id.$oid", 'user_id.replace("auth0|", "")');
  expect(keyOf(record({ _id: { $oid: "65f1" } }))).toBe("65f1");
  expect(askedBy(record({ user_id: "auth0|65f1" }))).toBe("65f1");
  expect(keysOf("owner", "mail").keyOf(record({ owner: "a" }))).toBe("a");
});

it("a number and its text are one key, since tables and JSON write it differently", () => {
  const { keyOf } = keysOf("n", "mail");
  expect(keyOf(record({ n: 17 }))).toBe("17");
  expect(keyOf(record({ n: "17" }))).toBe("17");
});

it("a number whose last digits are lost is no key, since it may be that of another record", () => {
  const { keyOf, askedBy } = keysOf("n", "user_id");
  for (const number of [2 ** 53, -(2 ** 53), 1e21]) {
    expect(keyOf(record({ n: number }))).toBeUndefined();
    expect(askedBy(record({ user_id: number }))).toMatchObject({ code: "NUMBER_IMPRECISE" });
  }
  expect(askedBy(record({ user_id: "9007199254740993" }))).toBe("9007199254740993");
  expect(askedBy(record({ user_id: 2 ** 53 - 1 }))).toBe("9007199254740991");
});

it("what is joined never takes the place of a column", () => {
  expect(() => keysOf("n", "user_id", "mail")).toThrow(
    /join\[1\]\.as: The source has a column `mail` already/,
  );
});

it("what is missing, empty, an object or can't be worked out is no key", () => {
  const { keyOf } = keysOf("owner", 'mail.split("@")[1]');
  for (const owner of ["", " ", null, {}, []]) expect(keyOf(record({ owner }))).toBeUndefined();
  expect(keysOf("owner", 'mail.split("@")[1]').askedBy(record({ mail: "x" }))).toBeUndefined();
});

it("a key that is neither column nor expression is a mistake with its line", () => {
  expect(() => keysOf("nobody", "mail")).toThrow(
    /migration\.yaml:3 join\[1\]\.key: There is no column `nobody`\. Its columns are _id, owner, n\./,
  );
  expect(() => keysOf("owner", "mail +")).toThrow(/join\[1\]\.to: .*neither a column nor an/);
});
