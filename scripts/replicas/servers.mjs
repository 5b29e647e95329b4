// A corner of PostgreSQL and of Redis that is nobody else's.
import { randomBytes } from "node:crypto";
import { createClient } from "@redis/client";
import pg from "pg";

/** So long look-ups wait, so that they are on their way when their connections end. */
const HELD_MS = 100;

/** @returns the addresses of store and throttle there, and how the corner is left as it was */
export async function takeCorner({ postgresql, redis }) {
  const name = `okta_migrate_test_${randomBytes(6).toString("hex")}`;
  const database = new pg.Client({ connectionString: postgresql });
  const cache = createClient({ url: redis, socket: { reconnectStrategy: false } });
  cache.on("error", () => undefined);
  await database.connect();
  await cache.connect();
  return {
    store: `${postgresql}?schema=${name}`,
    throttle: `${redis}?prefix=${name}:`,
    /** Ends the connections over which replicas look logins up, while they do. */
    loseConnections: async () => {
      await database.query(`BEGIN; LOCK TABLE ${name}.sealed_store IN ACCESS EXCLUSIVE MODE`);
      await new Promise((resolve) => setTimeout(resolve, HELD_MS));
      const { rowCount } = await database.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE query LIKE '%"${name}"."sealed_store" AS store%' AND state = 'active'
           AND pid <> pg_backend_pid()`,
      );
      await database.query("COMMIT");
      return rowCount;
    },
    leave: async () => {
      await database.query(`DROP SCHEMA IF EXISTS ${name} CASCADE`);
      await database.end();
      const keys = await cache.keys(`${name}:*`);
      if (keys.length > 0) await cache.del(keys);
      cache.destroy();
    },
  };
}
