import type { ConfigError } from "../../../core/index.ts";
import {
  type EmulatorOptions,
  type FaultKind,
  type FaultMix,
  LIMIT_PLANS,
  mixedFaults,
  type RateHeaders,
  type Sha256Salt,
  type Timetable,
} from "../../../emulator/index.ts";
import { readAccessOptions } from "./access-options.ts";
import {
  type Flags,
  flagOf,
  invalid,
  listed,
  MOST,
  readSpans,
  readText,
  shown,
  whole,
  word,
} from "./flag-values.ts";

const HIGHEST_PORT = 65_535;
const MOST_LOG_EVENTS = 10_000_000;
const HIGHEST_SEED = 0xffff_fff0;
const RATE_HEADERS: readonly RateHeaders[] = ["normal", "twice", "missing"];
const SHA256_SALTS: readonly Sha256Salt[] = ["decoded", "literal"];

const FAULT_FLAGS: readonly (readonly [FaultKind, string])[] = [
  ["error-before", "faultErrorBefore"],
  ["error-after", "faultErrorAfter"],
  ["reset-before", "faultResetBefore"],
  ["reset-after", "faultResetAfter"],
  ["late-commit", "faultLateCommit"],
  ["cut-body", "faultCutBody"],
  ["hang", "faultHang"],
  ["bare-429", "fault429"],
  ["html", "faultHtml"],
];

/**
 * Checks the flags of `emulator`.
 *
 * @throws {ConfigError} OPTION_INVALID when one of them makes no sense
 */
export function readEmulatorOptions(
  flags: Flags,
  environment: Readonly<Record<string, string | undefined>>,
): Omit<EmulatorOptions, "clock"> {
  const token = environment["OKTA_MIGRATE_EMULATOR_TOKEN"];
  const tls = readTls(flags);
  const { state } = flags;
  const plan = readPlan(flags["plan"]);
  return {
    port: whole(flags, "port", 0, HIGHEST_PORT),
    seed: whole(flags, "seed", 0, HIGHEST_SEED),
    windowMs: whole(flags, "windowMs", 1, MOST),
    limit: whole(flags, "limit", 0, MOST),
    tokenCap: whole(flags, "tokenCap", 0, MOST),
    otherTraffic: whole(flags, "otherTraffic", 0, MOST),
    concurrency: whole(flags, "concurrency", 0, MOST),
    latencyMs: whole(flags, "latencyMs", 0, MOST),
    clockSkewMs: whole(flags, "clockSkewMs", -MOST, MOST),
    searchLagMs: whole(flags, "searchLagMs", 0, MOST),
    lateCommitMs: whole(flags, "lateCommitMs", 0, MOST),
    rateHeaders: word(flags, "rateHeaders", RATE_HEADERS),
    timetable: readTimetable(flags),
    faults: readFaults(flags),
    faultReads: flags["faultReads"] === true,
    sha256Salt: word(flags, "sha256Salt", SHA256_SALTS),
    denySignIn: flags["denySignIn"] === true,
    optionalPassword: flags["optionalPassword"] === true,
    lockOutAfter: whole(flags, "lockOutAfter", 0, MOST),
    activationMs: whole(flags, "activationMs", 0, MOST),
    keptLogEvents: whole(flags, "logEvents", 0, MOST_LOG_EVENTS),
    ...readAccessOptions(flags),
    ...(typeof state === "string" ? { stateFile: state } : {}),
    ...(tls === undefined ? {} : { tls }),
    ...(plan === undefined ? {} : { plan }),
    ...(token === undefined || token === "" ? {} : { token }),
  };
}

function readTls(flags: Flags): EmulatorOptions["tls"] {
  const { tlsCert, tlsKey } = flags;
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (typeof tlsCert !== "string" || typeof tlsKey !== "string") {
    throw invalid("--tls-cert", "goes with --tls-key", "Give both files, or neither.");
  }
  return { cert: readText("--tls-cert", tlsCert), key: readText("--tls-key", tlsKey) };
}

function readPlan(given: unknown): EmulatorOptions["plan"] {
  if (given === undefined) return undefined;
  const isKnown = typeof given === "string" && Object.hasOwn(LIMIT_PLANS, given);
  const plan = isKnown ? LIMIT_PLANS[given] : undefined;
  if (plan !== undefined) return plan;
  const known = Object.keys(LIMIT_PLANS).join(", ");
  throw invalid("--plan", `names no plan known here: ${shown(given)}`, `Known are: ${known}.`);
}

function readTimetable(flags: Flags): Timetable {
  const limits = listed(flags["limitSchedule"]).map((item) => {
    const match = /^(\d{1,9}):(\d{1,9})$/.exec(item);
    if (match !== null) return { atMs: Number(match[1]), limit: Number(match[2]) };
    const hint = "Give milliseconds and limits, as in 30000:50,60000:100.";
    throw invalid("--limit-schedule", `is no schedule: ${shown(item)}`, hint);
  });
  return {
    limits: limits.toSorted((left, right) => left.atMs - right.atMs),
    down: readSpans("--down", flags["down"]),
    readOnly: readSpans("--read-only", flags["readOnly"]),
    tokenExpired: readSpans("--token-expired", flags["tokenExpired"]),
  };
}

function readFaults(flags: Flags): FaultMix {
  const overall = flags["faults"];
  const mix: Record<string, FaultMix[FaultKind]> = {};
  if (overall !== undefined) {
    const share = readShare("--faults", overall);
    if (typeof share !== "number") throw notAShare("--faults", overall);
    Object.assign(mix, mixedFaults(share));
  }
  for (const [kind, name] of FAULT_FLAGS) {
    if (flags[name] !== undefined) mix[kind] = readShare(flagOf(name), flags[name]);
  }
  const shares = Object.values(mix).map((share) => (typeof share === "number" ? share : 0));
  if (shares.reduce((sum, share) => sum + share, 0) <= 1 + Number.EPSILON * shares.length) {
    return mix;
  }
  throw invalid("--faults", "and its kind add up to more than 1", "Lower some of them.");
}

/** `0.02`, `2%`, or `5x`. */
function readShare(at: string, given: unknown): number | { readonly times: number } {
  const text = typeof given === "string" ? given : "";
  const times = /^(\d{1,9})x$/.exec(text);
  if (times !== null) return { times: Number(times[1]) };
  const match = /^(\d{1,3}(?:\.\d{1,9})?|\.\d{1,9})(%?)$/.exec(text);
  const share = Number(match?.[1]) / (match?.[2] === "%" ? 100 : 1);
  if (share >= 0 && share <= 1) return share;
  throw notAShare(at, given);
}

function notAShare(at: string, given: unknown): ConfigError {
  const hint = "Give a share from 0 to 1 (0.02 or 2%), or a number of times (5x).";
  return invalid(at, `is no share: ${shown(given)}`, hint);
}
