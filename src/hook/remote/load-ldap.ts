import { ConfigError } from "../../core/index.ts";
import type { LdapLibrary } from "./check-by-directory.ts";

/**
 * Loads the library that speaks to directories: whoever asks none need not have it.
 *
 * @throws {ConfigError} CONFIG_INVALID when it is not installed
 */
export async function loadLdap(): Promise<LdapLibrary> {
  try {
    return await import("ldapts");
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "ERR_MODULE_NOT_FOUND")) {
      throw cause;
    }
    throw new ConfigError({
      code: "CONFIG_INVALID",
      at: "hook.stores",
      message: "The driver for LDAP directories is not installed.",
      hint: "Install it where okta-migrate is installed: npm install ldapts@8.1.7",
      cause,
    });
  }
}
