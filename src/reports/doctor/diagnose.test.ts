import { describe, expect, it } from "vitest";
import {
  attribute,
  BASE,
  CERTIFICATE,
  type Changes,
  DAY_MS,
  DENIED,
  facts,
  lineOf,
  NO_SCOPE,
  NOT_ASKED,
  NOW_MS,
  ORG,
  read,
  role,
  schemaWith,
} from "../../../test/support/healthy-org.ts";
import type { OrgFacts } from "../../core/index.ts";
import type { CheckId } from "./check-line.ts";
import { countLines, diagnose } from "./diagnose.ts";

const AS_APP = { kind: "service-app", isRenewed: true, description: "service app" } as const;
const AS_PERSON = {
  kind: "sign-in",
  isRenewed: true,
  description: "signed in as ines@example.com by login",
} as const;
const ALL_SCOPES = [
  "okta.users.manage",
  "okta.users.read",
  "okta.schemas.read",
  "okta.groups.read",
];

const APP = read({ kind: "app", login: undefined } as const);

function customRole(...permissions: readonly string[]): OrgFacts["roles"] {
  return read([role("CUSTOM", "Creator", { permissions: read(permissions) })]);
}

function tokenWith(scopes: readonly string[]): OrgFacts["token"] {
  return { scheme: "DPoP", leftMs: 3_590_000, scopes };
}

/** What is changed, the line that shows it, its status, and words that it has. */
const TABLE: readonly (readonly [string, CheckId, string, RegExp, Changes])[] = [
  ["an org that answers", "org", "pass", /Acme.*subdomain acme.*00o1.*Identity Engine/, {}],
  [
    "a custom domain",
    "org",
    "pass",
    /a custom domain of acme\.okta\.com/,
    { org: { identity: read({ id: "00o1", engine: "classic", ownHost: "acme.okta.com" }) } },
  ],
  [
    "a server without metadata",
    "org",
    "warn",
    /does not say that it is an Okta org/,
    { org: { identity: read({ id: undefined, engine: undefined, ownHost: undefined }) } },
  ],
  [
    "an org that is suspended",
    "org",
    "warn",
    /status is INACTIVE/,
    { org: { settings: read({ name: "Acme", subdomain: "acme", status: "INACTIVE" }) } },
  ],
  ["a good certificate", "tls", "pass", /TLSv1\.3; certificate by DigiCert Inc, 90 days left/, {}],
  [
    "a certificate that ends soon",
    "tls",
    "warn",
    /13 days left/,
    { org: { connection: { ...CERTIFICATE, validUntilMs: NOW_MS + 13.5 * DAY_MS } } },
  ],
  [
    "a certificate of two weeks",
    "tls",
    "pass",
    /14 days left/,
    { org: { connection: { ...CERTIFICATE, validUntilMs: NOW_MS + 14 * DAY_MS } } },
  ],
  [
    "a proxy that inspects TLS",
    "tls",
    "warn",
    /through the proxy.*private authority \(NODE_EXTRA_CA_CERTS is set\)/,
    {
      org: { connection: { ...CERTIFICATE, authority: "private" } },
      address: { viaProxy: true, trustsMore: true },
    },
  ],
  [
    "a certificate that is refused",
    "tls",
    "fail",
    /CERT_HAS_EXPIRED/,
    { org: { connection: { kind: "refused", code: "CERT_HAS_EXPIRED" } } },
  ],
  ["a rehearsal", "tls", "pass", /this machine alone/, { org: { connection: { kind: "plain" } } }],
  ["a clock that is right", "clock", "pass", /agrees with the org's to 1 s/, {}],
  ["30 seconds", "clock", "pass", /agrees/, { org: { clockBehindMs: -30_000 } }],
  ["31 seconds", "clock", "warn", /31 s ahead of the org's/, { org: { clockBehindMs: -31_000 } }],
  [
    "six minutes with an API token",
    "clock",
    "warn",
    /6 min 00 s behind the org's/,
    { org: { clockBehindMs: 360_000 } },
  ],
  [
    "six minutes with a service app",
    "clock",
    "fail",
    /gets in all the same/,
    { org: { clockBehindMs: 360_000 }, access: AS_APP },
  ],
  ["an API token", "access", "pass", /30 days without use/, {}],
  [
    "a service app with DPoP",
    "access",
    "pass",
    /bound to a key \(DPoP\), good for 59 min 50 s, renewed by itself/,
    { access: AS_APP, org: { token: tokenWith(ALL_SCOPES) } },
  ],
  [
    "an access token that ends soon",
    "access",
    "warn",
    /no DPoP\), good for 5 min/,
    {
      access: { kind: "bearer", description: "access token from OKTA_ACCESS_TOKEN" },
      org: { token: { scheme: "Bearer", leftMs: 300_000, scopes: undefined } },
    },
  ],
  [
    "a sign-in that is renewed, though its token ends soon",
    "access",
    "pass",
    /^Signed in as ines@example\.com by login, .*good for 5 min 00 s, renewed by itself\./,
    { access: AS_PERSON, org: { token: { scheme: "DPoP", leftMs: 300_000, scopes: [] } } },
  ],
  [
    "a sign-in that is not renewed, and ends soon",
    "access",
    "warn",
    /good for 5 min 00 s\.$/,
    {
      access: { ...AS_PERSON, isRenewed: false },
      org: { token: { scheme: "DPoP", leftMs: 300_000, scopes: [] } },
    },
  ],
  ["an API token", "scopes", "skipped", /has no scopes/, {}],
  [
    "all scopes",
    "scopes",
    "pass",
    /Nothing is missing for check, import, import with groups\.$/,
    { access: AS_APP, org: { token: tokenWith(ALL_SCOPES) } },
  ],
  [
    "a scope that only another form of the command needs",
    "scopes",
    "pass",
    /okta\.groups\.read is missing for import with groups/,
    { access: AS_APP, org: { token: tokenWith(ALL_SCOPES.slice(0, 3)) } },
  ],
  [
    "the same scope, where groups are named",
    "scopes",
    "warn",
    /okta\.groups\.read is missing for import with groups: something is not done\./,
    { access: AS_APP, org: { token: tokenWith(ALL_SCOPES.slice(0, 3)) }, load: { groups: 1 } },
  ],
  [
    "no scope to create users",
    "scopes",
    "fail",
    /okta\.users\.manage is missing for import, import with groups, which can't do without it\./,
    { access: AS_APP, org: { token: tokenWith(ALL_SCOPES.slice(1)) } },
  ],
  [
    "grants, where the token does not tell",
    "scopes",
    "fail",
    /Granted: okta\.users\.read\./,
    { access: AS_APP, org: { grants: read(["okta.users.read"]) } },
  ],
  [
    "neither token nor grants",
    "scopes",
    "skipped",
    /Neither/,
    { access: AS_APP, org: { grants: NO_SCOPE } },
  ],
  [
    "an API token whose administrator has a good role",
    "role",
    "pass",
    /^ana@example\.com has the role Group Administrator: users may be created\.$/,
    {},
  ],
  [
    "a sign-in of somebody who may only read",
    "role",
    "fail",
    /^ana@example\.com has the role Read Only Administrator: may not create users\.$/,
    {
      access: AS_PERSON,
      org: { roles: read([role("READ_ONLY_ADMIN", "Read Only Administrator")]) },
    },
  ],
  [
    "a person without a role",
    "role",
    "fail",
    /^ana@example\.com has no admin role: users can't be created\.$/,
    { org: { roles: read([]) } },
  ],
  [
    "a person whose login can't be shown",
    "role",
    "fail",
    /^The administrator behind it has no admin role/,
    { org: { actor: read({ kind: "person", login: undefined }), roles: read([]) } },
  ],
  [
    "several roles, one of which is enough",
    "role",
    "pass",
    /has the roles Report Administrator, Super Administrator: users may be created\.$/,
    {
      org: {
        roles: read([
          role("REPORT_ADMIN", "Report Administrator"),
          role("SUPER_ADMIN", "Super Administrator"),
        ]),
      },
    },
  ],
  [
    "a role that is limited to some groups",
    "role",
    "warn",
    /Group Administrator, limited to 2 groups: users may be created into no other\.$/,
    { org: { roles: read([role("USER_ADMIN", "Group Administrator", { groups: 2 })]) } },
  ],
  [
    "groups that a Group Administrator may fill, and perhaps not make",
    "role",
    "warn",
    /users may be created and put into groups\. Whether groups that are missing may be made/,
    { load: { groups: 1 } },
  ],
  [
    "groups that an Organizational Administrator may make",
    "role",
    "pass",
    /users may be created and put into groups\.$/,
    {
      load: { groups: 1 },
      org: { roles: read([role("ORG_ADMIN", "Organizational Administrator")]) },
    },
  ],
  [
    "groups that a custom role may fill and not make",
    "role",
    "warn",
    /put into groups\. Groups that are missing may not be made\.$/,
    {
      load: { groups: 1 },
      org: { roles: customRole("okta.users.create", "okta.groups.members.manage") },
    },
  ],
  [
    "groups of records alone, none of which is made",
    "role",
    "pass",
    /users may be created and put into groups\.(?! Groups)/,
    {
      load: { ownGroups: true },
      org: { roles: customRole("okta.users.create", "okta.groups.members.manage") },
    },
  ],
  [
    "an administrator whose scopes do not let roles be read",
    "role",
    "skipped",
    /^Not known: ana@example\.com acts, and to read the admin roles takes okta\.roles\.read, then okta-migrate login\. .*first create; canary/,
    { access: AS_PERSON, org: { roles: NO_SCOPE } },
  ],
  [
    "an administrator who may not see roles",
    "role",
    "skipped",
    /^Not known: ana@example\.com acts, and may not read admin roles \(403\)/,
    { org: { roles: DENIED } },
  ],
  [
    "a token that may not read users",
    "role",
    "skipped",
    /^Not known: to read who acts takes okta\.users\.read\./,
    { org: { actor: NO_SCOPE, roles: NOT_ASKED } },
  ],
  [
    "an access token behind which there is nobody",
    "role",
    "skipped",
    /^Not known: who acts can't be read: the org names nobody\./,
    { org: { actor: { kind: "unreadable", why: "the org names nobody" }, roles: NOT_ASKED } },
  ],
  [
    "an API token that may not read the schema",
    "role",
    "warn",
    /may not read the user schema/,
    { org: { schema: DENIED } },
  ],
  [
    "the same, where the role is not known",
    "role",
    "warn",
    /^Not known: .*may not read the user schema/,
    { org: { schema: DENIED, roles: DENIED } },
  ],
  [
    "an API token that may read nothing",
    "role",
    "fail",
    /not even users/,
    { org: { actor: DENIED, roles: NOT_ASKED, limits: { ...ORG.limits, listUsers: DENIED } } },
  ],
  [
    "a scope that is missing, which is no role",
    "role",
    "skipped",
    /^Not known: The app acts, and to read .* takes okta\.roles\.read\. .*is denied by no role/,
    { access: AS_APP, org: { actor: APP, schema: NO_SCOPE, roles: NO_SCOPE } },
  ],
  [
    "an app without a role",
    "role",
    "fail",
    /^The app has no admin role, and scopes alone give no rights\.$/,
    { access: AS_APP, org: { actor: APP, roles: read([]) } },
  ],
  [
    "a custom role that can't be looked into",
    "role",
    "warn",
    /^The app has the role view_minimal: whether a custom role may create users can't be read\.$/,
    { access: AS_APP, org: { actor: APP, roles: read([role("CUSTOM", "view_minimal")]) } },
  ],
  [
    "a custom role that lets users be created",
    "role",
    "pass",
    /has the role Creator: users may be created\. Whom a custom role's resource set holds was not looked at\.$/,
    { org: { roles: customRole("okta.users.create") } },
  ],
  [
    "a custom role that does not",
    "role",
    "fail",
    /has the role Creator: may not create users\.$/,
    { org: { roles: customRole("okta.users.read", "okta.groups.manage") } },
  ],
  [
    "a custom role that may create users and not put them into groups",
    "role",
    "fail",
    /has the role Creator: may not put users into the config's groups\.$/,
    { load: { groups: 1 }, org: { roles: customRole("okta.users.manage") } },
  ],
  [
    "limits",
    "limits",
    "pass",
    /list of users 600, user by login 600, groups 600, schema 600\. Creates are assumed/,
    {},
  ],
  [
    "limits of another window",
    "limits",
    "pass",
    /list of users 1,200,/,
    {
      org: {
        limits: {
          ...ORG.limits,
          listUsers: read({ limit: 600, remaining: 600, windowMs: 30_000 }),
        },
      },
    },
  ],
  [
    "an org in which others are busy",
    "limits",
    "warn",
    /half of this window: groups/,
    {
      org: {
        limits: { ...ORG.limits, groups: read({ limit: 600, remaining: 299, windowMs: 60_000 }) },
      },
    },
  ],
  ["a token with the whole", "token-cap", "pass", /whole of each limit/, {}],
  [
    "an app with half",
    "token-cap",
    "warn",
    /50 % of each limit: as it was set/,
    {
      access: AS_APP,
      org: { principalShare: read({ isOurs: true, percent: 50, concurrencyPercent: 50 }) },
    },
  ],
  [
    "a share that was never set",
    "token-cap",
    "warn",
    /50 % of each limit: assumed from Okta's default, since none was set/,
    {
      org: {
        principalShare: read({ isOurs: true, percent: undefined, concurrencyPercent: undefined }),
      },
    },
  ],
  [
    "a share that can't be read",
    "token-cap",
    "warn",
    /50 % of each limit: assumed from Okta's default, since what was set can't be read/,
    { org: { principalShare: NO_SCOPE } },
  ],
  [
    "the usual ceiling",
    "concurrency",
    "pass",
    /^Assumed, since no answer .* 75 .* Workforce and Customer Identity .* 35 for Integrator Free .*--max-concurrency is 50, and these limits need about 2/,
    {},
  ],
  [
    "a ceiling above what any org has",
    "concurrency",
    "warn",
    /--max-concurrency is 100/,
    { load: { maxConcurrency: 100 } },
  ],
  ["a schema that is met", "schema", "pass", /4 attributes, 0 of them custom/, {}],
  [
    "a required attribute that nothing gives",
    "schema",
    "fail",
    /requires legacyId, and the mapping does not give it/,
    { org: { schema: schemaWith(attribute("legacyId", { required: true, custom: true })) } },
  ],
  [
    "a required attribute, where nobody says what is mapped",
    "schema",
    "warn",
    /requires legacyId; neither/,
    {
      org: { schema: schemaWith(attribute("legacyId", { required: true, custom: true })) },
      load: { mapped: undefined },
    },
  ],
  [
    "a required attribute that another system gives",
    "schema",
    "pass",
    /5 attributes/,
    {
      org: {
        schema: schemaWith(attribute("hrId", { required: true, custom: true, readOnly: true })),
      },
    },
  ],
  [
    "an attribute that the org does not have",
    "schema",
    "fail",
    /gives badge, which the org does not have/,
    { load: { mapped: [...BASE, "badge"] } },
  ],
  [
    "a schema that can't be read",
    "schema",
    "warn",
    /lacks the scope/,
    { org: { schema: NO_SCOPE } },
  ],
  [
    "a schema of another form",
    "schema",
    "warn",
    /another form than documented/,
    { org: { schema: { kind: "unreadable", why: "the answer has another form than documented" } } },
  ],
  ["no hook, and none needed", "hook", "pass", /does not need it/, {}],
  [
    "no hook, and one needed",
    "hook",
    "fail",
    /nobody that is created can sign in/,
    { load: { usesHook: true } },
  ],
  [
    "an active hook",
    "hook",
    "pass",
    /"H" is registered and active at https:\/\/h\.example\.com/,
    {
      load: { usesHook: true },
      org: { hooks: read([{ name: "H", isActive: true, address: "https://h.example.com" }]) },
    },
  ],
  [
    "a hook that is not active, and not needed",
    "hook",
    "warn",
    /not active/,
    { org: { hooks: read([{ name: "H", isActive: false, address: undefined }]) } },
  ],
  [
    "a hook that can't be seen, and is needed",
    "hook",
    "warn",
    /can't be seen/,
    { load: { usesHook: true }, org: { hooks: NO_SCOPE } },
  ],
  ["a hook that can't be seen", "hook", "skipped", /can't be seen/, { org: { hooks: NO_SCOPE } }],
  ["users with passwords", "mails", "pass", /No mail goes out.*active/, {}],
  ["staged users", "mails", "pass", /when they are activated/, { load: { scenario: "staged" } }],
  ["an org that does nothing by itself", "automation", "pass", /no active group rule; no app/, {}],
  [
    "rules and applications",
    "automation",
    "warn",
    /at least 7 active group rules \(A, B, …\); 1 application of the group Everyone \(Mail\), 1 of them with provisioning/,
    {
      org: {
        groupRules: read({ count: 7, isCut: true, names: ["A", "B"] }),
        everyoneApps: read({ count: 1, isCut: false, names: ["Mail"], provisioning: 1 }),
      },
    },
  ],
  [
    "rules that can't be read",
    "automation",
    "skipped",
    /active group rules can't be read \(a role is missing\)/,
    { org: { groupRules: DENIED } },
  ],
  ["no source", "source", "skipped", /No source/, {}],
  [
    "a source that was counted",
    "source",
    "pass",
    /users\.csv: CSV, UTF-8, 4 columns, 1,234 records/,
    {
      load: {
        source: { location: "users.csv", description: "CSV, UTF-8, 4 columns", records: 1234 },
      },
    },
  ],
  [
    "a source that can't be read",
    "source",
    "fail",
    /no such file/,
    {
      load: {
        source: { location: "x", problem: { message: "There is no such file.", hint: "?" } },
      },
    },
  ],
  [
    "time for a given number",
    "time",
    "pass",
    /At 540 a minute \(600 x 100 % x 0\.9\): 5,400 users 10 min 00 s\. At twice that: 5,400 users 5 min 00 s/,
    { load: { users: 5400 } },
  ],
  [
    "time at half a limit",
    "time",
    "pass",
    /At 270 a minute.*1,000 users 3 min 42 s, 100,000 users 6 h 10 min, 1,000,000 users 2 d 13 h/,
    { org: { principalShare: NO_SCOPE } },
  ],
  [
    "time without a limit",
    "time",
    "skipped",
    /announces no limit/,
    {
      org: {
        limits: {
          ...ORG.limits,
          listUsers: read({ limit: undefined, remaining: undefined, windowMs: 60_000 }),
        },
      },
    },
  ],
];

describe("a diagnosis", () => {
  it.each(TABLE)("%s: %s is %s", (_what, id, status, words, changes) => {
    const line = lineOf(id, changes);
    expect(line.message).toMatch(words);
    expect(line.status).toBe(status);
  });

  it.each(TABLE)("says what to do: %s, %s", (_what, id, status, _words, changes) => {
    const needsHint = status === "warn" || status === "fail";
    expect((lineOf(id, changes).hint ?? "") !== "").toBe(needsHint);
  });

  it("says for a scope what to do after it was granted, which depends on how we are signed in", () => {
    const org = { token: tokenWith(["okta.users.read"]) };
    expect(lineOf("scopes", { access: AS_APP, org }).hint).toMatch(/Okta API Scopes > Grant\.$/);
    expect(lineOf("scopes", { access: AS_PERSON, org }).hint).toMatch(/okta-migrate login again/);
    expect(lineOf("scopes", { access: { kind: "bearer" }, org }).hint).toMatch(/get a new token/);
  });

  it("warns of scopes of the hook's commands, where a load of hook users is planned", () => {
    const scopes = [...ALL_SCOPES, "okta.inlineHooks.read"];
    const { load, ...others } = facts({ access: AS_PERSON, org: { token: tokenWith(scopes) } });
    const command = {
      command: "hook register",
      required: ["okta.inlineHooks.manage"],
      optional: [],
    };
    const lineFor = (usesHook: boolean) =>
      diagnose({
        ...others,
        commands: [...others.commands, command],
        load: { ...load, usesHook },
      }).find(({ id }) => id === "scopes");
    expect(lineFor(false)).toMatchObject({ status: "pass" });
    expect(lineFor(true)).toMatchObject({
      status: "warn",
      message: expect.stringContaining("okta.inlineHooks.manage is missing for hook register"),
      hint: expect.stringContaining("okta-migrate login --hook again"),
    });
  });

  it.each(["schema", "hook"] as const)("names a scope for %s where one is missing alone", (id) => {
    const why = "the answer has another form than documented";
    const hintOf = (reading: typeof NO_SCOPE | { kind: "unreadable"; why: string }) =>
      lineOf(id, { org: { schema: reading, hooks: reading }, load: { usesHook: true } }).hint;
    expect(hintOf(NO_SCOPE)).toMatch(/Grant okta\./);
    expect(hintOf({ kind: "unreadable", why })).toMatch(/OKTA_ORG_URL.*no proxy/);
    expect(hintOf({ kind: "unreadable", why })).not.toContain("okta.");
  });

  it("of an org that does not answer has all its lines, most of them skipped for that reason", () => {
    const stop = { at: "org", message: "It can't be reached.", hint: "Check it." } as const;
    const lines = diagnose(
      facts({ org: { stop, connection: undefined, clockBehindMs: undefined } }),
    );
    expect(lines).toHaveLength(diagnose(facts()).length);
    expect(lines[0]).toEqual({ id: "org", status: "fail", message: stop.message, hint: stop.hint });
    expect(lines.filter(({ message }) => message.includes("does not answer"))).toHaveLength(10);
    expect(countLines(lines)).toMatchObject({ fail: 1, warn: 0, pass: 1 });
  });

  it("of an org that does not let us in knows the org, and fails for the access", () => {
    const stop = { at: "access", message: "No.", hint: "Get a new token." } as const;
    const lines = diagnose(facts({ org: { stop } }));
    const statusOf = (id: CheckId) => lines.find((line) => line.id === id)?.status;
    expect([statusOf("org"), statusOf("access"), statusOf("time")]).toEqual([
      "pass",
      "fail",
      "skipped",
    ]);
  });
});
