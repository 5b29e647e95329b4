import { ConfigError } from "../../../core/index.ts";
import { journalExists } from "../../../journal/index.ts";
import type { ExitCode } from "../../exit-codes.ts";
import { carryOut } from "../../run/carry-out.ts";
import { findOnlyRun } from "../../run/find-run.ts";
import type { RunOptions } from "../../run/run-options.ts";

/**
 * Takes the failed records of a run up again.
 *
 * @throws {ConfigError} RUN_NOT_FOUND when there is no run to take up
 */
export async function runRetry(options: RunOptions): Promise<ExitCode> {
  if (options.run !== undefined && !(await journalExists(options.run))) {
    throw new ConfigError({
      code: "RUN_NOT_FOUND",
      at: "--run",
      message: `${options.run} holds no run.`,
      hint: "Name the folder of the run, as in: okta-migrate retry --run DIR",
    });
  }
  const named = options.run !== undefined || options.source !== undefined;
  return carryOut(named ? options : { ...options, run: await findOnlyRun() }, "failed");
}
