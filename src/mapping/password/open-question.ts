import type { Reading, StoredHash } from "../../passwords/formats/index.ts";
import type { MigrationConfig, PasswordRule } from "../config/migration-config.ts";

/** So many answers are offered; whoever needs more has to find out otherwise. */
const MAX_ANSWERS = 24;

/** What the hashes of a source can be, where nothing says which of several. */
export interface OpenQuestion {
  /** The column of the hashes as messages show it. */
  readonly column: string;
  /** At least one. Each would have every one of the first records read. */
  readonly answers: readonly PasswordAnswer[];
}

/** Settings of `password` that single one reading out. */
export interface PasswordAnswer {
  readonly settings: Pick<StoredHash, "format"> & StoredHash["presumes"];
  /** As it stands in `migration.yaml`, such as `password: {format: md5}`. */
  readonly line: string;
}

/**
 * The answers that would settle what the first records' hashes are.
 *
 * @returns none where one of them is clear by itself, or where they have no answer in common
 */
export function findAnswers(
  samples: readonly Reading[],
  rule: PasswordRule | undefined,
): readonly PasswordAnswer[] {
  let common: Map<string, PasswordAnswer> | undefined;
  for (const reading of samples) {
    if (reading.kind !== "ambiguous") return [];
    const answers = new Map(
      reading.candidates.map((candidate) => {
        const answer = answerOf(candidate, rule);
        return [answer.line, answer] as const;
      }),
    );
    const earlier = common ?? answers;
    common = new Map([...earlier].filter(([line]) => answers.has(line)));
  }
  return [...(common?.values() ?? [])].slice(0, MAX_ANSWERS);
}

function answerOf(
  { format, presumes }: StoredHash,
  rule: PasswordRule | undefined,
): PasswordAnswer {
  const settings = { format, ...presumes };
  const said: Readonly<Record<string, unknown>> = { format: rule?.format, ...rule?.settings };
  const open = Object.entries(settings).filter(([key, value]) => said[key] !== value);
  const text = open.map(([key, value]) => `${key}: ${value}`).join(", ");
  return { settings, line: `password: {${text}}` };
}

/** The config with an answer written into it. */
export function withAnswer(
  config: MigrationConfig | undefined,
  { settings }: PasswordAnswer,
): MigrationConfig {
  const { format, rounds, ...rest } = settings;
  const whole = config ?? NO_CONFIG;
  const rule = whole.password ?? NO_RULE;
  return {
    ...whole,
    password: {
      ...rule,
      format,
      rounds: rounds ?? rule.rounds,
      settings: { ...rule.settings, ...rest },
    },
  };
}

const NO_RULE: PasswordRule = {
  line: 1,
  format: "auto",
  hash: undefined,
  salt: undefined,
  rounds: undefined,
  settings: {},
  pepper: undefined,
  params: [],
  paramsFile: undefined,
};

const NO_CONFIG: MigrationConfig = {
  fileName: "migration.yaml",
  source: undefined,
  preset: undefined,
  joins: [],
  scenario: undefined,
  profile: undefined,
  profileLine: undefined,
  password: undefined,
  otherwise: undefined,
  groups: [],
  groupsFrom: undefined,
  hookStores: [],
  hookThrottle: undefined,
  where: undefined,
  type: undefined,
  realm: undefined,
  clean: [],
  lossy: "ask",
  duplicates: { kind: "reject" },
};
