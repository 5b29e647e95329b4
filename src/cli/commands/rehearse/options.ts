import { ConfigError } from "../../../core/index.ts";
import { LIMIT_PLANS } from "../../../emulator/index.ts";
import { readRunOptions, type RunOptions } from "../../run/run-options.ts";
import { flagOf, invalid, shown, whole } from "../emulator/flag-values.ts";

/** What `rehearse` was asked for, checked. */
export interface RehearseOptions {
  /** Those of the imports, as far as they are set here. */
  readonly run: RunOptions;
  readonly limits: RehearsedLimits;
  /** Ascending; `all` is last. */
  readonly loads: readonly (number | "all")[];
  /** Longest time of a load at the limits. */
  readonly atMostMs: number;
  /** How many users to invent; undefined: those of the source, where one is named. */
  readonly users: number | undefined;
  readonly passwords: string | undefined;
  readonly faults: boolean;
  readonly out: string | undefined;
}

/** The limits of the org that is rehearsed. */
export interface RehearsedLimits {
  /** Undefined where a number was given instead. */
  readonly plan: string | undefined;
  readonly createsPerMinute: number;
  /** In which time a minute of the org passes. */
  readonly windowMs: number;
}

const DEFAULT_PLAN = "workforce";
const CREATE_BUCKET = "POST /api/v1/users";
const MOST_USERS = 10_000_000;
const MOST_LOADS = 20;
/** `X-Rate-Limit-Reset` counts whole seconds: a shorter window can't be told from its neighbours. */
const WINDOW_RANGE_MS = { least: 1000, most: 60_000 };
const UNITS_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

/**
 * Checks the flags of `rehearse`.
 *
 * @throws {ConfigError} OPTION_INVALID when one makes no sense, or would read from elsewhere
 */
export function readRehearseOptions(
  source: string | undefined,
  flags: Readonly<Record<string, unknown>>,
): RehearseOptions {
  const { limit: _limit, ...forRun } = flags;
  const users = flags["users"] === undefined ? undefined : whole(flags, "users", 1, MOST_USERS);
  if (users !== undefined) refuseWithInvented(source, flags);
  return {
    run: { ...readRunOptions(source, forRun), yes: true },
    limits: readLimits(flags),
    loads: readLoads(flags["loads"]),
    atMostMs: readTime(flags["atMost"]),
    users,
    passwords: readPath(flags, "passwords"),
    faults: flags["faults"] === true,
    out: readPath(flags, "out"),
  };
}

function refuseWithInvented(
  source: string | undefined,
  flags: Readonly<Record<string, unknown>>,
): void {
  const hint = "Leave one of them out: invented users come with a mapping and passwords.";
  if (source !== undefined) throw invalid("--users", "does not go with a source", hint);
  for (const name of [
    "config",
    "passwords",
    "format",
    "encoding",
    "delimiter",
    "records",
    "sheet",
    "preset",
    "hashes",
  ]) {
    if (flags[name] !== undefined) throw invalid("--users", `does not go with --${name}`, hint);
  }
}

function readLimits(flags: Readonly<Record<string, unknown>>): RehearsedLimits {
  const { least, most } = WINDOW_RANGE_MS;
  const windowMs = whole(flags, "windowMs", least, most);
  if (flags["limit"] !== undefined) {
    if (flags["plan"] !== undefined) {
      throw invalid("--plan", "does not go with --limit", "Give one of them.");
    }
    return { plan: undefined, createsPerMinute: whole(flags, "limit", 1, 1_000_000), windowMs };
  }
  const given = flags["plan"] ?? DEFAULT_PLAN;
  const plan = typeof given === "string" ? given : "";
  const createsPerMinute = Object.hasOwn(LIMIT_PLANS, plan)
    ? LIMIT_PLANS[plan]?.limits.get(CREATE_BUCKET)
    : undefined;
  if (createsPerMinute !== undefined) return { plan, createsPerMinute, windowMs };
  const known = Object.keys(LIMIT_PLANS).join(", ");
  throw invalid("--plan", `names no plan known here: ${shown(given)}`, `Known are: ${known}.`);
}

function readLoads(given: unknown): readonly (number | "all")[] {
  const parts = typeof given === "string" ? given.split(",").map((part) => part.trim()) : [];
  const loads = parts.map((part): number | "all" | undefined => {
    if (part === "all") return "all";
    return /^[1-9]\d{0,8}$/.test(part) ? Number(part) : undefined;
  });
  const sizes = loads.map((load) => (load === "all" ? Infinity : (load ?? Number.NaN)));
  const grow = sizes.every((size, at) => size > (sizes[at - 1] ?? 0));
  if (loads.length > 0 && loads.length <= MOST_LOADS && grow) {
    return loads.filter((load) => load !== undefined);
  }
  throw invalid(
    "--loads",
    `are no growing numbers: ${shown(given)}`,
    "Give whole numbers from small to large, and all for the last: 10,100,1000,all.",
  );
}

function readTime(given: unknown): number {
  const [, number = "", unit = ""] =
    typeof given === "string" ? (/^(\d{1,6})\s*([smh])$/.exec(given) ?? []) : [];
  const ms = Number(number) * (UNITS_MS[unit] ?? Number.NaN);
  if (ms > 0) return ms;
  throw invalid("--at-most", `is no time: ${shown(given)}`, "Give one such as 90s, 10m or 2h.");
}

function readPath(flags: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const given = flags[name];
  if (given === undefined) return undefined;
  if (typeof given === "string" && given !== "" && given !== "-") return given;
  throw invalid(flagOf(name), "needs the name of a file or folder", "Name one on this machine.");
}

/**
 * Refuses a source that can't be read once for each load, or is no file.
 *
 * @param at where it is named: on the command line, or as `source` of the config
 * @throws {ConfigError} OPTION_INVALID
 */
export function assertRehearsable(location: string, at: "[source]" | "source" = "[source]"): void {
  const wrong =
    location === "-"
      ? "is standard input, which can be read only once"
      : /^[a-z][a-z0-9+.-]*:\/\//i.test(location)
        ? "is an address, and a rehearsal reads files alone"
        : undefined;
  if (wrong === undefined) return;
  throw new ConfigError({
    code: "OPTION_INVALID",
    at,
    message: `The source${at === "source" ? " that the config names" : ""} ${wrong}.`,
    hint: "Save its users to a file and name that: each load reads it again.",
  });
}
