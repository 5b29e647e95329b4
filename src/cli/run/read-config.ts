import { access, readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { ConfigError } from "../../core/index.ts";
import { type MigrationConfig, parseMigrationConfig, withPreset } from "../../mapping/index.ts";
import { absoluteLocation } from "../../sources/index.ts";

const DEFAULT_CONFIG = "migration.yaml";

/** The flags that say what config there is. */
export interface ConfigFlags {
  readonly config: string | undefined;
  readonly preset: string | undefined;
  readonly hashes: string | undefined;
  /** Folder that relative paths in the file go by. @default the working directory */
  readonly configBase?: string;
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
  configBase,
}: ConfigFlags): Promise<MigrationConfig | undefined> {
  const read = await readConfigFile(config);
  const own = read === undefined || configBase === undefined ? read : located(read, configBase);
  return withPreset(own, { name: preset, hashes });
}

/** The config with all its paths made absolute. */
function located(config: MigrationConfig, base: string): MigrationConfig {
  const place = (location: string | undefined): string | undefined =>
    location === undefined ? undefined : absoluteLocation(location, base);
  const { source, preset, joins } = config;
  return {
    ...config,
    source: source && { ...source, location: place(source.location) },
    preset: preset && { ...preset, hashes: place(preset.hashes) },
    joins: joins.map((join) => ({
      ...join,
      source: { ...join.source, location: place(join.source.location) },
    })),
  };
}

/** Absolute path of the file that {@link readConfig} reads; undefined where there is none. */
export async function configFile({
  config,
}: Pick<ConfigFlags, "config">): Promise<string | undefined> {
  if (config !== undefined) return resolve(config);
  const isThere = await access(DEFAULT_CONFIG).then(
    () => true,
    () => false,
  );
  return isThere ? resolve(DEFAULT_CONFIG) : undefined;
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
