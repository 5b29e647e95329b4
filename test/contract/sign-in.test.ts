import { inspect } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import {
  connectForSignIn,
  type KeptSignIn,
  parseOrgUrl,
  type ScopeNeeds,
  type SignInConnection,
  type SignInStore,
} from "../../src/okta/index.ts";
import {
  connect,
  type Connected,
  EagerClock,
  hangUp,
  json,
  type Reply,
  startStandIn,
} from "./okta-client-stand-in.ts";
import {
  CLIENT_ID,
  LOGIN,
  MARK,
  PersonServer,
  type PersonServerOptions,
} from "./person-stand-in.ts";
import { refuse } from "./service-app-stand-in.ts";

const REDIRECT_URI = "http://127.0.0.1:9/callback";
const SCOPES = ["okta.users.manage", "okta.users.read"];
const NEEDS: ScopeNeeds = {
  required: ["okta.users.manage"],
  optional: [{ scope: "okta.users.read", without: "logins are not looked up" }],
};
const HOUR_MS = 3_600_000;

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

interface Scene {
  readonly server: PersonServer;
  readonly clock: EagerClock;
  readonly connection: SignInConnection;
  readonly signal: AbortSignal;
  readonly byDevice: () => Promise<KeptSignIn>;
  readonly byBrowser: () => Promise<KeptSignIn>;
  /** Connects with a kept sign-in, as another command does. */
  readonly use: (store: SignInStore, needs?: ScopeNeeds) => Connected;
}

async function openOrg(options: Partial<PersonServerOptions> = {}): Promise<Scene> {
  const clock = new EagerClock();
  const server = new PersonServer(() => standIn.url, { nowMs: () => clock.wallNow(), ...options });
  const standIn = await startStandIn(server.reply);
  const connection = connectForSignIn({
    orgUrl: parseOrgUrl(standIn.url),
    clientId: CLIENT_ID,
    requestTimeoutMs: 1_000_000_000,
    clock,
    random: () => 0.5,
    events: { emit: () => undefined },
  });
  closers.push(() => connection.close());
  const { signal } = new AbortController();
  return {
    server,
    clock,
    connection,
    signal,
    byDevice: async () => (await connection.beginOnDevice(NEEDS)).finish(signal),
    byBrowser: async () => {
      const wanted = { scopes: SCOPES, redirectUri: REDIRECT_URI };
      const begun = await connection.beginInBrowser(wanted);
      return begun.finish(server.agree(begun.address));
    },
    use: (store, scopes = NEEDS) =>
      connect(standIn.url, { clock, credential: { kind: "sign-in", store }, scopes }),
  };
}

/** A store in memory, which notes in which order it was read and written. */
class MemoryStore implements SignInStore {
  signIn: KeptSignIn | undefined;
  readonly written: KeptSignIn[] = [];
  failures = 0;
  /** What was there when it was read first. */
  firstRead: KeptSignIn | undefined;

  constructor(signIn: KeptSignIn) {
    this.signIn = signIn;
  }

  read(): Promise<KeptSignIn | undefined> {
    const found = this.firstRead ?? this.signIn;
    this.firstRead = undefined;
    return Promise.resolve(found);
  }

  write(signIn: KeptSignIn): Promise<void> {
    if (this.failures > 0) {
      this.failures -= 1;
      return Promise.reject(new Error("the disk is full"));
    }
    this.signIn = signIn;
    this.written.push(signIn);
    return Promise.resolve();
  }

  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }
}

const pending = refuse("authorization_pending");

describe("somebody who signs in on any device", () => {
  it("is waited for at the org's pace, and slower when it says so", async () => {
    const instead = [pending, refuse("slow_down"), pending];
    const { byDevice, clock, server } = await openOrg({ instead });
    const signIn = await byDevice();
    expect(clock.naps).toEqual([5000, 5000, 10_000, 10_000]);
    expect(signIn).toMatchObject({ clientId: CLIENT_ID, login: LOGIN, scheme: "Bearer" });
    expect(signIn.scopes).toEqual(["openid", "profile", "offline_access", ...SCOPES]);
    expect(signIn.endsAtMs).toBe(clock.wallNow() + HOUR_MS);
    expect(server.complaints).toEqual([]);
  });

  it.each([
    [undefined, 5000],
    [0, 1000],
  ])("is waited for sensibly where the org gives an interval of %s", async (intervalS, napMs) => {
    const { byDevice, clock } = await openOrg({ intervalS });
    await byDevice();
    expect(clock.naps).toEqual([napMs]);
  });

  it("is not lost to the challenge where possession must be proved, nor to a bad connection", async () => {
    const instead = [hangUp, json(503, {})];
    const { byDevice, server } = await openOrg({ dpop: true, instead });
    const signIn = await byDevice();
    expect(signIn.scheme).toBe("DPoP");
    expect(signIn.key?.reveal()).toContain("PRIVATE KEY");
    expect(server.complaints).toEqual([]);
  });

  it("is not lost to one bad proof, which is followed by another", async () => {
    const { byDevice } = await openOrg({ instead: [refuse("invalid_dpop_proof")] });
    expect((await byDevice()).login).toBe(LOGIN);
  });

  it("gets what the app was granted, where that is less than all", async () => {
    const { byDevice } = await openOrg({ granted: ["okta.users.manage"] });
    expect((await byDevice()).scopes).not.toContain("okta.users.read");
  });

  it("is named by the org where the tokens do not say who it is", async () => {
    const { byDevice } = await openOrg({ idTokenLogin: undefined });
    expect((await byDevice()).login).toBe(LOGIN);
  });

  it.each<[string, Partial<PersonServerOptions>, string, string]>([
    ["denied", { instead: [pending, refuse("access_denied")] }, "SIGN_IN_DENIED", "Assignments"],
    ["too late", { instead: [pending, refuse("expired_token")] }, "SIGN_IN_EXPIRED", "login"],
    ["with a used code", { instead: [refuse("invalid_grant")] }, "SIGN_IN_EXPIRED", "login"],
    [
      "through an app without the grant type",
      { instead: [refuse("unauthorized_client")] },
      "ORG_CLIENT_REFUSED",
      "Device Authorization",
    ],
    [
      "in an org that has no device grant",
      { instead: [refuse("unsupported_grant_type")] },
      "ORG_CLIENT_REFUSED",
      "--browser",
    ],
    [
      "through no native app",
      { instead: [refuse("invalid_client", 401)] },
      "ORG_CLIENT_REFUSED",
      "Native Application",
    ],
    ["without a scope", { granted: [] }, "ORG_SCOPE_NOT_GRANTED", "Okta API Scopes"],
    ["for a new reason", { instead: [refuse("something_new")] }, "ORG_CLIENT_REFUSED", "System"],
  ])("%s is told what to do", async (_what, options, code, hint) => {
    const { byDevice } = await openOrg(options);
    await expect(byDevice()).rejects.toMatchObject({ code, hint: expect.stringContaining(hint) });
  });

  it("is not waited for longer than the code is good, though the org says nothing", async () => {
    const { byDevice, clock } = await openOrg({
      instead: Array.from({ length: 200 }, () => pending),
    });
    await expect(byDevice()).rejects.toMatchObject({ code: "SIGN_IN_EXPIRED" });
    expect(clock.now()).toBe(600_000);
  });

  it.each([
    ["a page of another scheme", { verification_uri: "javascript:alert(1)" }],
    ["a page by plain http elsewhere", { verification_uri: "http://example.com/activate" }],
    ["a code that can't be shown", { user_code: "\u001b[31mABCD" }],
    ["no code", { device_code: undefined }],
  ])("is told nothing of an answer with %s", async (_what, codes) => {
    const { byDevice } = await openOrg({ codes });
    const failure: unknown = await byDevice().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "ORG_ANSWER_UNEXPECTED" });
    expect(inspect(failure, { depth: 9 })).not.toContain(MARK);
  });
});

describe("somebody who signs in with a browser", () => {
  it("is asked for with PKCE, and gets tokens", async () => {
    const { byBrowser, connection, server } = await openOrg({ dpop: true });
    const { address } = await connection.beginInBrowser({
      scopes: SCOPES,
      redirectUri: REDIRECT_URI,
    });
    const query = new URL(address).searchParams;
    expect(Object.fromEntries(query)).toMatchObject({
      client_id: CLIENT_ID,
      response_type: "code",
      redirect_uri: REDIRECT_URI,
      code_challenge_method: "S256",
      scope: `openid profile offline_access ${SCOPES.join(" ")}`,
    });
    expect(query.get("state")?.length).toBeGreaterThan(30);
    expect(await byBrowser()).toMatchObject({ login: LOGIN, scheme: "DPoP" });
    expect(server.complaints).toEqual([]);
  });

  it("is taken for who they are by the state alone, and never twice the same", async () => {
    const { connection } = await openOrg();
    const wanted = { scopes: SCOPES, redirectUri: REDIRECT_URI };
    const first = await connection.beginInBrowser(wanted);
    const second = await connection.beginInBrowser(wanted);
    const state = new URL(first.address).searchParams.get("state") ?? "";
    expect(first.isAnswer(new URLSearchParams({ code: "c", state }))).toBe(true);
    expect(second.isAnswer(new URLSearchParams({ code: "c", state }))).toBe(false);
    expect(first.isAnswer(new URLSearchParams({ code: "c" }))).toBe(false);
    const twice = new URLSearchParams([
      ["state", state],
      ["state", "x"],
    ]);
    expect(first.isAnswer(twice)).toBe(false);
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ["another server", { iss: "https://evil.example.com" }, "ORG_ANSWER_UNEXPECTED"],
    ["nobody, with a wrong state", { state: "x" }, "ORG_ANSWER_UNEXPECTED"],
    ["the org without a code", { code: "" }, "ORG_ANSWER_UNEXPECTED"],
    ["the org, with a denial", { error: "access_denied" }, "SIGN_IN_DENIED"],
    ["the org, for a scope", { error: "invalid_scope" }, "ORG_SCOPE_NOT_GRANTED"],
    ["the org, for the app", { error: "unauthorized_client" }, "ORG_CLIENT_REFUSED"],
    ["the org, with odd words", { error: `<${MARK}>\u001b[31m` }, "ORG_CLIENT_REFUSED"],
    ["the org, with another's code", { code: "stolen" }, "SIGN_IN_EXPIRED"],
  ])("and is sent back by %s gets no token", async (_what, changed, code) => {
    const { connection, server } = await openOrg();
    const wanted = { scopes: SCOPES, redirectUri: REDIRECT_URI };
    const begun = await connection.beginInBrowser(wanted);
    const answer = server.agree(begun.address, changed);
    const failure: unknown = await begun.finish(answer).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code });
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain(MARK);
    const isExchanged = server.forms.length > 0;
    expect(isExchanged).toBe(code === "SIGN_IN_EXPIRED");
  });

  it("and is sent back by the org under its own name gets tokens", async () => {
    const { connection, server } = await openOrg();
    const wanted = { scopes: SCOPES, redirectUri: REDIRECT_URI };
    const begun = await connection.beginInBrowser(wanted);
    const iss = new URL(begun.address).origin;
    expect((await begun.finish(server.agree(begun.address, { iss }))).login).toBe(LOGIN);
  });
});

describe("a kept sign-in", () => {
  it.each([true, false])(
    "is used while it is good, and renewed ahead of its end (DPoP: %s)",
    async (dpop) => {
      const { byDevice, server, clock, use } = await openOrg({ dpop });
      const store = new MemoryStore(await byDevice());
      const asked = server.forms.length;
      const { org } = use(store);
      await org.hasActivePasswordHook();
      expect(server.forms).toHaveLength(asked);
      clock.skip(HOUR_MS - 59_000);
      await Promise.all(Array.from({ length: 10 }, () => org.hasActivePasswordHook()));
      await expect.poll(() => store.written.length).toBe(1);
      const [renewed] = store.written;
      expect(renewed?.endsAtMs).toBe(clock.wallNow() + HOUR_MS);
      expect(renewed?.login).toBe(LOGIN);
      await org.hasActivePasswordHook();
      expect(store.written).toHaveLength(1);
      expect(server.complaints).toEqual([]);
    },
  );

  it("tells an examination of the org what it allows, kept or just renewed", async () => {
    const { byDevice, clock, use } = await openOrg();
    const store = new MemoryStore(await byDevice());
    for (const hours of [0, 2]) {
      clock.skip(hours * HOUR_MS);
      const { org } = use(store);
      await org.hasActivePasswordHook();
      const { token, principalShare } = await org.examine();
      expect(token?.scopes).toEqual(["openid", "profile", "offline_access", ...SCOPES]);
      // The one of this app was looked for, and not whichever the org has.
      expect(principalShare).toMatchObject({ value: { isOurs: true, percent: 80 } });
    }
  });

  it("that has ended is renewed first, by the key that it is bound to", async () => {
    const { byDevice, server, clock, use } = await openOrg({ dpop: true });
    const store = new MemoryStore(await byDevice());
    clock.skip(2 * HOUR_MS);
    await use(store).org.hasActivePasswordHook();
    await use(store).org.hasActivePasswordHook();
    expect(store.written).toHaveLength(1);
    expect(store.written[0]?.key?.reveal()).toBe(store.signIn?.key?.reveal());
    expect(server.complaints).toEqual([]);
  });

  it("keeps its refresh token where the org gives no other", async () => {
    const { byDevice, clock, use } = await openOrg({ rotates: false });
    const signIn = await byDevice();
    const store = new MemoryStore(signIn);
    for (let hours = 0; hours < 2; hours += 1) {
      clock.skip(2 * HOUR_MS);
      await use(store).org.hasActivePasswordHook();
    }
    expect(store.written.map(({ refreshToken }) => refreshToken?.reveal())).toEqual([
      signIn.refreshToken?.reveal(),
      signIn.refreshToken?.reveal(),
    ]);
  });

  it("that another process has renewed meanwhile is taken over", async () => {
    const { byDevice, clock, use } = await openOrg();
    const store = new MemoryStore(await byDevice());
    const first = use(store);
    const second = use(store);
    await first.org.hasActivePasswordHook();
    await second.org.hasActivePasswordHook();
    clock.skip(2 * HOUR_MS);
    await first.org.hasActivePasswordHook();
    await second.org.hasActivePasswordHook();
    expect(store.written).toHaveLength(1);
  });

  it("that another process renews at the same moment costs nobody anything", async () => {
    const { byDevice, clock, use } = await openOrg();
    const store = new MemoryStore(await byDevice());
    clock.skip(2 * HOUR_MS);
    const stale = store.signIn;
    await use(store).org.hasActivePasswordHook();
    // The other one has read before that, and its refresh token was good once.
    const late = new MemoryStore({ ...(store.signIn as KeptSignIn) });
    late.firstRead = stale;
    expect(await use(late).org.hasActivePasswordHook()).toBe(false);
    expect([store.written.length, late.written.length]).toEqual([1, 0]);
  });

  it("whose successor can't be written is tried to be written before it is used again", async () => {
    const { byDevice, clock, server, use } = await openOrg();
    const store = new MemoryStore(await byDevice());
    clock.skip(2 * HOUR_MS);
    store.failures = 1;
    const { org } = use(store);
    await expect(org.hasActivePasswordHook()).rejects.toThrow("the disk is full");
    await org.hasActivePasswordHook();
    expect(store.written).toHaveLength(1);
    expect(server.forms.filter((form) => form.has("refresh_token"))).toHaveLength(1);
  });

  it("that is logged out while its successor can't be written stays so, and the successor is ended", async () => {
    const { byDevice, clock, server, use } = await openOrg();
    const store = new MemoryStore(await byDevice());
    clock.skip(2 * HOUR_MS);
    store.failures = 1;
    const { org } = use(store);
    await expect(org.hasActivePasswordHook()).rejects.toThrow("the disk is full");
    store.signIn = undefined;
    await expect(org.hasActivePasswordHook()).rejects.toMatchObject({ code: "SIGN_IN_ENDED" });
    expect(store.written).toEqual([]);
    expect(server.revoked.map((text) => text.split(" ")[0])).toEqual([
      "refresh_token",
      "access_token",
    ]);
  });

  it("that is logged out while the org is slow to renew it stays so", async () => {
    const { byDevice, clock, server, use } = await openOrg();
    const store = new MemoryStore(await byDevice());
    clock.skip(2 * HOUR_MS);
    server.whenAsked = () => (store.signIn = undefined);
    await expect(use(store).org.readSchema()).rejects.toMatchObject({ code: "SIGN_IN_ENDED" });
    expect(store.written).toEqual([]);
    expect(server.revoked).toHaveLength(2);
  });

  it("that is made anew while its successor can't be written is the one that is used", async () => {
    const { byDevice, clock, server, use } = await openOrg();
    const store = new MemoryStore(await byDevice());
    clock.skip(2 * HOUR_MS);
    store.failures = 1;
    const { org } = use(store);
    await expect(org.hasActivePasswordHook()).rejects.toThrow("the disk is full");
    const another = await byDevice();
    store.signIn = another;
    await org.hasActivePasswordHook();
    expect([store.signIn, store.written, server.complaints]).toEqual([another, [], []]);
  });

  it.each<[string, (scene: Scene, store: MemoryStore) => void, string]>([
    ["was revoked", ({ server }) => server.revokeAll(), "SIGN_IN_ENDED"],
    ["was deleted", (_scene, store) => (store.signIn = undefined), "SIGN_IN_ENDED"],
    [
      "has no refresh token",
      (_scene, store) => {
        if (store.signIn !== undefined) store.signIn = { ...store.signIn, refreshToken: undefined };
      },
      "SIGN_IN_ENDED",
    ],
    [
      "is of an app that is gone",
      ({ server }) => server.options.instead.push(refuse("invalid_client", 401)),
      "ORG_CLIENT_REFUSED",
    ],
  ])("that %s ends with what to do", async (_what, change, code) => {
    const scene = await openOrg();
    const store = new MemoryStore(await scene.byDevice());
    scene.clock.skip(2 * HOUR_MS);
    change(scene, store);
    await expect(scene.use(store).org.readSchema()).rejects.toMatchObject({
      code,
      hint: expect.stringMatching(/okta-migrate login|Native Application/),
    });
  });

  it("without a scope that can be done without says so once; without another it stops", async () => {
    const { byDevice, clock, use } = await openOrg({ granted: ["okta.users.manage"] });
    const store = new MemoryStore(await byDevice());
    const { org, events } = use(store);
    await org.hasActivePasswordHook();
    clock.skip(2 * HOUR_MS);
    await org.hasActivePasswordHook();
    const warnings = events.filter(({ event }) => event === "warning");
    expect(warnings).toEqual([
      expect.objectContaining({ message: expect.stringContaining("okta.users.read (logins") }),
    ]);
    const wanting = use(store, { required: ["okta.groups.manage"], optional: [] });
    await expect(wanting.org.hasActivePasswordHook()).rejects.toMatchObject({
      code: "ORG_SCOPE_NOT_GRANTED",
      message: expect.stringContaining("does not have okta.groups.manage"),
      hint: expect.stringMatching(/login again, without --scopes.*Okta API Scopes > Grant/),
    });
  });

  it("is revoked with both of its tokens", async () => {
    const { byDevice, connection, server } = await openOrg();
    const signIn = await byDevice();
    expect(await connection.revoke(signIn)).toBe(true);
    expect(server.revoked).toEqual([
      `refresh_token ${signIn.refreshToken?.reveal() ?? ""}`,
      `access_token ${signIn.accessToken.reveal()}`,
    ]);
  });
});

describe("secrets of a sign-in", () => {
  it.each<[string, (all: string) => Reply]>([
    ["a refusal", (all) => json(400, { error: "invalid_grant", error_description: all })],
    ["an error code", (all) => json(400, { error: all, errorCode: all })],
    ["an odd token", (all) => json(200, { access_token: all, token_type: "odd", id_token: all })],
    ["a page", (all) => (response) => response.writeHead(403).end(`<html>${all}`)],
  ])("are in nothing that comes of %s that quotes them", async (_what, quote) => {
    const scene = await openOrg({ dpop: true });
    const signIn = await scene.byDevice();
    const store = new MemoryStore(signIn);
    const quoting: Reply = (response, seen) =>
      quote(`${seen.body} ${decodeURIComponent(seen.body)} ${inspect(seen.headers)}`)(
        response,
        seen,
      );
    scene.clock.skip(2 * HOUR_MS);
    scene.server.options.instead.push(quoting, quoting, quoting);
    const { org, events } = scene.use(store);
    const said: unknown[] = [await org.readSchema().catch((reason: unknown) => reason)];
    for (const begin of [scene.byDevice, scene.byBrowser]) {
      said.push(await begin().catch((reason: unknown) => reason));
    }
    expect(said.every((one) => one instanceof Error)).toBe(true);
    const shown = inspect([said, events, org, scene.connection, signIn], {
      depth: 20,
      showHidden: true,
    });
    for (const secret of [MARK, "PRIVATE KEY", "eyJ", "code_verifier="]) {
      expect(shown).not.toContain(secret);
    }
  });
});
