import { printableName } from "../printable-name.ts";
import type { SourceOptions } from "../source-options.ts";
import { isDirectoryAddress, parseDirectoryAddress } from "./directory-address.ts";
import { DirectorySource } from "./directory-source.ts";
import { planSearch } from "./search-plan.ts";

/**
 * Opens a location as a directory; undefined where it is none. Nothing is read yet.
 *
 * @throws {ConfigError} OPTION_INVALID when the address can't be read, or contradicts the config
 */
export function openDirectory(options: SourceOptions): DirectorySource | undefined {
  const { location, password, signal, directory } = options;
  if (!isDirectoryAddress(location)) return undefined;
  const plan = planSearch(parseDirectoryAddress(location), directory);
  const { host, base } = plan.address;
  const [, unit = ""] = /^[^=]*=([^,]*)/.exec(base) ?? [];
  return new DirectorySource({
    name: printableName(unit.trim() === "" ? host : `${host}-${unit.trim()}`),
    location,
    plan,
    password,
    signal,
  });
}
