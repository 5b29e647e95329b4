import { ConfigError } from "../../core/index.ts";
import type {
  ConfiguredJoin,
  ConfiguredPreset,
  ConfiguredSource,
  MigrationConfig,
  NamedColumn,
  PasswordRule,
  ProfileRule,
} from "../config/migration-config.ts";
import { parseMigrationConfig } from "../config/parse-migration-config.ts";
import { findNearest, suggest } from "../did-you-mean.ts";
import { showName } from "../show-name.ts";
import { PRESET_NAMES, type PresetName, presetOf } from "./presets.ts";

/** A preset as the command line names it. */
export interface NamedPreset {
  readonly name: string | undefined;
  /** The file of password hashes. */
  readonly hashes: string | undefined;
}

/**
 * The config with a preset below it: what the operator wrote wins, attribute by attribute, and key by
 * key of `source` and `password`.
 *
 * @param named what the command line says; it wins over the config's own preset
 * @returns undefined where there is neither a config nor a preset
 * @throws {ConfigError} OPTION_INVALID when there is no such preset, or it has no file of hashes
 */
export function withPreset(
  config: MigrationConfig | undefined,
  named: NamedPreset,
): MigrationConfig | undefined {
  const chosen = choosePreset(config, named);
  if (chosen === undefined) return config;
  const preset = presetOf(chosen.name);
  const base = readPreset(chosen.name);
  const own = config ?? { ...base, ...NOTHING };
  const columns = [...preset.needs.flat(), ...preset.columns];
  return {
    ...own,
    source: mergeSource(base.source, own.source),
    preset: { ...chosen, columns },
    joins: own.joins.length > 0 ? own.joins : joinHashes(base.joins, chosen),
    scenario: own.scenario ?? base.scenario,
    profile: mergeProfile(base.profile, own.profile),
    password: mergePassword(base.password, own.password),
    otherwise: own.otherwise ?? base.otherwise,
    where: own.where ?? base.where,
  };
}

/** How a preset says that its source is read. */
export function presetSource(name: PresetName): ConfiguredSource {
  return readPreset(name).source ?? { location: undefined };
}

function readPreset(name: PresetName): MigrationConfig {
  const { config } = presetOf(name);
  return withoutLines(parseMigrationConfig(config, { fileName: `preset ${name}` }));
}

const NOTHING = {
  fileName: "migration.yaml",
  source: undefined,
  preset: undefined,
  joins: [],
  profile: undefined,
  profileLine: undefined,
  password: undefined,
  where: undefined,
} as const;

function choosePreset(
  config: MigrationConfig | undefined,
  { name, hashes }: NamedPreset,
): ConfiguredPreset | undefined {
  const known = config?.preset;
  const found = name === undefined ? known?.name : assertPresetName(name);
  if (found === undefined) {
    if (hashes === undefined) return undefined;
    throw invalid("--hashes", "needs a preset", "Name one with --preset, such as auth0.");
  }
  return { name: found, hashes: hashes ?? known?.hashes };
}

function assertPresetName(name: string): PresetName {
  const found = PRESET_NAMES.find((one) => one === name);
  if (found !== undefined) return found;
  const nearest = suggest(findNearest(name, PRESET_NAMES));
  throw invalid(
    "--preset",
    `knows no ${showName(name)}.${nearest}`.replace(/\.$/, ""),
    `Give one of: ${PRESET_NAMES.join(", ")}. \`--preset list\` tells what each is.`,
  );
}

/** Rules of a preset stand on no line of the operator's file. */
function withoutLines(config: MigrationConfig): MigrationConfig {
  const { password, where } = config;
  const profile = config.profile?.map((rule) => ({ ...rule, line: undefined }));
  return {
    ...config,
    profile,
    where: where === undefined ? undefined : { ...where, line: undefined },
    password:
      password === undefined
        ? undefined
        : {
            ...password,
            line: undefined,
            hash: withoutLine(password.hash),
            salt: withoutLine(password.salt),
            params: password.params.map(({ name, column }) => ({
              name,
              column: { ...column, line: undefined },
            })),
            ...(password.paramsFile === undefined ? {} : { paramsFile: { line: undefined } }),
          },
  };
}

function withoutLine(named: NamedColumn | undefined): NamedColumn | undefined {
  return named === undefined ? undefined : { ...named, line: undefined };
}

/** The preset's own path is no path: it stands for the operator's. */
function mergeSource(
  base: ConfiguredSource | undefined,
  own: ConfiguredSource | undefined,
): ConfiguredSource {
  const { location: _, database, ...reading } = base ?? { location: undefined };
  const { table, query } = own?.database ?? {};
  const asked = table === undefined && query === undefined ? database : undefined;
  const merged = { ...asked, ...own?.database };
  return {
    ...reading,
    location: undefined,
    ...own,
    ...(Object.keys(merged).length === 0 ? {} : { database: merged }),
  };
}

function joinHashes(
  joins: readonly ConfiguredJoin[],
  { name, hashes }: ConfiguredPreset,
): readonly ConfiguredJoin[] {
  if (hashes === undefined) return [];
  if (joins.length === 0) {
    throw invalid(
      "--hashes",
      `is not for ${name}, whose export holds the password hashes or has none`,
      "Leave it out, or join another source with `join` in migration.yaml.",
    );
  }
  return joins.map((join) => ({ ...join, source: { ...join.source, location: hashes } }));
}

function mergeProfile(
  base: readonly ProfileRule[] | undefined,
  own: readonly ProfileRule[] | undefined,
): readonly ProfileRule[] | undefined {
  if (base === undefined || own === undefined) return own ?? base;
  const rules = new Map(base.map((rule) => [rule.attribute, rule]));
  for (const rule of own) rules.set(rule.attribute, rule);
  return [...rules.values()];
}

function mergePassword(
  base: PasswordRule | undefined,
  own: PasswordRule | undefined,
): PasswordRule | undefined {
  if (base === undefined || own === undefined || own.hash !== undefined) return own ?? base;
  return {
    line: own.line,
    format: own.format === "auto" ? base.format : own.format,
    hash: base.hash,
    salt: own.salt ?? base.salt,
    rounds: own.rounds ?? base.rounds,
    settings: { ...base.settings, ...own.settings },
    pepper: own.pepper ?? base.pepper,
    params: own.params.length > 0 ? own.params : base.params,
    paramsFile: own.paramsFile ?? base.paramsFile,
  };
}

function invalid(at: string, what: string, hint: string): ConfigError {
  return new ConfigError({ code: "OPTION_INVALID", at, message: `${at} ${what}.`, hint });
}
