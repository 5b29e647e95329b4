import { loadDriver } from "../load-driver.ts";

const DRIVER = {
  speaksTo: "LDAP",
  packages: "ldapts@8.1.7",
  load: () => import("ldapts"),
};

/**
 * Loads the library that speaks to directories.
 *
 * @throws {SourceError} DRIVER_MISSING when it is not installed
 */
export function loadLdap(): Promise<typeof import("ldapts")> {
  return loadDriver(DRIVER);
}
