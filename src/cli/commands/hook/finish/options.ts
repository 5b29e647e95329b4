import type { ResetMail } from "../../../../core/index.ts";
import { type Flags, invalid, readCount, readRateShare, textOf } from "../programme-flags.ts";

/** The flags of `hook finish`, checked. */
export interface FinishOptions {
  /** In milliseconds since 1970; undefined: everybody. */
  readonly beforeMs: number | undefined;
  readonly run: string | undefined;
  readonly mail: ResetMail;
  readonly wave: number;
  readonly pauseMs: number;
  readonly limit: number | undefined;
  readonly hookAfter: "keep" | "remove" | "remove-if-unneeded";
  readonly rateShare: number;
  readonly yes: boolean;
  readonly json: boolean;
}

const MAIL_PAUSE_MS = 60_000;
const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };
const LONGEST_PAUSE_MS = 7 * 86_400_000;

/**
 * Checks the flags of `hook finish`.
 *
 * @throws {ConfigError} OPTION_INVALID when one makes no sense, or none says who is meant
 */
export function readFinishOptions(flags: Flags): FinishOptions {
  const before = textOf(flags, "before");
  if ((before === undefined) === (flags["all"] !== true)) {
    throw invalid(
      "--all",
      before === undefined ? "or --before is missing" : "and --before exclude one another",
      "Say who is meant: --all, or --before 2026-09-01 for those who were created before that day.",
    );
  }
  const mail = flags["sendMail"] === true ? "mail" : "no-mail";
  const pause = textOf(flags, "pause");
  return {
    beforeMs: before === undefined ? undefined : readDay(before),
    run: textOf(flags, "run"),
    mail,
    wave: readCount("--wave", textOf(flags, "wave")) ?? 1,
    pauseMs: pause === undefined ? (mail === "mail" ? MAIL_PAUSE_MS : 0) : readPause(pause),
    limit: readCount("--limit", textOf(flags, "limit")),
    hookAfter: readHookAfter(flags),
    rateShare: readRateShare(flags),
    yes: flags["yes"] === true,
    json: flags["json"] === true,
  };
}

function readHookAfter(flags: Flags): FinishOptions["hookAfter"] {
  const [keep, remove] = [flags["keepHook"] === true, flags["removeHook"] === true];
  if (keep && remove) {
    throw invalid("--keep-hook", "and --remove-hook exclude one another", "Give one of them.");
  }
  return keep ? "keep" : remove ? "remove" : "remove-if-unneeded";
}

/** A day, at its beginning by UTC, or an instant. */
function readDay(text: string): number {
  const isDay = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?Z)?$/.test(text);
  const atMs = isDay ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(atMs)) return atMs;
  throw invalid(
    "--before",
    "is no day",
    "Write it as 2026-09-01, or with a time: 2026-09-01T08:00Z.",
  );
}

function readPause(text: string): number {
  const [, count, unit = "s"] = /^(\d{1,6})([smh])?$/.exec(text) ?? [];
  const ms = count === undefined ? Number.NaN : Number(count) * (UNITS_MS[unit] ?? Number.NaN);
  if (ms <= LONGEST_PAUSE_MS) return ms;
  throw invalid("--pause", "is no time of at most a week", "Write it as 90s, 10m or 2h.");
}
