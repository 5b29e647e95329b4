import { type EventSink, OktaError, type OrgFacts, printable } from "../../../core/index.ts";
import {
  connectOrg,
  examinedScopes,
  type OrgConnection,
  type ScopeNeeds,
  type ScopeReach,
  scopesOfCommands,
} from "../../../okta/index.ts";
import { systemRandom } from "../../../platform/index.ts";
import { type CheckLine, diagnose, type DoctorFacts } from "../../../reports/index.ts";
import { type OrgAccess, readOrgAccess } from "../../access/org-access.ts";
import { isSet } from "../../environment.ts";
import { EXIT, type ExitCode } from "../../exit-codes.ts";
import { sourceOptions } from "../../run/locate-run.ts";
import { readConfig } from "../../run/read-config.ts";
import { wantedRights } from "../../run/wanted-rights.ts";
import { openSession, type Session } from "../../run/session.ts";
import { openStopSignal } from "../../run/stop-signal.ts";
import { unlessStopped } from "../../run/unless-stopped.ts";
import { printDiagnosis, writeDiagnosis } from "./doctor-view.ts";
import { lookAtSource } from "./look-at-source.ts";
import type { DoctorOptions } from "./options.ts";
import { planLoad } from "./plan-load.ts";

/** Time for one request, where none is set: who looks does not wait as long as who loads. */
const REQUEST_TIMEOUT_MS = 10_000;
/** How long an org may be down before that is what is told. */
const GIVE_UP_AFTER_MS = 10_000;

/** Looks at org, access and plan, and tells how they stand. Changes nothing. */
export async function runDoctor(options: DoctorOptions): Promise<ExitCode> {
  const session = openSession(options);
  const { environment, clock, terminal } = session;
  const config = await readConfig(options);
  const { hook: programme, userType = false, realm = false } = wantedRights(options, config);
  const reach = { programme, userType, realm };
  const purpose: ScopeNeeds = examinedScopes(reach);
  const access = await readOrgAccess({ environment, purpose, events: session.events });
  const stop = openStopSignal({ clock, stopAt: undefined, onStop: () => undefined });
  const connection = openOrg(access, options, session);
  try {
    terminal.progress(`Looking at ${access.orgUrl.host} …`.slice(0, terminal.width() - 1));
    const examining = examine(connection, config?.type);
    const org = await unlessStopped(examining, stop.signal);
    if (org === undefined) return EXIT.interrupted;
    const named = sourceOptions(options, config);
    const looking = named === undefined ? undefined : lookAtSource(named, environment, stop.signal);
    const seen = await unlessStopped(Promise.resolve(looking), stop.signal);
    if (stop.signal.aborted) return EXIT.interrupted;
    terminal.clear();
    const lines = diagnose({
      org,
      address: {
        host: access.orgUrl.host,
        kind: access.orgUrl.kind,
        variable: access.orgUrl.variable,
        viaProxy: access.proxy !== undefined && access.orgUrl.kind !== "loopback",
        trustsMore: isSet(environment["NODE_EXTRA_CA_CERTS"]),
      },
      access: {
        description: access.description,
        kind: access.credential.kind,
        isRenewed: access.isRenewed,
      },
      commands: neededByCommands(reach),
      load: planLoad(options, config, { seen, org }),
      nowMs: clock.wallNow(),
    });
    if (options.json) writeDiagnosis(access.orgUrl.origin, lines);
    else printDiagnosis(lines, terminal);
    return exitCodeFor(org, lines);
  } finally {
    stop.dispose();
    terminal.clear();
    await connection.close();
  }
}

/**
 * What the org is like, with the schema of the user type that the config names.
 *
 * @throws {ConfigError} USER_TYPE_UNKNOWN
 */
async function examine(org: OrgConnection, named: string | undefined): Promise<OrgFacts> {
  const facts = await org.examine();
  if (named === undefined || facts.stop !== undefined || facts.schema.kind !== "read") return facts;
  try {
    const { schemaId } = await org.findUserType(named);
    const value = await org.readSchema(schemaId);
    return value === undefined ? facts : { ...facts, schema: { ...facts.schema, value } };
  } catch (error) {
    // That a scope is missing is one of the things to be told, and no reason to tell nothing.
    if (!(error instanceof OktaError)) throw error;
    const why = `the schema of its type ${printable(named)} is not there (${error.message.replace(/\.$/, "")})`;
    return { ...facts, schema: { kind: "unreadable", why } };
  }
}

function openOrg(
  access: OrgAccess,
  { rateShare, maxConcurrency }: DoctorOptions,
  { clock, events }: Session,
): OrgConnection {
  return connectOrg({
    requestTimeoutMs: REQUEST_TIMEOUT_MS,
    ...access,
    rateShare,
    maxConcurrency,
    health: { giveUpAfterMs: GIVE_UP_AFTER_MS },
    clock,
    random: systemRandom,
    events: withoutFindings(events),
  });
}

/** What the client warns of, or learns of limits, has a line of its own. */
function withoutFindings(events: EventSink): EventSink {
  return {
    emit: (event) => {
      if (!FINDINGS.has(event.event)) events.emit(event);
    },
  };
}

const FINDINGS: ReadonlySet<string> = new Set(["warning", "rate-limit-known"]);

function neededByCommands(reach: ScopeReach): DoctorFacts["commands"] {
  return scopesOfCommands(reach).map(({ command, needs }) => ({ command, ...needs }));
}

/** An org that does not answer or let us in comes first, since nothing else was looked at. */
function exitCodeFor({ stop }: OrgFacts, lines: readonly CheckLine[]): ExitCode {
  if (stop !== undefined) return EXIT.org;
  return lines.some(({ status }) => status === "fail") ? EXIT.someRecords : EXIT.ok;
}
