import {
  type Clock,
  type ConnectionFacts,
  type ExaminationStop,
  type LimitReadings,
  OktaError,
  type OrgFacts,
  type Reading,
  type TokenFacts,
} from "../../core/index.ts";
import type { Credential, HeldToken } from "../access/index.ts";
import type { Answer } from "../answer.ts";
import { USERS_ROUTE } from "../create-request.ts";
import type { RateGovernor } from "../governor/index.ts";
import { troubleOf } from "../network-trouble.ts";
import type { OrgCaller } from "../org-caller.ts";
import { METADATA_REQUEST } from "../org-metadata.ts";
import { readDirectorySchema, SCHEMA_REQUEST } from "../org-schema.ts";
import type { OrgUrl } from "../org-url.ts";
import { HOOKS_REQUEST } from "../password-hook.ts";
import type { ServerClock } from "../server-clock.ts";
import type { OrgRequest } from "../transport.ts";
import { mapReading } from "./map-reading.ts";
import { type Principal, readPrincipalShare } from "./principal-share.ts";
import { type Answered, getRequest, Questioner } from "./questioner.ts";
import { readActingRoles } from "./read-acting-roles.ts";
import {
  readEveryone,
  readGrants,
  readGroupApps,
  readGroupRules,
  readHooks,
  readIdentity,
  readSettings,
} from "./read-answers.ts";
import { watchConnection } from "./watch-connection.ts";

/** What an examination is made with. */
export interface ExaminationParts {
  readonly orgUrl: OrgUrl;
  readonly credential: Credential;
  readonly caller: OrgCaller;
  /** Sends without a token, and needs none. */
  readonly openCaller: OrgCaller;
  /** The token at hand. */
  readonly held: () => HeldToken | undefined;
  /** What is sent with each request and must not be shown. */
  readonly secrets: () => readonly string[];
  readonly governor: RateGovernor;
  readonly serverClock: ServerClock;
  readonly clock: Clock;
}

/** A login that nobody has: looking for it shows the limit and nobody's data. */
const NOBODY = "okta-migrate-doctor@nobody.invalid";
const NOT_ASKED = { kind: "not-asked" } as const;

/**
 * Finds out what an org is like, by GETs alone and by requests for tokens. What can't be read is
 * told as such; only an org that can't be reached, or does not let us in, ends it early.
 */
export async function examineOrg(parts: ExaminationParts): Promise<OrgFacts> {
  const { orgUrl, openCaller, caller, serverClock, clock, governor, secrets } = parts;
  const questioner = new Questioner({ clock, governor, secrets });
  const watch = watchConnection(orgUrl);
  let facts: OrgFacts = NOTHING_KNOWN;
  try {
    const metadata = await questioner.askFirst(openCaller, METADATA_REQUEST);
    const identity = mapReading(metadata.answer, (answer) => readIdentity(answer, orgUrl.host));
    facts = { ...facts, identity, clockBehindMs: serverClock.wallBehindMs() };
    const listUsers = await questioner.askFirst(caller, LIST_REQUEST);
    const rest = await askTheRest(parts, questioner, listUsers.limit);
    facts = { ...facts, ...rest, token: tokenFacts(parts) };
  } catch (error) {
    if (!(error instanceof OktaError)) throw error;
    facts = { ...facts, stop: stopOf(error), connection: refusedConnection(error) };
  } finally {
    watch.stop();
  }
  return {
    ...facts,
    connection: watch.facts() ?? facts.connection,
    answerMs: questioner.answerMs,
  };
}

const LIST_REQUEST = getRequest(USERS_ROUTE, `${USERS_ROUTE}?limit=1`);

const NOTHING_KNOWN: OrgFacts = {
  stop: undefined,
  connection: undefined,
  identity: NOT_ASKED,
  clockBehindMs: undefined,
  token: undefined,
  settings: NOT_ASKED,
  limits: { listUsers: NOT_ASKED, readUser: NOT_ASKED, groups: NOT_ASKED, schema: NOT_ASKED },
  principalShare: NOT_ASKED,
  actor: NOT_ASKED,
  roles: NOT_ASKED,
  grants: NOT_ASKED,
  schema: NOT_ASKED,
  hooks: NOT_ASKED,
  groupRules: NOT_ASKED,
  everyoneApps: NOT_ASKED,
  answerMs: undefined,
};

/** What is asked all at once. */
async function askTheRest(
  { caller, credential, held }: ExaminationParts,
  questioner: Questioner,
  listUsers: LimitReadings["listUsers"],
): Promise<Partial<OrgFacts>> {
  const ask = (request: OrgRequest): Promise<Answered> => questioner.ask(caller, request);
  const read = async (request: OrgRequest): Promise<Reading<Answer>> => (await ask(request)).answer;
  const app = credential.kind === "service-app" ? credential.clientId : undefined;
  const grantsOf = (clientId: string): Promise<Reading<Answer>> => {
    const path = `/api/v1/apps/${encodeURIComponent(clientId)}/grants`;
    return read(getRequest("/api/v1/apps/{id}/grants", path));
  };
  const userPath = `${USERS_ROUTE}/${encodeURIComponent(NOBODY)}`;
  const [readUser, groups, schema, settings, hooks, rules, acting, grants, principalShare] =
    await Promise.all([
      questioner.ask(caller, getRequest(`${USERS_ROUTE}/{id}`, userPath), isAbsent),
      askAboutGroups(ask),
      ask(SCHEMA_REQUEST),
      read(getRequest("/api/v1/org")),
      read(HOOKS_REQUEST),
      read(getRequest("/api/v1/groups/rules", "/api/v1/groups/rules?limit=200")),
      readActingRoles(
        app ?? appBehind(held()),
        async (request) => (await questioner.ask(caller, request, isAbsent)).answer,
      ),
      app === undefined ? NOT_ASKED : grantsOf(app),
      readPrincipalShare(principalOf(credential, held()), read),
    ]);
  return {
    limits: {
      listUsers,
      readUser: readUser.limit,
      groups: groups.limit,
      schema: schema.limit,
    },
    settings: mapReading(settings, (answer) => readSettings(answer.json())),
    schema: mapReading(schema.answer, (answer) => readDirectorySchema(answer.json())),
    hooks: mapReading(hooks, (answer) => readHooks(answer.json())),
    groupRules: mapReading(rules, readGroupRules),
    everyoneApps: mapReading(groups.apps, readGroupApps),
    ...acting,
    grants: mapReading(grants, (answer) => readGrants(answer.json())),
    principalShare,
  };
}

/** The bucket of groups, and the applications of everybody's. @see docs/okta/org.md */
async function askAboutGroups(
  ask: (request: OrgRequest) => Promise<Answered>,
): Promise<Pick<Answered, "limit"> & { readonly apps: Reading<Answer> }> {
  const search = encodeURIComponent('type eq "BUILT_IN"');
  const { answer, limit } = await ask(
    getRequest("/api/v1/groups", `/api/v1/groups?search=${search}`),
  );
  if (answer.kind !== "read") return { limit, apps: answer };
  const id = readEveryone(answer.value.json());
  if (id === undefined) {
    return { limit, apps: { kind: "unreadable", why: "the group Everyone was not found" } };
  }
  const path = `/api/v1/groups/${encodeURIComponent(id)}/apps?limit=200`;
  return { limit, apps: (await ask(getRequest("/api/v1/groups/{id}/apps", path))).answer };
}

/** The app whose own token somebody gave, where that says so. */
function appBehind(held: HeldToken | undefined): string | undefined {
  return held?.isOf === "app" ? held.clientId : undefined;
}

function isAbsent({ status }: Answer): boolean {
  return status === 404;
}

function principalOf(credential: Credential, held: HeldToken | undefined): Principal {
  if (credential.kind === "ssws") return { type: "SSWS_TOKEN", id: undefined };
  const id = credential.kind === "service-app" ? credential.clientId : held?.clientId;
  return { type: "OAUTH_CLIENT", id };
}

function tokenFacts({ held, serverClock }: ExaminationParts): TokenFacts | undefined {
  const token = held();
  if (token === undefined) return undefined;
  const { scheme, endsAtMs, scopes } = token;
  const endsInMs = endsAtMs === undefined ? undefined : endsAtMs - serverClock.nowS() * 1000;
  return { scheme, leftMs: token.leftMs ?? endsInMs, scopes };
}

/** Errors that say nothing of how we get in. */
const OF_THE_ORG: ReadonlySet<string> = new Set([
  "ORG_UNREACHABLE",
  "ORG_UNAVAILABLE",
  "ORG_READ_ONLY",
  "ORG_ANSWER_UNEXPECTED",
]);

function stopOf({ code, message, hint }: OktaError): ExaminationStop {
  return { at: OF_THE_ORG.has(code) ? "org" : "access", message, hint };
}

function refusedConnection({ code, cause }: OktaError): ConnectionFacts | undefined {
  if (code !== "ORG_UNREACHABLE") return undefined;
  const trouble = troubleOf(cause);
  return trouble.kind === "tls" ? { kind: "refused", code: trouble.code } : undefined;
}
