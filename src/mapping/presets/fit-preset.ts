import { ConfigError, type SourceHead } from "../../core/index.ts";
import type {
  ConfiguredPreset,
  MigrationConfig,
  PasswordRule,
} from "../config/migration-config.ts";
import { showColumns } from "../show-name.ts";
import { findColumnPath } from "../values/column-path.ts";
import { presetOf } from "./presets.ts";

/**
 * Checks that a source has what every export of the preset's system has.
 *
 * @throws {ConfigError} PRESET_UNFIT
 */
export function assertOfPreset(head: SourceHead, preset: ConfiguredPreset | undefined): void {
  if (preset === undefined) return;
  const { name, title, needs } = presetOf(preset.name);
  const missing = needs.filter((group) => !group.some((column) => head.columns.includes(column)));
  if (missing.length === 0) return;
  const wanted = missing.map((group) => group.map((one) => `\`${one}\``).join(" or ")).join(", ");
  throw new ConfigError({
    code: "PRESET_UNFIT",
    at: "preset",
    message: `The source is not what the preset ${name} reads (${title}): it lacks ${wanted}. ${showColumns(head.columns)}`,
    hint: `Export it as docs/guides/from-${name}.md says, or leave the preset out and name the columns in migration.yaml.`,
  });
}

/** The head with the columns that an export may have and that the first records lack. */
export function withKnownColumns(
  head: SourceHead,
  preset: ConfiguredPreset | undefined,
): SourceHead {
  if (preset?.columns === undefined) return head;
  return { ...head, columns: [...new Set([...head.columns, ...preset.columns])] };
}

/** What a preset means for users that are blocked, unverified or deleted. */
export function notesOfPreset(config: MigrationConfig | undefined): readonly string[] {
  if (config?.preset === undefined) return [];
  const { notes, unblocked } = presetOf(config.preset.name);
  const { where } = config;
  // A condition of the operator's own says what becomes of them.
  if (where?.line !== undefined) return notes;
  const both = [where?.expression, unblocked].filter((one) => one !== undefined);
  const [only = "", second] = both;
  const condition = second === undefined ? only : both.map((one) => `(${one})`).join(" && ");
  return [
    ...notes,
    ...(where === undefined
      ? []
      : [
          `Who was deleted there is left out, by \`where: '${where.expression}'\`; a \`where\` of your own goes in its place.`,
        ]),
    ...(unblocked === undefined
      ? []
      : [`The blocked are created like all others; \`where: '${condition}'\` leaves them out.`]),
  ];
}

/** The rule for passwords; nothing where it is the preset's and the source lacks their column. */
export function passwordRule(
  head: SourceHead,
  config: MigrationConfig | undefined,
): PasswordRule | undefined {
  const rule = config?.password;
  if (config?.preset === undefined || rule?.hash === undefined) return rule;
  if (rule.hash.line !== undefined) return rule;
  const columns = new Set(head.columns);
  return findColumnPath(rule.hash.column, columns) === undefined ? undefined : rule;
}
