import type { ExitCode } from "../../exit-codes.ts";
import { carryOut } from "../../run/carry-out.ts";
import type { RunOptions } from "../../run/run-options.ts";

/** Carries the run out, or goes on with it. */
export function runImport(options: RunOptions): Promise<ExitCode> {
  return carryOut(options, "pending");
}
