import { expect, it } from "vitest";

import type { SourceRecord, SourceValue } from "../../core/index.ts";
import { findColumnPath, readColumnPath } from "./column-path.ts";

function read(text: string, fields: Readonly<Record<string, SourceValue>>): unknown {
  const record: SourceRecord = { seq: 1, line: 1, fields: new Map(Object.entries(fields)) };
  const path = findColumnPath(text, new Set(Object.keys(fields)));
  return path === undefined ? "no path" : readColumnPath(record, path);
}

it("a path goes into objects and lists, however deep, and ends where the record does", () => {
  expect(read("emails.0.address", { emails: [{ address: "a@example.com" }] })).toBe(
    "a@example.com",
  );
  expect(read("emails.0.address", { emails: [] })).toBeUndefined();
  expect(read("_id.$oid", { _id: { $oid: "65f1" } })).toBe("65f1");
  expect(read("a.length", { a: [1] })).toBe(1);
});

it("a column of that very name goes before a path", () => {
  expect(read("a.b", { "a.b": "column", a: { b: "path" } })).toBe("column");
});

it("a table's column that holds JSON text is looked into", () => {
  expect(read("meta.name", { meta: ' {"name": "Ada"}' })).toBe("Ada");
  expect(read("meta.0", { meta: '["x"]' })).toBe("x");
  expect(read("meta.name", { meta: "{broken" })).toBeUndefined();
  expect(read("meta.name", { meta: "name" })).toBeUndefined();
});
