import { ConfigError } from "../../../core/index.ts";

/** Flags as the command line gives them. */
export type Flags = Readonly<Record<string, unknown>>;

/** A flag's text; undefined where it was not given. */
export function textOf(flags: Flags, name: string): string | undefined {
  const value = flags[name];
  return typeof value === "string" ? value : undefined;
}

/** `--rate-share`. @throws {ConfigError} OPTION_INVALID */
export function readRateShare(flags: Flags): number {
  const text = textOf(flags, "rateShare") ?? "";
  const share = /^\d{0,3}(?:\.\d{1,6})?$/.test(text) && text !== "" ? Number(text) : Number.NaN;
  if (share > 0 && share <= 1) return share;
  throw invalid("--rate-share", "is no part of a limit", "Give a number above 0 and up to 1.");
}

/** A whole number from 1 on; undefined where it was not given. @throws {ConfigError} OPTION_INVALID */
export function readCount(at: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (count >= 1) return count;
  throw invalid(at, "is no whole number from 1 on", "Give a number of users.");
}

/** What is thrown for a flag that makes no sense. */
export function invalid(at: string, what: string, hint: string): ConfigError {
  return new ConfigError({ code: "OPTION_INVALID", at, message: `${at} ${what}.`, hint });
}
