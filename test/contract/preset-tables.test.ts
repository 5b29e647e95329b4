import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "libsql";
import { expect, it } from "vitest";
import { isUnreadable, type UserSource } from "../../src/core/index.ts";
import { planMapping, type PresetName, withPreset } from "../../src/mapping/index.ts";
import { openSource } from "../../src/sources/index.ts";
import { builtInSchema } from "../../src/validation/index.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const EXPORTS = fileURLToPath(new URL("../../fixtures/exports/", import.meta.url));

/** The tables that a preset's query reads, each filled from its export. */
const TABLES: readonly (readonly [PresetName, file: string, table: string, extra?: string])[] = [
  ["django", "auth_user.csv", "auth_user"],
  ["devise", "users.csv", "users"],
  ["laravel", "users.csv", "users"],
  [
    "wordpress",
    "users.csv",
    "wp_users",
    "CREATE TABLE wp_usermeta (user_id, meta_key, meta_value);" +
      "INSERT INTO wp_usermeta SELECT ID, 'first_name', first_name FROM wp_users;" +
      "INSERT INTO wp_usermeta SELECT ID, 'last_name', last_name FROM wp_users",
  ],
  [
    "drupal",
    "users_field_data.csv",
    "users_field_data",
    // Ada's name in a second language: a row of its own, and the same person.
    "CREATE TEMP TABLE translated AS SELECT * FROM users_field_data WHERE uid = '1';" +
      "UPDATE translated SET langcode = 'de', default_langcode = 0;" +
      "INSERT INTO users_field_data SELECT * FROM translated",
  ],
  [
    "aspnet-identity",
    "AspNetUsers.csv",
    "AspNetUsers",
    "CREATE TABLE AspNetUserClaims (UserId, ClaimType, ClaimValue);" +
      "INSERT INTO AspNetUserClaims SELECT Id, 'given_name', GivenName FROM AspNetUsers;" +
      "INSERT INTO AspNetUserClaims SELECT Id, 'family_name', Surname FROM AspNetUsers",
  ],
  ["spring-security", "users.csv", "users"],
];

/** Columns that a query compares or orders as numbers. */
const NUMBERS = new Set(["id", "default_langcode"]);

async function recordsOf(source: UserSource): Promise<Map<string, unknown>[]> {
  const records: Map<string, unknown>[] = [];
  for await (const batch of source.read()) {
    for (const entry of batch) if (!isUnreadable(entry)) records.push(new Map(entry.fields));
  }
  return records;
}

async function fillTable(path: string, table: string, csv: string, extra: string): Promise<number> {
  const source = openSource({ location: csv });
  const { columns } = await source.head();
  const records = await recordsOf(source);
  const database = new Database(path);
  database.exec(`CREATE TABLE "${table}" (${columns.map((one) => `"${one}"`).join(", ")})`);
  const insert = database.prepare(
    `INSERT INTO "${table}" VALUES (${columns.map(() => "?").join(", ")})`,
  );
  for (const record of records) {
    insert.run(
      columns.map((column) =>
        NUMBERS.has(column) ? Number(record.get(column)) : record.get(column),
      ),
    );
  }
  database.exec(extra);
  database.close();
  return records.length;
}

it.each(
  TABLES.map(([name, file, table, extra]) => [name, file, table, extra ?? "SELECT 1"] as const),
)("the query of %s gives what its mapping needs", async (name, file, table, extra) => {
  const path = join(makeTempFolder(), "app.sqlite");
  const count = await fillTable(path, table, join(EXPORTS, name, file), extra);
  const config = withPreset(undefined, { name, hashes: undefined });
  const { key: _, ...database } = config?.source?.database ?? {};
  const source = openSource({ location: path, database });
  const head = await source.head();
  const mapping = planMapping({ head, config, schema: builtInSchema() });
  expect(mapping.carriesPasswords).toBe(true);
  const drafts = [];
  for await (const batch of source.read()) {
    for (const entry of batch) if (!isUnreadable(entry)) drafts.push(mapping.map(entry));
  }
  expect(drafts).toHaveLength(count);
  expect(drafts[0]?.issues).toEqual([]);
  expect(drafts[0]?.draft.profile).toMatchObject({
    login: "ada.byron@example.com",
    lastName: "Byron",
  });
  expect(drafts[0]?.draft.password.kind).toBe(name === "wordpress" ? "unusable" : "hash");
});
