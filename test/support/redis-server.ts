import { randomBytes } from "node:crypto";
import { createClient } from "@redis/client";
import { afterAll } from "vitest";

/** The Redis of this machine, in a corner of its own that is gone after the tests of a file. */
export interface TestRedis {
  readonly port: number;
  /** The address as a whole, with corners for others. */
  readonly whole: string;
  /** The address with a prefix that no other test has; over another port where a wire leads to it. */
  url(port?: number): string;
  /** All keys in that corner. */
  keys(): Promise<readonly string[]>;
  /** Milliseconds that a key of it lives still. */
  livesMs(key: string): Promise<number>;
}

const URL_GIVEN = process.env["TEST_REDIS_URL"] ?? "redis://127.0.0.1:6379";

/** The Redis of this machine, or why there is none. @throws on a build machine (`CI=true`) that has none */
export async function findRedis(): Promise<
  { readonly server: TestRedis } | { readonly missing: string }
> {
  const prefix = `okta-migrate-test-${randomBytes(6).toString("hex")}:`;
  const client = createClient({ url: URL_GIVEN, socket: { reconnectStrategy: false } });
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (cause) {
    if (process.env["CI"] === "true") throw new Error("Redis is missing", { cause });
    return { missing: "Redis is not running here" };
  }
  const keys = (): Promise<string[]> => client.keys(`${prefix}*`);
  afterAll(async () => {
    const left = await keys();
    if (left.length > 0) await client.del(left);
    client.destroy();
  });
  const { hostname: host, port: portText } = new URL(URL_GIVEN);
  const port = Number(portText || 6379);
  return {
    server: {
      port,
      whole: URL_GIVEN,
      url: (at = port) => `redis://${host}:${at}?prefix=${prefix}`,
      keys,
      livesMs: (key) => client.pTTL(key),
    },
  };
}
