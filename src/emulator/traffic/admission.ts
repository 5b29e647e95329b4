import type { Clock } from "../../core/index.ts";
import type { AccessServer } from "../access/access-server.ts";
import { checkRole } from "../access/check-token.ts";
import { OAuthRefusal } from "../access/oauth-refusal.ts";
import type { EventType } from "../log/event-types.ts";
import type { Happening } from "../log/system-log.ts";
import { OrgRefusal } from "../org/org-refusal.ts";
import type { Call } from "../routes/call.ts";
import { BUCKETS, type Route } from "../routes/route-table.ts";
import { Callers, invalidToken } from "./callers.ts";
import { checkForm, checkTypes } from "./check-call.ts";
import type { Ledger } from "./ledger.ts";
import type { LimitPlan } from "./limit-plans.ts";
import { rateHeaderLines } from "./rate-headers.ts";
import { RateWindows } from "./rate-windows.ts";
import { seededRandom } from "./seeded-random.ts";
import type { EmulatorSettings } from "./settings.ts";
import { isWithin, limitAt, type Timetable } from "./timetable.ts";

/** A call that has found its route. */
export interface Arrival {
  readonly call: Call;
  readonly route: Route;
}

/** Whether a call comes through, and the rate headers of its answer. */
export interface Admitted {
  readonly refusal: OrgRefusal | OAuthRefusal | undefined;
  readonly headers: readonly string[];
  /** What the System Log is told of it. */
  readonly violation?: Happening;
}

/** What an admission is made of. */
export interface AdmissionParts {
  readonly clock: Clock;
  readonly seed: number;
  readonly windowMs: number;
  readonly plan: LimitPlan | undefined;
  readonly token: string;
  readonly access: AccessServer;
  readonly timetable: Timetable;
}

const NO_HEADERS: readonly string[] = [];
const FREELY_ADMITTED: Admitted = { refusal: undefined, headers: NO_HEADERS };

/** Lets calls in: by token and headers, by the state of the service, by concurrency and rate limit. */
export class Admission {
  readonly windows: RateWindows;
  readonly callers: Callers;
  readonly #clock: Clock;
  readonly #plan: LimitPlan | undefined;
  readonly #timetable: Timetable;

  constructor(parts: AdmissionParts) {
    this.#clock = parts.clock;
    this.#plan = parts.plan;
    this.#timetable = parts.timetable;
    this.callers = new Callers(parts.token, parts.access);
    this.windows = new RateWindows({
      clock: parts.clock,
      windowMs: parts.windowMs,
      random: seededRandom(parts.seed + 1),
      bucketNames: Object.values(BUCKETS),
    });
  }

  /** Decides on a call and counts it. */
  admit({ call, route }: Arrival, settings: EmulatorSettings, ledger: Ledger): Admitted {
    try {
      this.#checkCaller(call, route, settings);
      if (route.takes === "form") checkForm(call);
      else checkTypes(call);
      this.#checkService(call, route, settings);
    } catch (refusal) {
      if (refusal instanceof OrgRefusal || refusal instanceof OAuthRefusal) {
        return { refusal, headers: NO_HEADERS };
      }
      throw refusal;
    }
    return this.#crowded(settings, ledger) ?? this.#counted(route, settings, ledger);
  }

  /** Whether nothing can be stored now. @see docs/okta/password-hook.md#read-only-mode */
  isReadOnly(settings: EmulatorSettings): boolean {
    return settings.readOnly || isWithin(this.#timetable.readOnly, this.windows.elapsedMs());
  }

  #checkCaller(call: Call, { permission }: Route, { tokenRole }: EmulatorSettings): void {
    if (permission === undefined) return;
    if (!this.callers.hasStaticToken(call)) {
      this.callers.checkAccessToken(call, permission);
      return;
    }
    if (isWithin(this.#timetable.tokenExpired ?? [], this.windows.elapsedMs())) {
      throw invalidToken();
    }
    checkRole(tokenRole, permission);
  }

  #checkService(call: Call, route: Route, settings: EmulatorSettings): void {
    const elapsed = this.windows.elapsedMs();
    if (settings.down || isWithin(this.#timetable.down, elapsed)) {
      throw new OrgRefusal(503, "E0000181", "The service is temporarily unavailable.");
    }
    // Tokens are handed out in read-only mode as well, as far as is known; and people sign in.
    if (call.method === "GET" || route.takes === "form" || route.bucket === BUCKETS.authn) return;
    if (this.isReadOnly(settings)) {
      throw new OrgRefusal(503, "E0000010", "Service is in read only mode");
    }
  }

  /** @see docs/okta/rate-limits.md#concurrent */
  #crowded(settings: EmulatorSettings, ledger: Ledger): Admitted | undefined {
    const concurrency = settings.concurrency || (this.#plan?.concurrency ?? 0);
    if (concurrency <= 0 || ledger.inFlight <= concurrency) return undefined;
    ledger.rateLimited.concurrency += 1;
    const orgNowMs = this.#clock.wallNow() + settings.clockSkewMs;
    const guess = { limit: 0, remaining: 0, resetAtSeconds: Math.ceil(orgNowMs / 1000) + 60 };
    return {
      refusal: tooMany(),
      headers: rateHeaderLines(guess, settings.rateHeaders),
      violation: violationOf("core.concurrency.org.limit.violation", concurrency),
    };
  }

  #counted(route: Route, settings: EmulatorSettings, ledger: Ledger): Admitted {
    const { bucket } = route;
    if (bucket === undefined) return FREELY_ADMITTED;
    const limit = this.#limitOf(bucket, settings);
    if (limit <= 0) return FREELY_ADMITTED;
    const verdict = this.windows.take(bucket, limit, settings);
    const headers = rateHeaderLines(verdict, settings.rateHeaders);
    if (verdict.isAccepted) return { refusal: undefined, headers };
    if (verdict.isCapped) ledger.rateLimited.tokenCap += 1;
    else ledger.rateLimited.window += 1;
    const refused = { refusal: tooMany(), headers };
    if (!verdict.isFirstRefusal) return refused;
    return { ...refused, violation: violationOf("system.org.rate_limit.violation", limit) };
  }

  #limitOf(bucket: string, settings: EmulatorSettings): number {
    const { limits } = this.#timetable;
    const scheduled = limits.length > 0 ? limitAt(limits, this.windows.elapsedMs()) : undefined;
    const limit = scheduled ?? settings.limit;
    return limit > 0 ? limit : (this.#plan?.limits.get(bucket) ?? 0);
  }
}

/** Okta tells of a window that was exceeded once. @see docs/okta/system-log.md#events */
function violationOf(type: EventType, limit: number): Happening {
  return { type, result: "DENY", reason: "Too many requests", debug: { threshold: String(limit) } };
}

/** 429 `E0000047`. */
export function tooMany(): OrgRefusal {
  const summary = "API call exceeded rate limit due to too many requests.";
  return new OrgRefusal(429, "E0000047", summary);
}
