import { NAMED_ALGORITHMS, type NamedAlgorithm } from "../../../canary/index.ts";
import { ConfigError } from "../../../core/index.ts";
import type { SourceFlags } from "../../run/locate-run.ts";

/** The flags of `canary`, checked. */
export interface CanaryOptions extends SourceFlags {
  readonly config: string | undefined;
  /** Named ones go before the source; undefined: what the source needs. */
  readonly algorithms: readonly NamedAlgorithm[] | undefined;
  readonly thorough: boolean;
  readonly loginDomain: string | undefined;
  readonly clean: boolean;
  readonly json: boolean;
  readonly yes: boolean;
}

/**
 * Checks the flags of `canary`.
 *
 * @throws {ConfigError} OPTION_INVALID when one makes no sense
 */
export function readCanaryOptions(
  source: string | undefined,
  flags: Readonly<Record<string, unknown>>,
): CanaryOptions {
  const text = (name: string): string | undefined => {
    const value = flags[name];
    return typeof value === "string" ? value : undefined;
  };
  return {
    source,
    // As the config says.
    format: undefined,
    encoding: undefined,
    delimiter: undefined,
    records: undefined,
    sheet: undefined,
    preset: text("preset"),
    hashes: text("hashes"),
    config: text("config"),
    algorithms: readAlgorithms(text("algorithm")),
    thorough: flags["thorough"] === true,
    loginDomain: readDomain(text("loginDomain")),
    clean: flags["clean"] === true,
    json: flags["json"] === true,
    yes: flags["yes"] === true,
  };
}

function readAlgorithms(given: string | undefined): readonly NamedAlgorithm[] | undefined {
  return given?.split(",").map((part) => {
    const plain = part.trim().toLowerCase().replace("-", "");
    const found = NAMED_ALGORITHMS.find((name) => name.replace("-", "") === plain);
    if (found !== undefined) return found;
    throw invalid(
      "--algorithm",
      `names none that Okta takes: ${shown(part)}`,
      `Give some of: ${NAMED_ALGORITHMS.join(", ")}.`,
    );
  });
}

function readDomain(given: string | undefined): string | undefined {
  if (given === undefined || /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(given)) return given;
  throw invalid(
    "--login-domain",
    `is no domain: ${shown(given)}`,
    "Give one such as acme.com, without @.",
  );
}

/** What was given, short and without control characters. */
function shown(given: string): string {
  return JSON.stringify(given.slice(0, 40));
}

function invalid(at: string, what: string, hint: string): ConfigError {
  return new ConfigError({ code: "OPTION_INVALID", at, message: `${at} ${what}`, hint });
}
