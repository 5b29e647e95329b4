import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import {
  aNewUser,
  connect,
  type Connected,
  EagerClock,
  hangUp,
  json,
  oktaError,
  oktaUser,
  type Reply,
  type StandIn,
  startStandIn,
} from "./okta-client-stand-in.ts";
import {
  APP_KEY_PEM,
  NEEDS,
  OrgServers,
  refuse,
  type ServerOptions,
  theApp,
} from "./service-app-stand-in.ts";

const HOUR_MS = 3_600_000;

interface Scene extends Connected {
  readonly servers: OrgServers;
  readonly standIn: StandIn;
  /** Sends one call of the API. */
  readonly call: () => Promise<unknown>;
  /** From now on answers requests to paths that begin so in another way. */
  readonly answer: (path: string, reply: Reply) => void;
  readonly tokenRequests: () => number;
}

/** An org that wants a service app, and a connection to it. */
async function signIn(options: Partial<ServerOptions> & { skewMs?: number } = {}): Promise<Scene> {
  const { skewMs = 0, ...differing } = options;
  const clock = new EagerClock();
  const servers = new OrgServers({ nowMs: () => clock.wallNow() + skewMs, ...differing });
  const standIn: StandIn = await startStandIn(servers.answer(() => standIn));
  const connected = connect(standIn.url, { clock, credential: await theApp(), scopes: NEEDS });
  return {
    ...connected,
    servers,
    standIn,
    call: () => connected.org.hasActivePasswordHook(),
    answer: (path, reply) => {
      const usual = servers.answer(() => standIn);
      standIn.replies = [
        (response, seen) => {
          if (!seen.url.startsWith(path)) return usual(response, seen);
          response.setHeader("date", new Date(servers.options.nowMs()).toUTCString());
          return reply(response, seen);
        },
      ];
    },
    tokenRequests: () => standIn.seen.filter(({ url }) => url === "/oauth2/v1/token").length,
  };
}

describe("a service app", () => {
  it("gets in where possession must be proved, by one challenge at the start", async () => {
    const { call, servers, standIn, tokenRequests } = await signIn();
    for (let calls = 0; calls < 5; calls += 1) await call();
    expect(tokenRequests()).toBe(2);
    expect(standIn.seen).toHaveLength(7);
    expect(servers.tokens).toHaveLength(1);
    expect(servers.complaints).toEqual([]);
  });

  it("gets in where it need not", async () => {
    const { call, servers, tokenRequests } = await signIn({ dpop: false });
    await call();
    await call();
    expect(tokenRequests()).toBe(1);
    expect(servers.complaints).toEqual([]);
  });

  it("creates people with a proof for each", async () => {
    const { org, signal, servers, standIn, answer } = await signIn();
    answer("/api/v1/users", json(200, oktaUser("ada@example.com")));
    const permit = await org.users.admit(signal);
    expect((await org.users.create(aNewUser(), permit)).kind).toBe("created");
    const create = standIn.seen.at(-1);
    expect(create?.headers.authorization).toBe(`DPoP ${servers.tokens[0] ?? ""}`);
    expect(create?.headers["dpop"]).toMatch(/^eyJ/);
  });

  it("asks once for all calls that begin together", async () => {
    const { call, tokenRequests } = await signIn();
    await Promise.all(Array.from({ length: 20 }, call));
    expect(tokenRequests()).toBe(2);
  });

  it("gets the next token while the last is still good", async () => {
    const { call, clock, servers, tokenRequests } = await signIn();
    await call();
    clock.skip(HOUR_MS - 59_000);
    await Promise.all(Array.from({ length: 20 }, call));
    await expect.poll(() => servers.tokens.length).toBe(2);
    await call();
    expect(tokenRequests()).toBe(3);
    expect(servers.complaints).toEqual([]);
  });

  it("gets another token when its own is taken back, once for all calls", async () => {
    const { call, servers, standIn, tokenRequests } = await signIn();
    await call();
    servers.revoke();
    await Promise.all(Array.from({ length: 20 }, call));
    expect(tokenRequests()).toBe(3);
    expect(servers.tokens).toHaveLength(1);
    expect(standIn.seen.length).toBeLessThan(2 + 1 + 20 + 1 + 20 + 1);
  });

  it("stops where the org refuses a new token as well", async () => {
    const { org, answer, tokenRequests } = await signIn();
    answer("/api/v1", oktaError(401, "E0000011"));
    await expect(org.readSchema()).rejects.toMatchObject({ code: "ORG_CREDENTIAL_REFUSED" });
    expect(tokenRequests()).toBe(3);
  });

  it("that gets no further token stops, with how to resume", async () => {
    const { call, servers } = await signIn();
    await call();
    servers.revoke();
    servers.options.instead.push(refuse("invalid_client", 401));
    const ends = await Promise.allSettled([call(), call(), call()]);
    for (const end of ends) {
      expect(end).toMatchObject({
        status: "rejected",
        reason: {
          code: "ORG_CLIENT_REFUSED",
          hint: expect.stringMatching(/Public keys.*run the same command again/) as string,
        },
      });
    }
  });

  it("takes up a nonce that the org renews, and one that its API asks for", async () => {
    const { call, clock, servers } = await signIn({ apiNonces: true });
    await call();
    servers.renewNonce();
    clock.skip(HOUR_MS + 1);
    await call();
    await call();
    expect(servers.tokens).toHaveLength(2);
    expect(servers.complaints).toEqual([]);
  });

  it.each([-400_000, -7200_000, 400_000, 7200_000])(
    "gets in with a clock that is %i ms off",
    async (skewMs) => {
      for (const dpop of [true, false]) {
        const { call, servers } = await signIn({ skewMs, dpop });
        await call();
        expect(servers.tokens).toHaveLength(1);
      }
    },
  );

  it.each<[string, readonly Reply[]]>([
    ["server errors", [json(503, {}), json(500, {}), json(502, {})]],
    ["lost answers", [hangUp, hangUp]],
    ["too many requests", [json(429, {}, { "x-rate-limit-reset": "1" })]],
  ])("waits out %s with a new assertion each time", async (_what, instead) => {
    const { call, servers } = await signIn({ instead: [...instead], dpop: false });
    await call();
    expect(servers.tokens).toHaveLength(1);
    expect(servers.complaints).toEqual([]);
  });

  it("counts its token requests with all others", async () => {
    const { call, org } = await signIn();
    await call();
    expect(org.traffic()).toMatchObject({ requests: 3, retries: 1 });
  });

  it("stops where the org stays away", async () => {
    const { org, standIn } = await signIn();
    standIn.replies = [json(503, {})];
    await expect(org.readSchema()).rejects.toMatchObject({ code: "ORG_UNAVAILABLE" });
  });
});

describe("scopes that were not granted", () => {
  it("are done without where they can be, which is said once", async () => {
    const { call, clock, events, servers, tokenRequests } = await signIn({
      granted: ["okta.users.manage"],
    });
    await call();
    clock.skip(HOUR_MS + 1);
    await call();
    const warnings = events.filter(({ event }) => event === "warning");
    expect(warnings).toHaveLength(1);
    expect(inspect(warnings)).toContain("okta.inlineHooks.read (hooks are not seen)");
    expect(servers.tokens.length).toBe(2);
    expect(tokenRequests()).toBeLessThan(7);
  });

  it("are not warned of again by what can't be read without them", async () => {
    const { org, events, answer } = await signIn({ granted: ["okta.users.manage"] });
    answer("/api/v1/meta", (response) => {
      const challenge = 'Bearer error="insufficient_scope", scope="okta.schemas.read"';
      response.writeHead(403, { "www-authenticate": challenge }).end();
    });
    expect(await org.readSchema()).toBeUndefined();
    expect(events.filter(({ event }) => event === "warning")).toHaveLength(1);
  });

  it("but a missing role is, which no scope tells of", async () => {
    const { org, events, answer } = await signIn({ granted: ["okta.users.manage"] });
    answer("/api/v1/meta", oktaError(403, "E0000006"));
    expect(await org.readSchema()).toBeUndefined();
    expect(events.filter(({ event }) => event === "warning")).toHaveLength(2);
  });

  it("stop the run where it can't do without, with what to click", async () => {
    const { org } = await signIn({ granted: ["okta.inlineHooks.read"] });
    await expect(org.readSchema()).rejects.toMatchObject({
      code: "ORG_SCOPE_NOT_GRANTED",
      message: expect.stringContaining("okta.users.manage"),
      hint: expect.stringContaining("Okta API Scopes"),
    });
  });
});

describe("answers of the token server that give no token", () => {
  it.each([
    [oktaError(401, "invalid_client"), "ORG_CLIENT_REFUSED", "Public keys"],
    [json(200, { token_type: "Bearer" }), "ORG_ANSWER_UNEXPECTED", "Okta org"],
    [json(200, { access_token: "a", token_type: "mac" }), "ORG_ANSWER_UNEXPECTED", "Okta org"],
    [json(404, {}), "ORG_ANSWER_UNEXPECTED", "address of the org"],
    [(response) => response.writeHead(200).end("<html>Hello"), "ORG_ANSWER_UNEXPECTED", "Okta"],
  ] satisfies [Reply, string, string][])(
    "%# stop the run with what to do",
    async (reply, code, hint) => {
      const { org, standIn, tokenRequests } = await signIn();
      standIn.replies = [reply];
      await expect(org.readSchema()).rejects.toMatchObject({
        code,
        hint: expect.stringContaining(hint),
      });
      expect(tokenRequests()).toBeLessThan(6);
    },
  );
});

describe("secrets of a service app", () => {
  const key = APP_KEY_PEM.split("\n")[3] ?? "";

  it.each<[string, (all: string) => Reply]>([
    ["a refusal", (all) => json(400, { error: "invalid_client", error_description: all })],
    ["an error code", (all) => json(400, { error: all, errorCode: all })],
    ["a server error", (all) => json(500, { errorCode: "E0000009", errorSummary: all })],
    ["a refusal of the API", (all) => oktaError(400, "E0000001", all)],
    ["an odd token", (all) => json(200, { access_token: all, token_type: "odd", scope: all })],
    ["a page", (all) => (response) => response.writeHead(403).end(`<html>${all}`)],
  ])("are in nothing that comes of %s that quotes them", async (_what, quote) => {
    const scene = await signIn();
    await scene.call();
    const { org, signal, servers, events } = scene;
    const said: unknown[] = [];
    const quoting: Reply = (response, seen) =>
      quote(`${seen.body} ${decodeURIComponent(seen.body)} ${inspect(seen.headers)}`)(
        response,
        seen,
      );
    for (const path of ["/api/v1/users", "/oauth2/v1/token"]) {
      scene.answer(path, quoting);
      const creating = org.users
        .admit(signal)
        .then((permit) => org.users.create(aNewUser(), permit))
        .catch((reason: unknown) => reason);
      said.push(await creating);
      servers.revoke();
    }
    const shown = inspect([said, events, org], { depth: 20, showHidden: true, getters: true });
    const secrets = [key, ...servers.tokens, "access-token-", "eyJ", "client_assertion="];
    for (const secret of secrets) expect(shown).not.toContain(secret);
  });
});
