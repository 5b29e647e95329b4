import { randomBytes } from "node:crypto";
import mysql from "mysql2/promise";
import pg from "pg";
import { afterAll } from "vitest";

/** A server on this machine that tests may make tables in. */
export interface TestServer {
  /** Address with a user that needs no password. */
  readonly url: string;
  /** Runs a statement. @returns its rows, each an object */
  run(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/** A server, or the reason why there is none. */
export type FoundServer = { readonly server: TestServer } | { readonly missing: string };

const POSTGRESQL = process.env["TEST_POSTGRESQL_URL"] ?? "postgres://postgres@127.0.0.1/test";
const MARIADB = process.env["TEST_MARIADB_URL"] ?? "mysql://root@127.0.0.1/test";

/** The PostgreSQL of this machine. @throws on a build machine (`CI=true`) that has none */
export async function findPostgresql(): Promise<FoundServer> {
  const client = new pg.Client({ connectionString: POSTGRESQL, connectionTimeoutMillis: 5000 });
  client.on("error", () => undefined);
  return found("PostgreSQL", async () => {
    await client.connect();
    afterAll(() => client.end());
    return {
      url: POSTGRESQL,
      run: async (sql) => (await client.query<Record<string, unknown>>(sql)).rows,
    };
  });
}

/** The MariaDB of this machine. @throws on a build machine (`CI=true`) that has none */
export async function findMariadb(): Promise<FoundServer> {
  return found("MariaDB", async () => {
    const connection = await mysql.createConnection({ uri: MARIADB, connectTimeout: 5000 });
    afterAll(() => connection.end());
    return {
      url: MARIADB,
      run: async (sql) => {
        const [rows] = await connection.query<mysql.RowDataPacket[]>(sql);
        return Array.isArray(rows) ? rows : [];
      },
    };
  });
}

async function found(name: string, open: () => Promise<TestServer>): Promise<FoundServer> {
  try {
    return { server: await open() };
  } catch (cause) {
    if (process.env["CI"] === "true") throw new Error(`${name} is missing`, { cause });
    return { missing: `${name} is not running here` };
  }
}

/** A name of a table that no other test has. */
export function tableName(): string {
  return `okta_migrate_test_${randomBytes(6).toString("hex")}`;
}
