import { setMaxListeners } from "node:events";
import type { Clock } from "../core/index.ts";
import { HTML_502, unknownRoute, withHeaders } from "./gateway-answers.ts";
import { AccessServer } from "./access/access-server.ts";
import type { AppSetup } from "./access/app.ts";
import { HookCaller } from "./hooks/hook-caller.ts";
import { OAuthRefusal } from "./access/oauth-refusal.ts";
import { endActivations } from "./org/end-activations.ts";
import type { Automation } from "./org/automation.ts";
import { Org, type OrgIdentity } from "./org/org.ts";
import { noteEvents } from "./log/note-events.ts";
import { SaveGate } from "./state/save-gate.ts";
import type { StateFile } from "./state/state-file.ts";
import { OrgRefusal } from "./org/org-refusal.ts";
import { type Answer, type Call, errorAnswer, type RoutedCall } from "./routes/call.ts";
import { BUCKETS, type Route, ROUTES } from "./routes/route-table.ts";
import { Router } from "./routes/router.ts";
import { Admission, tooMany } from "./traffic/admission.ts";
import { type FaultKind, FaultPlan } from "./traffic/fault-plan.ts";
import { Ledger } from "./traffic/ledger.ts";
import type { LimitPlan } from "./traffic/limit-plans.ts";
import type { RateWindows } from "./traffic/rate-windows.ts";
import { seededRandom } from "./traffic/seeded-random.ts";
import type { EmulatorSettings } from "./traffic/settings.ts";
import type { Timetable } from "./traffic/timetable.ts";

/** What happens to a call's connection. */
export type Reaction =
  | { readonly kind: "answer"; readonly answer: Answer }
  /** The connection dies in the middle of the answer. */
  | { readonly kind: "cut"; readonly answer: Answer }
  /** The connection dies. */
  | { readonly kind: "drop" }
  /** Nothing, until the caller goes. */
  | { readonly kind: "silence" };

/** What a gateway is made of. */
export interface GatewayParts {
  readonly clock: Clock;
  readonly seed: number;
  readonly windowMs: number;
  readonly plan: LimitPlan | undefined;
  readonly token: string;
  readonly apps: readonly AppSetup[];
  readonly automation: Automation;
  readonly keptCalls: number;
  readonly hookCa: string | undefined;
  readonly keptLogEvents: number;
  readonly timetable: Timetable;
  readonly settings: EmulatorSettings;
  /** Where the org is kept; the first org is the one in it, to be loaded. */
  readonly stateFile?: StateFile | undefined;
}

/** A call that was let in. */
interface Visit {
  readonly call: RoutedCall;
  readonly route: Route;
  /** Rate headers of its answer. */
  readonly headers: readonly string[];
}

/** What is noted of a call. */
interface Noted {
  readonly call: Call;
  readonly route: Pick<Route, "name">;
}

const NO_HEADERS: readonly string[] = [];
const NO_ROUTE = { name: "unknown" };

/**
 * What stands between the network and the org: who may come in, how often, and what goes wrong.
 *
 * In order: route, token and headers, down or read-only, concurrency, rate limit, fault, latency,
 * then the org. A call that is refused before the rate limit is not counted against it.
 */
export class Gateway {
  readonly #parts: GatewayParts;
  readonly #router = new Router(ROUTES);
  readonly #admission: Admission;
  readonly access: AccessServer;
  readonly #faults: FaultPlan;
  readonly #orgRandom: () => number;
  readonly #closing = new AbortController();
  readonly #hookCaller: HookCaller;
  #settings: EmulatorSettings;
  #org: Org;
  #ledger: Ledger;
  readonly #saveGate: SaveGate;

  constructor(parts: GatewayParts) {
    this.#parts = parts;
    this.#settings = parts.settings;
    this.access = new AccessServer({
      now: () => parts.clock.wallNow() + this.#settings.clockSkewMs,
      random: seededRandom(parts.seed + 3),
      settings: () => this.#settings,
      apps: parts.apps,
    });
    this.#admission = new Admission({ ...parts, access: this.access });
    // An org that goes on must not give out the random ids of its past again.
    this.#orgRandom = seededRandom(parts.seed + 5 * ((parts.stateFile?.identity?.loads ?? -1) + 1));
    this.#faults = new FaultPlan(parts.settings.faults, seededRandom(parts.seed + 2));
    setMaxListeners(0, this.#closing.signal);
    const { clock, hookCa: ca } = parts;
    this.#hookCaller = new HookCaller({ clock, ca, closing: this.#closing.signal });
    this.#org = this.#newOrg(parts.stateFile?.identity);
    this.#ledger = new Ledger(parts.keptCalls);
    this.#saveGate = new SaveGate(parts.stateFile);
  }

  /** The org as it stands now. */
  get org(): Org {
    endActivations(this.#org);
    return this.#org;
  }

  get ledger(): Ledger {
    return this.#ledger;
  }

  get faults(): FaultPlan {
    return this.#faults;
  }

  get windows(): RateWindows {
    return this.#admission.windows;
  }

  get settings(): EmulatorSettings {
    return this.#settings;
  }

  /** From now on another static token is good, and the old one is not. */
  replaceToken(token: string): void {
    this.#admission.callers.replaceToken(token);
  }

  /** Changes settings from now on. */
  change(settings: Partial<EmulatorSettings>): void {
    this.#settings = { ...this.#settings, ...settings };
    this.#org.manners = this.#settings;
    this.#org.principalPercentage = this.#principalPercentage();
    if (settings.faults !== undefined) this.#faults.change(settings.faults);
  }

  /** Forgets users, groups, schema, hooks and counts; settings, windows, apps and tokens stay. */
  reset(): void {
    this.#org = this.#newOrg(undefined);
    const { inFlight } = this.#ledger;
    this.#ledger = new Ledger(this.#parts.keptCalls);
    this.#ledger.inFlight = inFlight;
  }

  /**
   * Writes the org to its state file; calls wait meanwhile, so that it is of one moment.
   *
   * @returns false where there is no such file
   * @throws {Error} of the system, or a `StateFileError`, when it can't be written
   */
  save(): Promise<boolean> {
    return this.#saveGate.save(() => this.org);
  }

  /** Gives up all that still waits. */
  close(): void {
    this.#closing.abort();
  }

  /** Reacts to a call; counts it as in flight until {@link Gateway.leave}. */
  react(call: Call): Reaction | Promise<Reaction> {
    this.#ledger.enter();
    const match = this.#router.match(call.method, call.path);
    if (match.kind !== "route") {
      const refused = this.#refused(unknownRoute(match), NO_HEADERS);
      return this.#answered({ call, route: NO_ROUTE }, refused);
    }
    const { route, parameters } = match;
    this.#ledger.tallyOf(route.name).requests += 1;
    const { refusal, headers, violation } = this.#admission.admit(
      { call, route },
      this.#settings,
      this.#ledger,
    );
    if (violation !== undefined) noteEvents(this.#org, call, violation);
    if (refusal !== undefined) {
      return this.#answered({ call, route }, this.#refused(refusal, headers));
    }
    const fault = this.#drawFault(route);
    const visit: Visit = { call: routed(call, parameters), route, headers };
    const { latencyMs } = this.#settings;
    if (latencyMs <= 0) return this.#perform(visit, fault);
    return this.#parts.clock
      .sleep(latencyMs, this.#closing.signal)
      .then(() => this.#perform(visit, fault));
  }

  /** A call is over. */
  leave(): void {
    this.#ledger.leave();
  }

  #drawFault(route: Route): FaultKind | undefined {
    const isCreate = route.bucket === BUCKETS.createUsers;
    if (isCreate) return this.#faults.draw();
    return this.#settings.faultReads && route.method === "GET" ? this.#faults.draw() : undefined;
  }

  #perform(visit: Visit, fault: FaultKind | undefined): Reaction | Promise<Reaction> {
    if (fault !== undefined) return this.#misbehave(visit, fault);
    const answer = this.#ask(visit);
    if (answer instanceof Promise) return answer.then((given) => this.#served(visit, given));
    return this.#served(visit, answer);
  }

  async #misbehave(visit: Visit, fault: FaultKind): Promise<Reaction> {
    switch (fault) {
      case "error-before":
        return this.#served(visit, this.#failed(), fault);
      case "error-after":
        await this.#ask(visit);
        return this.#served(visit, this.#failed(), fault);
      case "reset-before":
        return this.#unserved(visit, fault, { kind: "drop" });
      case "reset-after":
        await this.#ask(visit);
        return this.#unserved(visit, fault, { kind: "drop" });
      case "late-commit":
        void this.#commitLater(visit);
        return this.#unserved(visit, fault, { kind: "drop" });
      case "cut-body": {
        const answer = withHeaders(await this.#ask(visit), visit.headers);
        return this.#unserved(visit, fault, { kind: "cut", answer });
      }
      case "hang":
        if (this.#faults.coin()) await this.#ask(visit);
        return this.#unserved(visit, fault, { kind: "silence" });
      case "bare-429":
        this.#ledger.rateLimited.bare += 1;
        return this.#answered(visit, this.#refused(tooMany(), NO_HEADERS), fault);
      case "html":
        if (this.#faults.coin()) await this.#ask(visit);
        return this.#answered(visit, HTML_502, fault);
    }
  }

  async #commitLater(visit: Visit): Promise<void> {
    const { signal } = this.#closing;
    await this.#parts.clock.sleep(this.#settings.lateCommitMs, signal);
    if (!signal.aborted) await this.#ask(visit);
  }

  #ask(visit: Visit): Answer | Promise<Answer> {
    const { held } = this.#saveGate;
    if (held !== undefined) return held.then(() => this.#ask(visit));
    const { call, route } = visit;
    try {
      const answer = route.answer(this.org, call);
      return answer instanceof Promise
        ? answer.catch((error: unknown) => this.#caught(error))
        : answer;
    } catch (error) {
      return this.#caught(error);
    }
  }

  #caught(error: unknown): Answer {
    if (error instanceof OrgRefusal || error instanceof OAuthRefusal) {
      return this.#refused(error, NO_HEADERS);
    }
    this.#ledger.internalErrors += 1;
    return this.#failed();
  }

  #refused(refusal: OrgRefusal | OAuthRefusal, headers: readonly string[]): Answer {
    if (refusal instanceof OAuthRefusal) return withHeaders(refusal.answer, headers);
    return withHeaders(errorAnswer(refusal, `oae${this.#org.token(22)}`), headers);
  }

  #failed(): Answer {
    return this.#refused(new OrgRefusal(500, "E0000009", "Internal Server Error"), NO_HEADERS);
  }

  #served(visit: Visit, answer: Answer, fault?: FaultKind): Reaction {
    return this.#answered(visit, withHeaders(answer, visit.headers), fault);
  }

  #answered({ call, route }: Noted, answer: Answer, fault?: FaultKind): Reaction {
    const { statuses } = this.#ledger.tallyOf(route.name);
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    this.#note(call, answer.status, fault);
    return { kind: "answer", answer };
  }

  #unserved({ call, route }: Visit, fault: FaultKind, reaction: Reaction): Reaction {
    this.#ledger.tallyOf(route.name).unanswered += 1;
    this.#note(call, undefined, fault);
    return reaction;
  }

  #note(call: Call, status: number | undefined, fault: FaultKind | undefined): void {
    if (this.#parts.keptCalls === 0) return;
    const { method, path, queryText } = call;
    this.#ledger.note({ method, path, query: queryText, status, fault });
  }

  #newOrg(identity: OrgIdentity | undefined): Org {
    const { access } = this;
    const { clock, automation } = this.#parts;
    const manners = this.#settings;
    const org = new Org({
      clock,
      random: this.#orgRandom,
      manners,
      access,
      identity,
      automation,
      hookCaller: this.#hookCaller,
      keptLogEvents: this.#parts.keptLogEvents,
      isReadOnly: () => this.#admission.isReadOnly(this.#settings),
    });
    org.principalPercentage = this.#principalPercentage();
    return org;
  }

  /** Part of a limit that a token may use, as far as the settings have one limit for all. */
  #principalPercentage(): number {
    const { limit, tokenCap } = this.#settings;
    const whole = limit || (this.#parts.plan?.limits.get(BUCKETS.createUsers) ?? 0);
    return tokenCap > 0 && whole > 0 ? Math.min(100, Math.round((tokenCap / whole) * 100)) : 100;
  }
}

/** The same call where the path holds no values: creates come by the ten thousand. */
function routed(call: Call, parameters: readonly string[]): RoutedCall {
  return parameters.length === 0 ? call : { ...call, parameters };
}
