import { ConfigError } from "../core/index.ts";

/** The variables that are read, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

const TIMEOUT_NAME = "OKTA_MIGRATE_REQUEST_TIMEOUT_MS";
/** Below, no org answers in time; above, a hanging connection holds its place for too long. */
const TIMEOUT_RANGE_MS = { least: 100, most: 600_000 };

/**
 * Reads how long one request may take; undefined where that is not said.
 *
 * @throws {ConfigError} OPTION_INVALID when it is no number in range
 */
export function readRequestTimeout(environment: Environment): number | undefined {
  const text = environment[TIMEOUT_NAME];
  if (!isSet(text)) return undefined;
  const { least, most } = TIMEOUT_RANGE_MS;
  const ms = /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : Number.NaN;
  if (ms >= least && ms <= most) return ms;
  throw new ConfigError({
    code: "OPTION_INVALID",
    at: TIMEOUT_NAME,
    message: `${TIMEOUT_NAME} is not a number of milliseconds in range.`,
    hint: `Give a whole number from ${least} to ${most}, or unset it.`,
  });
}

/** Whether a variable holds more than white space. */
export function isSet(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== "";
}
