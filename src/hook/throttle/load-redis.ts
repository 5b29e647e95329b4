import { ConfigError } from "../../core/index.ts";

/** The library that speaks to Redis. */
export type RedisLibrary = Pick<typeof import("@redis/client"), "createClient" | "ErrorReply">;

/**
 * Loads the library that speaks to Redis: one replica alone needs none.
 *
 * @throws {ConfigError} CONFIG_INVALID when it is not installed
 */
export async function loadRedis(): Promise<RedisLibrary> {
  try {
    return await import("@redis/client");
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "ERR_MODULE_NOT_FOUND")) {
      throw cause;
    }
    throw new ConfigError({
      code: "CONFIG_INVALID",
      at: "--throttle",
      message: "The driver for Redis is not installed.",
      hint: "Install it where okta-migrate is installed: npm install @redis/client@6.3.1",
      cause,
    });
  }
}
