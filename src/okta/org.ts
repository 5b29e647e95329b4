import {
  type CanaryUsers,
  type DirectorySchema,
  type ImportedUsers,
  OktaError,
  type OrgFacts,
  type Traffic,
  type UserDirectory,
} from "../core/index.ts";
import {
  type AskForToken,
  type Authorizer,
  createAuthorizer,
  type Credential,
  type ScopeNeeds,
} from "./access/index.ts";
import { OktaCanaryUsers } from "./canary-users.ts";
import type { BucketStatus } from "./governor/index.ts";
import { USERS_ROUTE } from "./create-request.ts";
import { examineOrg } from "./examination/examine-org.ts";
import { findRealm, findUserType, type NamedRealm, type NamedUserType } from "./named-places.ts";
import type { OrgCaller } from "./org-caller.ts";
import {
  ensureGroups,
  type EnsuredGroup,
  findGroups,
  listAllGroups,
  type NamedGroup,
} from "./org-groups.ts";
import { readBody } from "./read-body.ts";
import { type LineOptions, openLine } from "./org-line.ts";
import { readDirectorySchema, schemaRequest } from "./org-schema.ts";
import type { OrgUrl } from "./org-url.ts";
import { hasActivePasswordHook } from "./password-hook.ts";
import { OktaImportedUsers } from "./programme/imported-users.ts";
import { PasswordHooks } from "./programme/password-hooks.ts";
import { addressHint } from "./stops.ts";
import { LIST_BODY_BYTES, type OrgRequest } from "./transport.ts";
import { OktaUserDirectory } from "./user-directory.ts";

/** What a connection to an org is made of. */
export interface OrgOptions extends LineOptions {
  readonly credential: Credential;
  /** What a service app asks for. @default what an import needs at most */
  readonly scopes?: ScopeNeeds;
  /** Asks for another token where one that was given is taken no longer. @default nobody is asked */
  readonly askForToken?: AskForToken | undefined;
}

/** How fast creates may go at present, for people. */
export interface RateStatus {
  /** Of the bucket of creates; undefined before the first of them. */
  readonly creates: BucketStatus | undefined;
  /** Requests on the wire, and how many may be. */
  readonly inFlight: number;
  readonly ceiling: number;
}

/** One org, ready to be asked. */
export interface OrgConnection {
  readonly orgUrl: OrgUrl;
  readonly users: UserDirectory;
  /** Throw-away users. */
  readonly canaries: CanaryUsers;
  /**
   * The org's user schema; undefined, with a warning, where the token may not read it.
   *
   * @param schemaId that of a user type; of the default one when absent
   */
  readSchema(schemaId?: string): Promise<DirectorySchema | undefined>;
  /** The user type of a name or an id. @throws {ConfigError} USER_TYPE_UNKNOWN */
  findUserType(named: string): Promise<NamedUserType>;
  /** The realm of a name or an id. @throws {ConfigError} REALM_UNKNOWN */
  findRealm(named: string): Promise<NamedRealm>;
  /** The groups of these names that exist, in their order. Makes none. */
  findGroups(names: readonly string[]): Promise<readonly NamedGroup[]>;
  /** All groups that take members by API, page by page. */
  listGroups(signal: AbortSignal): Promise<readonly NamedGroup[]>;
  /**
   * The groups of these names, in their order; missing ones are made.
   *
   * @throws {ConfigError} GROUP_INVALID where a name is empty, ambiguous or not accepted
   */
  ensureGroups(names: readonly string[]): Promise<readonly EnsuredGroup[]>;
  /** Users whose passwords come with their first sign-in. */
  readonly imported: ImportedUsers;
  /** The org's password import hook. */
  readonly hooks: PasswordHooks;
  /** Whether the org has an active password import hook; undefined where the token may not see it. */
  hasActivePasswordHook(): Promise<boolean | undefined>;
  /**
   * The limit that creates are likely to have, before the first of them: that of the list of users,
   * which has the same path. Undefined where the token may not see it, or the org announces none.
   */
  readCreateLimit(): Promise<BucketStatus | undefined>;
  /** What the org is like, found out without changing anything: by GETs, and requests for tokens. */
  examine(): Promise<OrgFacts>;
  /** What was sent so far by this process, preparation included. */
  traffic(): Traffic;
  /** How fast creates may go at present. */
  rateStatus(): RateStatus;
  /** Ends everything that waits or is in flight, and closes all connections. */
  close(): Promise<void>;
}

/** Puts the parts of this room together for one org. Nothing is sent yet. */
export function connectOrg(options: OrgOptions): OrgConnection {
  const { orgUrl, clock, events } = options;
  const line = openLine(options);
  const { serverClock, governor, transport, callWith } = line;
  const authorizer = createAuthorizer({
    credential: options.credential,
    scopes: options.scopes,
    ask: options.askForToken,
    origin: orgUrl.origin,
    serverClock,
    clock,
    events,
    callWith,
  });
  const caller = callWith(authorizer);
  const traffic = (): Traffic => transport.traffic();
  return {
    orgUrl,
    users: new OktaUserDirectory({ caller, serverClock, traffic }),
    canaries: new OktaCanaryUsers(caller),
    readSchema: (schemaId = "default") =>
      readSchema(caller, { events, credential: options.credential, schemaId }),
    findUserType: (named) => findUserType(caller, named),
    findRealm: (named) => findRealm(caller, named),
    findGroups: (names) => findGroups(caller, names),
    listGroups: (signal) => listAllGroups(caller, signal),
    ensureGroups: (names) => ensureGroups(caller, names),
    imported: new OktaImportedUsers(caller, () => serverClock.nowS() * 1000),
    hooks: new PasswordHooks(caller),
    hasActivePasswordHook: () => hasActivePasswordHook(caller),
    readCreateLimit: async () => {
      await probe(caller, LIST_REQUEST);
      return governor.status(`GET ${USERS_ROUTE}`);
    },
    examine: () =>
      examineOrg({
        orgUrl,
        credential: options.credential,
        caller,
        openCaller: callWith(NOBODYS),
        held: () => authorizer.held?.(),
        secrets: () => authorizer.authorize(LIST_REQUEST)?.secrets ?? [],
        governor,
        serverClock,
        clock,
      }),
    traffic,
    rateStatus: () => ({
      creates: governor.status(`POST ${USERS_ROUTE}`),
      ...governor.concurrency(),
    }),
    close: () => line.close(),
  };
}

/** Goes with requests that anyone may send, and waits for no token. */
const NOBODYS: Authorizer = {
  ready: () => undefined,
  authorize: () => ({ headers: [], secrets: [] }),
  hear: () => "settled",
};

const LIST_REQUEST: OrgRequest = {
  method: "GET",
  route: USERS_ROUTE,
  path: `${USERS_ROUTE}?limit=1`,
  maxBodyBytes: LIST_BODY_BYTES,
};

/** Asks for the sake of the headers alone; a token that may not ask is no obstacle. */
async function probe(caller: OrgCaller, request: OrgRequest): Promise<void> {
  try {
    await caller.ask(request);
  } catch (error) {
    if (!(error instanceof OktaError) || error.code !== "ORG_PERMISSION_MISSING") throw error;
  }
}

async function readSchema(
  caller: OrgCaller,
  options: Pick<OrgOptions, "events" | "credential"> & { readonly schemaId: string },
): Promise<DirectorySchema | undefined> {
  const { events, credential } = options;
  const request = schemaRequest(options.schemaId);
  try {
    const schema = readDirectorySchema(readBody(caller, request, await caller.ask(request)));
    if (schema !== undefined) return schema;
    throw new OktaError({
      code: "ORG_ANSWER_UNEXPECTED",
      message: "The org's answer about its user schema is no user schema.",
      hint: `${addressHint(caller.orgUrl)} A proxy may stand in between.`,
    });
  } catch (error) {
    if (!(error instanceof OktaError) || error.code !== "ORG_PERMISSION_MISSING") throw error;
    // Which scopes a token of our own has to do without was said when it was got, or before.
    const isGiven = credential.kind === "ssws" || credential.kind === "bearer";
    if (!isGiven && error.errorCode === "insufficient_scope") return undefined;
    events.emit({
      event: "warning",
      message:
        "The org's user schema can't be read: records are checked against Okta's base attributes alone.",
      hint: "Give the token the scope okta.schemas.read, or a role that may view profile attributes.",
    });
    return undefined;
  }
}
