// How fast rows of a database are read, mapped and validated on one core.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readUsers, userFile } from "./inputs.mjs";
import { measurePinnedCheck } from "./pinned-check.mjs";

const LEAST_PER_SECOND = 20_000;
const ROWS_AT_ONCE = 1_000;
const TABLE = "okta_migrate_bench_users";
const COLUMNS = [
  "id",
  "email",
  "first_name",
  "last_name",
  "mobile",
  "department",
  "city",
  "country",
  "created_at",
  "password_hash",
];

const SERVERS = [
  {
    name: "PostgreSQL",
    url: process.env.BENCH_POSTGRESQL_URL ?? "postgres://postgres@127.0.0.1/test",
    open: openPostgresql,
  },
  {
    name: "MariaDB",
    url: process.env.BENCH_MARIADB_URL ?? "mysql://root@127.0.0.1/test",
    open: openMariadb,
  },
];

/** One `check` of a table on each server, start of the process included. */
export async function measureDatabaseSpeed({ folder, quick }) {
  const records = quick ? 100_000 : 1_000_000;
  const rows = [];
  for (const server of SERVERS) rows.push(await measureServer(server, { folder, records }));
  return rows;
}

async function measureServer({ name, url, open }, { folder, records }) {
  const title = `check of ${records} rows of ${name}`;
  const database = await open(url).catch((error) => ({ missing: error.message || error.code }));
  if (database.missing !== undefined) {
    return { name: title, figure: "not measured", detail: `no server: ${database.missing}` };
  }
  try {
    await fill(database, folder, records);
    const config = join(folder, `${name}.yaml`);
    writeFileSync(config, JSON.stringify({ source: { url, table: TABLE, key: "id" } }));
    const args = ["--config", config, "--run", join(folder, `check-${name}`)];
    return await measurePinnedCheck(args, {
      folder,
      name: title,
      records,
      least: LEAST_PER_SECOND,
      what: () => `${COLUMNS.length} columns and a bcrypt hash, by a key, the server on any core`,
    });
  } finally {
    await database.run(`DROP TABLE IF EXISTS ${TABLE}`);
    await database.end();
  }
}

async function fill(database, folder, records) {
  await database.run(`DROP TABLE IF EXISTS ${TABLE}`);
  const texts = COLUMNS.slice(1).map((column) => `${column} varchar(200)`);
  await database.run(`CREATE TABLE ${TABLE} (id bigint PRIMARY KEY, ${texts.join(", ")})`);
  let values = [];
  const insert = async () => {
    if (values.length > 0) await database.run(`INSERT INTO ${TABLE} VALUES ${values.join(", ")}`);
    values = [];
  };
  for await (const user of readUsers(await userFile(folder, records, "ndjson"))) {
    values.push(`(${COLUMNS.map((column) => literal(user[column])).join(", ")})`);
    if (values.length === ROWS_AT_ONCE) await insert();
  }
  await insert();
}

function literal(value) {
  if (typeof value === "number") return String(value);
  return value === null || value === undefined ? "NULL" : `'${value.replaceAll("'", "''")}'`;
}

async function openPostgresql(url) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return { run: (sql) => client.query(sql), end: () => client.end() };
}

async function openMariadb(url) {
  const { default: mysql } = await import("mysql2/promise");
  const connection = await mysql.createConnection(url);
  return { run: (sql) => connection.query(sql), end: () => connection.end() };
}
