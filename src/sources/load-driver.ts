import { SourceError } from "../core/index.ts";

/** A library that speaks to one kind of server, as npm names it. */
export interface Driver<T> {
  /** For people: `PostgreSQL`. */
  readonly speaksTo: string;
  /** What npm installs, such as `pg@8.23.1 pg-cursor@2.22.0`. */
  readonly packages: string;
  readonly load: () => Promise<T>;
}

/**
 * Loads a driver when it is first needed: whoever reads files alone need not have it.
 *
 * @throws {SourceError} DRIVER_MISSING when it is not installed
 */
export async function loadDriver<T>({ speaksTo, packages, load }: Driver<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "ERR_MODULE_NOT_FOUND")) {
      throw cause;
    }
    throw new SourceError({
      code: "DRIVER_MISSING",
      message: `The driver for ${speaksTo} is not installed.`,
      hint: `Install it where okta-migrate is installed: npm install ${packages}`,
      cause,
    });
  }
}
