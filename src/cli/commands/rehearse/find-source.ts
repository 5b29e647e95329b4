import { join, resolve } from "node:path";
import { ConfigError, InvariantError } from "../../../core/index.ts";
import type { MigrationConfig } from "../../../mapping/index.ts";
import { absoluteLocation, openSource, type SourceOptions } from "../../../sources/index.ts";
import { sourceOptions } from "../../run/locate-run.ts";
import { EXIT } from "../../exit-codes.ts";
import type { Children, ToldEvent } from "./children.ts";
import { assertRehearsable, type RehearseOptions } from "./options.ts";
import { unwritable } from "./work-folder.ts";

const DEFAULT_USERS = 1000;

/** The source of a rehearsal, and how its processes name it. */
export interface RehearsalSource {
  readonly source: SourceOptions;
  /** Undefined: `migration.yaml` is not looked at. */
  readonly config: MigrationConfig | undefined;
  readonly name: string;
  readonly invented: boolean;
  /** Argument of `import`; none where the config names the source. */
  readonly argument: readonly string[];
  /** Where its processes work, and look for `migration.yaml`. */
  readonly cwd: string;
  readonly passwords: string | undefined;
}

/**
 * The source that flags or config name; undefined where its users are to be invented.
 *
 * @throws {ConfigError} OPTION_INVALID when it can't be rehearsed with
 */
export function namedSource(
  { run, users, passwords }: RehearseOptions,
  config: MigrationConfig | undefined,
): RehearsalSource | undefined {
  const found = users === undefined ? sourceOptions(run, config) : undefined;
  if (found === undefined) {
    refuseWithoutSource({ run, passwords });
    return undefined;
  }
  assertRehearsable(found.location, run.source === undefined ? "source" : "[source]");
  const source = { ...found, location: absoluteLocation(found.location) };
  const { name, replayable } = openSource(source);
  if (!replayable) throw isPipe();
  const argument = run.source === undefined ? [] : [source.location];
  return { source, config, name, invented: false, argument, cwd: process.cwd(), passwords };
}

/** Invented users have a mapping and passwords of their own: what was given for others would be passed over. */
function refuseWithoutSource({ run, passwords }: Pick<RehearseOptions, "run" | "passwords">): void {
  const at =
    run.config === undefined ? (passwords === undefined ? undefined : "--passwords") : "--config";
  if (at === undefined) return;
  throw new ConfigError({
    code: "SOURCE_MISSING",
    at,
    message: `${at} is for users of yours, and no source of them is named.`,
    hint: "Name one, as in: okta-migrate rehearse users.csv; without it users are invented.",
  });
}

function isPipe(): ConfigError {
  return new ConfigError({
    code: "OPTION_INVALID",
    at: "[source]",
    message: "The source is a pipe, which can be read only once.",
    hint: "Save it to a file and name that: each load reads it again.",
  });
}

/** Invents users, with their passwords, in a folder of the rehearsal's own. */
export async function inventSource(
  { users }: RehearseOptions,
  folder: string,
  children: Children,
  env: Readonly<Record<string, string>>,
): Promise<RehearsalSource> {
  const location = join(folder, "users.csv");
  const passwords = join(folder, "passwords.csv");
  const count = String(users ?? DEFAULT_USERS);
  const args = ["sample", "--users", count, "--out", location, "--passwords", passwords, "--json"];
  let message = "";
  const onEvent = (told: ToldEvent): void => {
    if (told.event === "error") message = String(told["message"]);
  };
  const child = children.start({ args, env, cwd: folder, onEvent });
  const { code, killed } = await child.ended;
  if (code === EXIT.config) {
    const cause = new Error(message);
    throw unwritable(folder, cause);
  }
  if (code !== 0 && !killed) throw new InvariantError("users could not be invented");
  return {
    source: { location },
    config: undefined,
    name: "invented-users",
    invented: true,
    argument: [location],
    cwd: folder,
    passwords,
  };
}

/** The flags that every import of a rehearsal has. */
export function importFlags({ run }: RehearseOptions): readonly string[] {
  const named = (flag: string, value: string | undefined): readonly string[] =>
    value === undefined ? [] : [flag, value];
  return [
    ...(run.scenario === "staged" || run.scenario === "hook" ? [`--${run.scenario}`] : []),
    ...named("--config", run.config === undefined ? undefined : resolve(run.config)),
    ...named("--format", run.format),
    ...named("--encoding", run.encoding),
    ...named("--delimiter", run.delimiter),
    ...named("--records", run.records),
    ...named("--sheet", run.sheet),
    ...named("--preset", run.preset),
    ...named("--hashes", run.hashes === undefined ? undefined : resolve(run.hashes)),
    ...named("--rate-share", String(run.rateShare)),
    ...named("--max-concurrency", String(run.maxConcurrency)),
    "--json",
    "--yes",
  ];
}
