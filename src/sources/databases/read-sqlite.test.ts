import { join } from "node:path";
import Database from "libsql";
import { expect, it } from "vitest";
import { makeTempFolder } from "../../../test/support/temp-folder.ts";
import type { Row } from "./database-connection.ts";
import { openSqlite } from "./read-sqlite.ts";

async function rowsOf(sql: string): Promise<{ columns: readonly string[]; rows: Row[] }> {
  const path = join(makeTempFolder(), "users.db");
  const database = new Database(path);
  database.exec(
    "CREATE TABLE users (id INTEGER PRIMARY KEY, name); INSERT INTO users VALUES (1, 'Zoë')",
  );
  database.close();
  const reader = await openSqlite(path);
  const rows: Row[] = [];
  let columns: readonly string[] = [];
  for await (const batch of reader.read(sql)) {
    columns = batch.columns;
    rows.push(...batch.rows);
  }
  await reader.close();
  return { columns, rows };
}

it("columns whose names differ in case alone keep their own values", async () => {
  expect(await rowsOf("SELECT name, 'x' AS Name, 'y' AS NAME FROM users")).toEqual({
    columns: ["name", "Name", "NAME"],
    rows: [["Zoë", "x", "y"]],
  });
});

it("a query keeps its order, and may have a WITH of its own", async () => {
  const sql =
    'WITH n (i) AS (VALUES (1), (3), (2)) SELECT i, \'"\' AS "a""b" FROM n ORDER BY i DESC -- so';
  expect((await rowsOf(sql)).rows).toEqual([
    [3, '"'],
    [2, '"'],
    [1, '"'],
  ]);
});

it("an infinite number is text, as no JSON number is one", async () => {
  expect((await rowsOf("SELECT 9e999 AS a, -9e999 AS b")).rows).toEqual([
    ["Infinity", "-Infinity"],
  ]);
});
