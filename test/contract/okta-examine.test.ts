import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { OrgFacts } from "../../src/core/index.ts";
import { connectOrg, createCredential, examinedScopes, parseOrgUrl } from "../../src/okta/index.ts";
import { systemClock } from "../../src/platform/index.ts";
import {
  hangUp,
  json,
  oktaError,
  type Reply,
  type StandIn,
  startStandIn,
  TOKEN,
} from "./okta-client-stand-in.ts";
import { OrgServers, refuse, theApp } from "./service-app-stand-in.ts";

const RATE = {
  "x-rate-limit-limit": "600",
  "x-rate-limit-remaining": "598",
  "x-rate-limit-reset": "1800000060",
};

/** What Okta's documentation shows. */
function published(name: string): Reply {
  const path = `../../fixtures/org-facts/${name}.json`;
  const fixture = JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as {
    readonly answer: { readonly status: number; readonly body: unknown };
  };
  return json(fixture.answer.status, fixture.answer.body, RATE);
}

const SCHEMA = {
  definitions: {
    base: { properties: { login: { type: "string", required: true } } },
    custom: { properties: { legacyId: { type: "string", required: true } } },
  },
};
const EVERYONE = [{ id: "00g1emaKYZTWRYYRRTSK", type: "BUILT_IN", profile: { name: "Everyone" } }];

/** A whole org, by the beginnings of paths; the longest counts. */
const ORG: Readonly<Record<string, Reply>> = {
  "/.well-known/okta-organization": published("metadata-custom-domain"),
  "/api/v1/users?limit=1": json(200, [], RATE),
  "/api/v1/users/": oktaErrorWith(404, "E0000007"),
  "/api/v1/users/me": published("acting-user"),
  "/api/v1/users/00ub0oNGTSWTBKOLGLNR/roles": published("roles-of-user"),
  "/api/v1/iam/roles/cr0Yq6IJxGIr0ouum0g3/permissions": published("role-permissions"),
  "/api/v1/groups?": json(200, EVERYONE, RATE),
  "/api/v1/groups/rules": published("group-rules"),
  "/api/v1/groups/00g1emaKYZTWRYYRRTSK/apps": published("group-apps"),
  "/api/v1/meta/schemas/user/default": json(200, SCHEMA, RATE),
  "/api/v1/inlineHooks": published("inline-hooks"),
  "/api/v1/org": published("org-settings"),
  "/api/v1/principal-rate-limits": published("principal-limits-of-tokens"),
};

function oktaErrorWith(status: number, code: string): Reply {
  return (response, seen) => {
    for (const [name, value] of Object.entries(RATE)) response.setHeader(name, value);
    oktaError(status, code)(response, seen);
  };
}

function answering(routes: Readonly<Record<string, Reply>>): Reply {
  return (response, seen) => {
    const fitting = Object.keys(routes).filter((start) => seen.url.startsWith(start));
    const [best = ""] = fitting.toSorted((a, b) => b.length - a.length);
    (routes[best] ?? oktaError(404, "E0000008"))(response, seen);
  };
}

interface Examined {
  readonly facts: OrgFacts;
  readonly standIn: StandIn;
}

async function examine(
  changed: Readonly<Record<string, Reply>> = {},
  credential = createCredential("ssws", TOKEN),
): Promise<Examined> {
  const standIn = await startStandIn(answering({ ...ORG, ...changed }));
  return { facts: await examineAt(standIn.url, credential), standIn };
}

async function examineAt(
  url: string,
  credential: Parameters<typeof connectOrg>[0]["credential"],
): Promise<OrgFacts> {
  const org = connectOrg({
    orgUrl: parseOrgUrl(url),
    credential,
    scopes: examinedScopes(),
    rateShare: 1,
    maxConcurrency: 20,
    requestTimeoutMs: 5_000,
    health: { giveUpAfterMs: 1_000 },
    clock: systemClock,
    random: () => 0.5,
    events: { emit: () => undefined },
  });
  try {
    return await org.examine();
  } finally {
    await org.close();
  }
}

/** A token as Okta's are, with invented claims; its signature is none. */
function jwt(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "RS256" })}.${part(claims)}.c2ln`;
}

describe("an examination of an org", () => {
  it("reads what Okta's documentation shows", async () => {
    const { facts } = await examine();
    const limit = { kind: "read", value: { limit: 600, remaining: 598, windowMs: 60_000 } };
    expect(facts).toMatchObject({
      stop: undefined,
      connection: { kind: "plain" },
      identity: {
        kind: "read",
        value: { id: "00o47wwoytgsDqEtz0g7", engine: "identity", ownHost: "acme.okta.com" },
      },
      settings: { kind: "read", value: { name: "Acme", subdomain: "acme", status: "ACTIVE" } },
      token: undefined,
      limits: { listUsers: limit, readUser: limit, groups: limit, schema: limit },
      principalShare: {
        kind: "read",
        value: { isOurs: false, percent: 50, concurrencyPercent: 50 },
      },
      actor: { kind: "read", value: { kind: "person", login: "ines.brock@example.com" } },
      grants: { kind: "not-asked" },
      hooks: {
        kind: "read",
        value: [
          { name: "Password import hook", isActive: true, address: "https://hook.example.com" },
        ],
      },
      groupRules: {
        kind: "read",
        value: { count: 1, isCut: false, names: ["Sales group rule"] },
      },
      everyoneApps: {
        kind: "read",
        value: { count: 2, provisioning: 1, names: ["Sample Basic Auth App", "Sample Plugin App"] },
      },
    });
    expect(facts.schema.kind === "read" && [...facts.schema.value.attributes.keys()]).toEqual([
      "login",
      "legacyId",
    ]);
  });

  it("reads the roles of who acts, and once what each custom role holds", async () => {
    const { facts, standIn } = await examine();
    const none = { kind: "not-asked" };
    const held = {
      kind: "read",
      value: [
        "okta.users.create",
        "okta.users.read",
        "okta.groups.read",
        "okta.users.userprofile.manage",
      ],
    };
    expect(facts.roles).toMatchObject({
      value: [
        { type: "HELP_DESK_ADMIN", permissions: none },
        { type: "API_ACCESS_MANAGEMENT_ADMIN", permissions: none },
        { type: "CUSTOM", label: "UserCreatorRole", permissions: held },
        { type: "CUSTOM", label: "UserCreatorRole", permissions: held },
      ],
    });
    expect(standIn.seen.filter(({ url }) => url.includes("/iam/"))).toHaveLength(1);
  });

  it("knows of a token of nobody's that it may be an app's own", async () => {
    const { facts } = await examine(
      { "/api/v1/users/me": oktaError(404, "E0000007") },
      createCredential("bearer", "an-opaque-token-of-an-app"),
    );
    expect(facts.actor).toMatchObject({
      kind: "unreadable",
      why: expect.stringContaining("an app's own") as unknown,
    });
    expect(facts.roles).toEqual({ kind: "not-asked" });
  });

  it("asks for the roles of the app whose own token somebody gave", async () => {
    const roles = "/oauth2/v1/clients/0oaServiceApp1/roles";
    const { facts, standIn } = await examine(
      { [roles]: published("roles-standard") },
      createCredential("bearer", jwt({ cid: "0oaServiceApp1", sub: "0oaServiceApp1" })),
    );
    expect(facts.actor).toMatchObject({ value: { kind: "app" } });
    expect(facts.roles).toMatchObject({ value: [{ type: "HELP_DESK_ADMIN" }] });
    expect(standIn.seen.some(({ url }) => url === "/api/v1/users/me")).toBe(false);
  });

  it("tells apart what is not read of roles for want of a scope, and of a role", async () => {
    const roles = "/api/v1/users/00ub0oNGTSWTBKOLGLNR/roles";
    const denied = await examine({ [roles]: oktaError(403, "E0000006") });
    expect(denied.facts.roles).toEqual({ kind: "denied", lacks: "role" });
    const path = "/api/v1/iam/roles/cr0Yq6IJxGIr0ouum0g3/permissions";
    const inside = await examine({ [path]: oktaError(403, "E0000006") });
    expect(inside.facts.roles).toMatchObject({
      value: [{}, {}, { permissions: { kind: "denied", lacks: "role" } }, {}],
    });
  });

  it("sends nothing but GETs, and to nobody the token but the org's API", async () => {
    const { standIn } = await examine();
    expect(new Set(standIn.seen.map(({ method }) => method))).toEqual(new Set(["GET"]));
    const open = standIn.seen.find(({ url }) => url.startsWith("/.well-known/"));
    expect(open?.headers.authorization).toBeUndefined();
  });

  it("keeps nothing of a hook's address and headers that could be a secret", async () => {
    const { facts } = await examine();
    expect(JSON.stringify(facts)).not.toMatch(/a-key-in-the-address|a-value-in-a-header/);
  });

  it("keeps no token that the org's answers quote", async () => {
    const quoting: Reply = (response, seen) => {
      const name = seen.headers.authorization ?? "nobody";
      json(200, [{ id: "0pr1", name, status: "ACTIVE" }])(response, seen);
    };
    const { facts } = await examine({ "/api/v1/groups/rules": quoting });
    expect(facts.groupRules).toMatchObject({ value: { names: ["SSWS [secret]"] } });
    expect(JSON.stringify(facts)).not.toContain(TOKEN);
  });

  it("goes on past everything that the token may not read, and tells what it lacks", async () => {
    const noScope: Reply = (response) => {
      response.setHeader("www-authenticate", 'Bearer error="insufficient_scope"');
      response.writeHead(403).end();
    };
    const { facts } = await examine({
      "/api/v1/groups/rules": oktaError(403, "E0000006"),
      "/api/v1/inlineHooks": noScope,
      "/api/v1/org": oktaError(401, "E0000015"),
      "/api/v1/principal-rate-limits": json(200, "nonsense"),
      "/api/v1/groups?": oktaError(404, "E0000008"),
    });
    expect(facts.stop).toBeUndefined();
    expect(facts.groupRules).toEqual({ kind: "denied", lacks: "role" });
    expect(facts.hooks).toEqual({ kind: "denied", lacks: "scope" });
    expect(facts.settings).toEqual({ kind: "denied", lacks: "right" });
    expect(facts.principalShare.kind).toBe("unreadable");
    expect(facts.everyoneApps.kind).toBe("unreadable");
    expect(facts.schema.kind).toBe("read");
  });

  it("counts what is on one page, and says that there is more", async () => {
    const rules = [{ id: "0pr1", status: "ACTIVE" }];
    const link = { link: '<https://x/api/v1/groups/rules?after=0pr1&limit=200>; rel="next"' };
    const { facts } = await examine({ "/api/v1/groups/rules": json(200, rules, link) });
    expect(facts.groupRules).toMatchObject({ value: { count: 1, isCut: true, names: ["0pr1"] } });
  });

  it("finds out how far this machine's clock is off", async () => {
    const date = new Date(systemClock.wallNow() + 600_000).toUTCString();
    const { facts } = await examine({
      "/.well-known/okta-organization": json(200, { id: "00o1" }, { date }),
    });
    expect(Math.abs((facts.clockBehindMs ?? 0) - 600_000)).toBeLessThan(3_000);
  });

  it("stops where the token is refused, and knows the org all the same", async () => {
    const { facts, standIn } = await examine({
      "/api/v1/users?limit=1": oktaError(401, "E0000011"),
    });
    expect(facts.stop?.at).toBe("access");
    expect(facts.identity.kind).toBe("read");
    expect(standIn.seen).toHaveLength(2);
    expect(JSON.stringify(facts)).not.toContain(TOKEN);
  });

  it("stops where nothing listens, and tells why", async () => {
    const standIn = await startStandIn(hangUp);
    await standIn.goAway();
    const facts = await examineAt(standIn.url, createCredential("ssws", TOKEN));
    expect(facts.stop).toMatchObject({
      at: "org",
      message: expect.stringMatching(/refused/) as unknown,
    });
    expect(facts.connection).toBeUndefined();
  });

  it("reads from an access token of Okta's form what it allows, and for how long", async () => {
    const endsAtS = Math.floor(systemClock.wallNow() / 1000) + 1800;
    const token = jwt({ exp: endsAtS, cid: "0oaServiceApp1", scp: ["okta.users.manage"] });
    const { facts } = await examine(
      { "/api/v1/principal-rate-limits": published("principal-limits-of-apps") },
      createCredential("bearer", token),
    );
    expect(facts.token).toMatchObject({ scheme: "Bearer", scopes: ["okta.users.manage"] });
    expect(Math.abs((facts.token?.leftMs ?? 0) - 1_800_000)).toBeLessThan(5_000);
    expect(facts.principalShare).toMatchObject({ value: { isOurs: true, percent: 40 } });
    expect(facts.actor).toMatchObject({ value: { login: "ines.brock@example.com" } });
  });

  it("asks a service app's role and grants, and knows what its token allows", async () => {
    const servers = new OrgServers({
      nowMs: () => systemClock.wallNow(),
      granted: ["okta.users.manage", "okta.users.read"],
    });
    const api = answering({
      ...ORG,
      "/oauth2/v1/clients/0oaServiceApp1/roles": published("roles-standard"),
      "/api/v1/apps/0oaServiceApp1/grants": published("app-grants"),
      "/api/v1/principal-rate-limits": published("principal-limits-of-apps"),
    });
    const standIn: StandIn = await startStandIn((response, seen) => {
      const isToken = seen.url === "/oauth2/v1/token";
      if (isToken) servers.answer(() => standIn)(response, seen);
      else api(response, seen);
    });
    const facts = await examineAt(standIn.url, await theApp());
    expect(facts.stop).toBeUndefined();
    expect(facts.token).toMatchObject({
      scheme: "DPoP",
      scopes: ["okta.users.manage", "okta.users.read"],
    });
    expect(facts.roles).toEqual({
      kind: "read",
      value: [
        {
          type: "HELP_DESK_ADMIN",
          label: "Help Desk Administrator",
          groups: 0,
          permissions: { kind: "not-asked" },
        },
      ],
    });
    expect(facts.grants).toEqual({ kind: "read", value: ["okta.users.read", "okta.apps.manage"] });
    expect(facts.principalShare).toMatchObject({ value: { isOurs: true, percent: 40 } });
    expect(servers.complaints).toEqual([]);
  });

  it("stops where a service app was granted nothing, and names what could be", async () => {
    const servers = new OrgServers({ nowMs: () => systemClock.wallNow(), granted: [] });
    const standIn: StandIn = await startStandIn((response, seen) => {
      if (seen.url === "/oauth2/v1/token") servers.answer(() => standIn)(response, seen);
      else answering(ORG)(response, seen);
    });
    const facts = await examineAt(standIn.url, await theApp());
    expect(facts.stop).toMatchObject({
      at: "access",
      message: expect.stringMatching(/none of okta\.users\.manage, /) as unknown,
    });
  });

  it("stops where the org does not know a service app, with what to do", async () => {
    const standIn = await startStandIn(
      answering({ ...ORG, "/oauth2/v1/token": refuse("invalid_client", 401) }),
    );
    const facts = await examineAt(standIn.url, await theApp());
    expect(facts.stop).toMatchObject({
      at: "access",
      message: expect.stringMatching(/no active app/) as unknown,
    });
  });
});
