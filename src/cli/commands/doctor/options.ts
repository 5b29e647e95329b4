import type { Scenario } from "../../../core/index.ts";
import type { SourceFlags } from "../../run/locate-run.ts";
import { readOptionalWhole, readRunOptions } from "../../run/run-options.ts";

/** The flags of `doctor`, checked. */
export interface DoctorOptions extends SourceFlags {
  readonly config: string | undefined;
  /** Undefined: as the config says. */
  readonly scenario: Scenario | undefined;
  readonly users: number | undefined;
  /** Above 0, up to 1. */
  readonly rateShare: number;
  readonly maxConcurrency: number;
  readonly json: boolean;
}

/**
 * Checks the flags of `doctor`; those of `import` mean the same.
 *
 * @throws {ConfigError} OPTION_INVALID when one makes no sense
 */
export function readDoctorOptions(
  source: string | undefined,
  flags: Readonly<Record<string, unknown>>,
): DoctorOptions {
  const { users } = flags;
  return {
    ...readRunOptions(source, flags),
    users: readOptionalWhole("--users", typeof users === "string" ? users : undefined, 1),
  };
}
