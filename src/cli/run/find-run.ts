import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { ConfigError } from "../../core/index.ts";
import { journalExists } from "../../journal/index.ts";
import { RUNS_FOLDER } from "./run-folder.ts";

/**
 * The folder of the only run in `okta-migrate-runs`.
 *
 * @throws {ConfigError} RUN_NOT_FOUND when there is none, or more than one
 */
export async function findOnlyRun(): Promise<string> {
  const runs: string[] = [];
  for (const name of await readdir(RUNS_FOLDER).catch(() => [])) {
    const folder = join(RUNS_FOLDER, name);
    if (await journalExists(folder)) runs.push(folder);
  }
  const [only, second] = runs;
  if (only !== undefined && second === undefined) return only;
  throw new ConfigError({
    code: "RUN_NOT_FOUND",
    at: "--run",
    message:
      only === undefined
        ? `There is no run in ${RUNS_FOLDER}.`
        : `There are several runs in ${RUNS_FOLDER}: ${runs.join(", ")}.`,
    hint: "Name the folder of the run in --run.",
  });
}
