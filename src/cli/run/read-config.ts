import { readFile } from "node:fs/promises";
import { ConfigError } from "../../core/index.ts";
import { type MigrationConfig, parseMigrationConfig, withPreset } from "../../mapping/index.ts";

const DEFAULT_CONFIG = "migration.yaml";

/** The flags that say what config there is. */
export interface ConfigFlags {
  readonly config: string | undefined;
  readonly preset: string | undefined;
  readonly hashes: string | undefined;
}

/**
 * Reads the config: the file named, else `migration.yaml` of the working directory, where there is
 * one; below it the preset, where one is named.
 *
 * @throws {ConfigError} CONFIG_UNREADABLE, CONFIG_INVALID, OPTION_INVALID
 */
export async function readConfig({
  config,
  preset,
  hashes,
}: ConfigFlags): Promise<MigrationConfig | undefined> {
  return withPreset(await readConfigFile(config), { name: preset, hashes });
}

async function readConfigFile(named: string | undefined): Promise<MigrationConfig | undefined> {
  const path = named ?? DEFAULT_CONFIG;
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (isMissing && named === undefined) return undefined;
    throw new ConfigError({
      code: "CONFIG_UNREADABLE",
      at: "--config",
      message: `${path} can't be read${isMissing ? ": there is no such file" : ""}.`,
      hint: "Name a file that exists and that you may read.",
      cause: error,
    });
  }
  return parseMigrationConfig(text, { fileName: path });
}
