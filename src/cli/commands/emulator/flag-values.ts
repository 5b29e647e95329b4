import { readFileSync } from "node:fs";
import { ConfigError } from "../../../core/index.ts";
import type { Span } from "../../../emulator/index.ts";

/** Flags as the command line gives them. */
export type Flags = Readonly<Record<string, unknown>>;

/** The highest number of a flag that has no other bound. */
export const MOST = 2 ** 31 - 1;

/** What a file says. @throws {ConfigError} OPTION_INVALID when it can't be read */
export function readText(at: string, path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw invalid(at, `can't be read: ${shown(path)}`, "Name a file that can be read.", cause);
  }
}

/** Spans of time. @throws {ConfigError} OPTION_INVALID when one of them is none */
export function readSpans(at: string, given: unknown): readonly Span[] {
  return listed(given).map((item) => {
    const match = /^(\d{1,9})-(\d{1,9})$/.exec(item);
    const span = { fromMs: Number(match?.[1]), toMs: Number(match?.[2]) };
    if (span.fromMs < span.toMs) return span;
    throw invalid(at, `is no span: ${shown(item)}`, "Give milliseconds from and to: 1000-5000.");
  });
}

/** A whole number. @throws {ConfigError} OPTION_INVALID when it is none, or out of range */
export function whole(flags: Flags, name: string, least: number, most: number): number {
  const given = flags[name];
  const number = typeof given === "string" && /^-?\d{1,10}$/.test(given) ? Number(given) : NaN;
  if (number >= least && number <= most) return number;
  const hint = `Give a whole number from ${least} to ${most}.`;
  throw invalid(flagOf(name), `is not a whole number in range: ${shown(given)}`, hint);
}

/** What stands between commas. */
export function listed(given: unknown): readonly string[] {
  return typeof given === "string" ? given.split(",") : [];
}

/** `--limit` for `limit`, `--window-ms` for `windowMs`, `--fault-429` for `fault429`. */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]|(?<=[a-z])\d+$/g, (part) => `-${part.toLowerCase()}`)}`;
}

/** What was given, short and without control characters. */
export function shown(given: unknown): string {
  return JSON.stringify(typeof given === "string" ? given.slice(0, 40) : null);
}

/** The error for a flag that makes no sense. */
export function invalid(at: string, what: string, hint: string, cause?: unknown): ConfigError {
  return new ConfigError({ code: "OPTION_INVALID", at, message: `${at} ${what}`, hint, cause });
}

/** One of a few words. @throws {ConfigError} OPTION_INVALID when it is none of them */
export function word<W extends string>(flags: Flags, name: string, words: readonly W[]): W {
  const found = words.find((known) => known === flags[name]);
  if (found !== undefined) return found;
  const hint = `Known are: ${words.join(", ")}.`;
  throw invalid(flagOf(name), `is none of them: ${shown(flags[name])}`, hint);
}
