import type { LimitFacts, Reading } from "../../core/index.ts";
import { formatCount, formatDuration } from "../format-number.ts";
import { type CheckLine, skippedLine } from "./check-line.ts";
import { type DoctorFacts, joinsGroups } from "./doctor-facts.ts";
import { estimateLoad, neededInFlight } from "./estimate-load.ts";

const MINUTE_MS = 60_000;
/** What a token may use unless that was changed. @see docs/okta/rate-limits.md#principal-cap */
const DEFAULT_PERCENT = 50;
/** Requests at a time, as documented. @see docs/okta/rate-limits.md#concurrent */
const CONCURRENT = { free: 35, paid: 75 };
const USUAL_USERS = [1_000, 100_000, 1_000_000];

/** The limits of the buckets that an import uses. @see docs/okta/rate-limits.md#windows */
export function judgeLimits({ org }: DoctorFacts): CheckLine {
  const id = "limits";
  const { listUsers, readUser, groups, schema } = org.limits;
  const rows: readonly (readonly [string, Reading<LimitFacts>])[] = [
    ["list of users", listUsers],
    ["user by login", readUser],
    ["groups", groups],
    ["schema", schema],
  ];
  const told = rows.flatMap(([name, reading]) => {
    const limit = reading.kind === "read" ? perMinute(reading.value) : undefined;
    return limit === undefined ? [] : [`${name} ${formatCount(limit)}`];
  });
  if (told.length === 0) {
    return rows.some(([, { kind }]) => kind === "read")
      ? {
          id,
          status: "pass",
          message: "The org announces no limits; the run finds its pace by latency and 429s alone.",
        }
      : skippedLine(id, "No limit can be read with this token.");
  }
  const creates =
    createLimit(org.limits.listUsers) === undefined
      ? "That of creates is not known."
      : "Creates are assumed to have that of the list, whose path is the same: their own shows at the first create only.";
  const message = `A minute: ${told.join(", ")}. ${creates}`;
  const busy = rows.filter(([, reading]) => isBusy(reading)).map(([name]) => name);
  if (busy.length === 0) return { id, status: "pass", message };
  return {
    id,
    status: "warn",
    message: `${message} Others have used more than half of this window: ${busy.join(", ")}.`,
    hint: "The run takes only what they leave. See Reports > Rate Limits who it is, or run at a quieter time.",
  };
}

/** Whether the token may use all of each limit. */
export function judgeTokenCap({ org, access }: DoctorFacts): CheckLine {
  const id = "token-cap";
  const percent = sharePercent(org.principalShare);
  const whose = access.kind === "ssws" ? "token" : "app";
  if (percent !== undefined && percent >= 100) {
    return { id, status: "pass", message: `The ${whose} may use the whole of each limit.` };
  }
  const { principalShare } = org;
  const isGuessed =
    principalShare.kind !== "read" || principalShare.value.percent === undefined
      ? `assumed from Okta's default, since ${principalShare.kind === "read" ? "none was set" : "what was set can't be read"}`
      : principalShare.value.isOurs
        ? "as it was set"
        : "the lowest of those that were set; which is this token's can't be told";
  const where =
    access.kind === "ssws"
      ? "Security > API > Tokens > the token"
      : "Applications > Applications > the app > Application rate limits";
  return {
    id,
    status: "warn",
    message: `The ${whose} may use ${percent ?? DEFAULT_PERCENT} % of each limit: ${isGuessed}.`,
    hint: `For the load, raise it in the Admin Console: ${where}; or by POST or PUT /api/v1/principal-rate-limits with defaultPercentage 100.`,
  };
}

/** Whether there is room for what is in flight. */
export function judgeConcurrency({ org, load }: DoctorFacts): CheckLine {
  const id = "concurrency";
  const { principalShare, answerMs } = org;
  const part = principalShare.kind === "read" ? principalShare.value.concurrencyPercent : undefined;
  const room = Math.floor((CONCURRENT.paid * (part ?? 100)) / 100);
  const rate = estimateFor(org, load, 1)?.usersPerMinute;
  const needed =
    rate === undefined || answerMs === undefined ? undefined : neededInFlight(rate, answerMs);
  const documented = `Assumed, since no answer tells an org's product or its limit: Okta documents ${CONCURRENT.paid} requests at a time for Workforce and Customer Identity orgs and ${CONCURRENT.free} for Integrator Free ones${part === undefined || part >= 100 ? "" : `, of which ${part} % are this token's`}.`;
  const ours = `--max-concurrency is ${load.maxConcurrency}${needed === undefined ? "" : `, and these limits need about ${needed}`}; where the org refuses, the run takes less.`;
  const message = `${documented} ${ours}`;
  if (load.maxConcurrency <= CONCURRENT.paid && (needed ?? 0) <= room) {
    return { id, status: "pass", message };
  }
  const hint = `Give --max-concurrency ${Math.min(room, CONCURRENT.free)} or so: sign-ins of the org share the same places.`;
  return { id, status: "warn", message, hint };
}

/** How long it takes. */
export function judgeTime({ org, load }: DoctorFacts): CheckLine {
  const id = "time";
  const first = estimateFor(org, load, 1);
  if (first === undefined) {
    const why =
      org.limits.listUsers.kind === "read"
        ? "The org announces no limit: how long it takes depends on its answers alone."
        : "Without the limit of creates the time can't be reckoned.";
    return skippedLine(id, why);
  }
  const counts = load.users === undefined ? USUAL_USERS : [load.users];
  const spell = (factor: number): string =>
    counts
      .map((users) => {
        const durationMs = estimateFor(org, load, users)?.durationMs ?? 0;
        return `${formatCount(users)} ${users === 1 ? "user" : "users"} ${formatDuration(durationMs / factor)}`;
      })
      .join(", ");
  const percent = sharePercent(org.principalShare) ?? DEFAULT_PERCENT;
  const limit = formatCount(createLimit(org.limits.listUsers) ?? 0);
  const rate = `${formatCount(first.usersPerMinute)} a minute (${limit} x ${percent} % x ${load.rateShare})`;
  const later = load.usesHook
    ? " The hook is asked later, once for each first sign-in, and takes no time of the run."
    : "";
  const groups = joinsGroups(load) ? " Groups take no further calls." : "";
  const message = `At ${rate}: ${spell(1)}. At twice that: ${spell(2)}.${groups}${later}`;
  return { id, status: "pass", message };
}

function estimateFor(org: DoctorFacts["org"], load: DoctorFacts["load"], users: number) {
  return estimateLoad({
    users,
    // Groups and hook need no call of their own. @see docs/okta/create-user.md#groups
    buckets: [{ limitPerMinute: createLimit(org.limits.listUsers), callsPerUser: 1 }],
    tokenShare: (sharePercent(org.principalShare) ?? DEFAULT_PERCENT) / 100,
    rateShare: load.rateShare,
  });
}

/** Undefined where Okta's default holds, or nobody knows. */
function sharePercent(share: DoctorFacts["org"]["principalShare"]): number | undefined {
  return share.kind === "read" ? share.value.percent : undefined;
}

/** Creates a minute, as far as the list of users tells it. */
function createLimit(listUsers: Reading<LimitFacts>): number | undefined {
  return listUsers.kind === "read" ? perMinute(listUsers.value) : undefined;
}

function perMinute({ limit, windowMs }: LimitFacts): number | undefined {
  return limit === undefined ? undefined : (limit * MINUTE_MS) / windowMs;
}

function isBusy(reading: Reading<LimitFacts>): boolean {
  if (reading.kind !== "read") return false;
  const { limit, remaining } = reading.value;
  return limit !== undefined && remaining !== undefined && remaining < limit / 2;
}
