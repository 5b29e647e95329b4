import { inspect } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { Secret } from "../../src/core/index.ts";
import { createCredential, type TokenRequest } from "../../src/okta/index.ts";
import {
  aNewUser,
  connect,
  type Connected,
  json,
  oktaError,
  oktaUser,
  type Reply,
  type SeenRequest,
  startStandIn,
  type StandIn,
  TOKEN,
} from "./okta-client-stand-in.ts";

const NEW_TOKEN = "another-secret-token-9876543210";

/** An org that takes one token at a time and makes users; it shares no code with client or emulator. */
interface TokenOrg {
  readonly standIn: StandIn;
  /** The Authorization header that is taken. */
  accepted: string;
  /** Requests with another one are answered only when this is resolved. */
  hold: Promise<void>;
  /** Instead of what usually refuses a token. */
  refusal: Reply;
  /** Logins of those who were made, in order. */
  readonly made: string[];
  /** Method, path and header of each request. */
  seen(): readonly string[];
}

async function startTokenOrg(): Promise<TokenOrg> {
  const standIn = await startStandIn((response, request) => {
    void serve(response, request);
  });
  const serve = async (...[response, request]: Parameters<Reply>): Promise<void> => {
    if (request.headers.authorization !== org.accepted) {
      await org.hold;
      org.refusal(response, request);
      return;
    }
    if (request.method === "GET") return json(200, [])(response, request);
    const { profile } = JSON.parse(request.body) as { profile: { login: string } };
    org.made.push(profile.login);
    json(200, oktaUser(profile.login, `00u${org.made.length}`))(response, request);
  };
  const org: TokenOrg = {
    standIn,
    accepted: `SSWS ${TOKEN}`,
    hold: Promise.resolve(),
    refusal: oktaError(401, "E0000011"),
    made: [],
    seen: () => standIn.seen.map(lineOf),
  };
  return org;
}

function lineOf({ method, url, headers }: SeenRequest): string {
  return `${method} ${url.split("?")[0] ?? ""} ${headers.authorization ?? ""}`;
}

/** Whoever is asked, with what was asked so far. */
class Person {
  readonly asked: TokenRequest[] = [];
  readonly signals: AbortSignal[] = [];
  #answer: (token: Secret | undefined) => void = () => undefined;

  readonly ask = (request: TokenRequest, signal: AbortSignal): Promise<Secret | undefined> => {
    this.asked.push(request);
    this.signals.push(signal);
    return new Promise((resolve) => {
      this.#answer = resolve;
      signal.addEventListener("abort", () => resolve(undefined), { once: true });
    });
  };

  /** Resolves once so many questions were asked. */
  async isAsked(times: number): Promise<void> {
    await vi.waitFor(() => expect(this.asked.length).toBe(times));
  }

  says(token: string | undefined): void {
    this.#answer(token === undefined ? undefined : new Secret(token));
  }
}

const loginOf = (n: number): string => `user${n}@example.com`;

async function create({ org, signal }: Connected, n: number): Promise<string> {
  const permit = await org.users.admit(signal);
  const profile = { login: loginOf(n), email: loginOf(n) };
  const answer = await org.users.create(aNewUser({ profile }), permit);
  return answer.kind;
}

/** An org whose token has worked, and which from now on takes another one. */
async function replaced(kind: "ssws" | "bearer" = "ssws"): Promise<{
  readonly org: TokenOrg;
  readonly person: Person;
  readonly connected: Connected;
}> {
  const org = await startTokenOrg();
  const scheme = kind === "ssws" ? "SSWS" : "Bearer";
  org.accepted = `${scheme} ${TOKEN}`;
  const person = new Person();
  const connected = connect(org.standIn.url, {
    credential: createCredential(kind, TOKEN),
    askForToken: person.ask,
  });
  expect(await create(connected, 0)).toBe("created");
  org.accepted = `${scheme} ${NEW_TOKEN}`;
  return { org, person, connected };
}

describe("a token that is taken no longer in mid-run", () => {
  it("is asked for once, however many requests were refused, and each user is made once", async () => {
    const { org, person, connected } = await replaced();
    const creates = [1, 2, 3, 4, 5].map((n) => create(connected, n));
    await person.isAsked(1);
    person.says(NEW_TOKEN);
    expect(await Promise.all(creates)).toEqual(Array(5).fill("created"));
    expect(person.asked).toHaveLength(1);
    expect(org.made.toSorted()).toEqual([0, 1, 2, 3, 4, 5].map(loginOf));
    expect(connected.events).toContainEqual({ event: "token-renewed", variable: "OKTA_API_TOKEN" });
  });

  it("while the question stands nothing is sent, and no time runs out", async () => {
    const { org, person, connected } = await replaced();
    const first = create(connected, 1);
    await person.isAsked(1);
    const before = org.standIn.seen.length;
    const others = [2, 3].map((n) => create(connected, n));
    const found = connected.org.users.find(loginOf(9), connected.signal);
    connected.clock.skip(5 * 3_600_000);
    // Whoever comes waits; a turn of the event loop would have been enough to send.
    await new Promise((resolve) => setImmediate(resolve));
    expect(org.standIn.seen).toHaveLength(before);
    person.says(NEW_TOKEN);
    expect(await Promise.all([first, ...others])).toEqual(["created", "created", "created"]);
    await found;
  });

  it("a new one is tried on the org by a request that changes nothing, before it is used", async () => {
    const { org, person, connected } = await replaced();
    const done = create(connected, 1);
    await person.isAsked(1);
    const before = org.standIn.seen.length;
    person.says(`  ${NEW_TOKEN}\n`);
    expect(await done).toBe("created");
    expect(org.seen().slice(before)).toEqual([
      `GET /api/v1/users SSWS ${NEW_TOKEN}`,
      `POST /api/v1/users SSWS ${NEW_TOKEN}`,
    ]);
  });

  it("a wrong one is asked again, with why", async () => {
    const { org, person, connected } = await replaced();
    const done = create(connected, 1);
    await person.isAsked(1);
    person.says("a-token-of-another-org");
    await person.isAsked(2);
    person.says(`SSWS ${NEW_TOKEN}`);
    await person.isAsked(3);
    person.says(NEW_TOKEN);
    expect(await done).toBe("created");
    expect(person.asked.map(({ again }) => again)).toEqual([false, true, true]);
    expect(person.asked.map(({ refusal }) => refusal.message)).toEqual([
      expect.stringMatching(/no longer accepts the API token from OKTA_API_TOKEN.*E0000011/),
      expect.stringMatching(/does not accept the API token.*another org.*E0000011/),
      expect.stringMatching(/holds a space/),
    ]);
    expect(org.made).toEqual([0, 1].map(loginOf));
  });

  it("one that may do little is a good one: the trial asks nothing of its rights", async () => {
    const { org, person, connected } = await replaced();
    const done = create(connected, 1);
    await person.isAsked(1);
    const { replies } = org.standIn;
    const [usual] = replies;
    org.standIn.replies = [oktaError(403, "E0000006"), ...(usual === undefined ? [] : [usual])];
    person.says(NEW_TOKEN);
    expect(await done).toBe("created");
  });

  it("a late refusal of the old one asks nobody: the request goes again", async () => {
    const { org, person, connected } = await replaced();
    let letGo = (): void => undefined;
    const first = create(connected, 1);
    await person.isAsked(1);
    person.says(NEW_TOKEN);
    await first;
    // Two of the last token's requests; one is refused while the other is still on its way.
    org.accepted = "SSWS a-third-token-4711";
    org.hold = new Promise((resolve) => (letGo = resolve));
    const before = org.standIn.seen.length;
    const late = create(connected, 2);
    await vi.waitFor(() => expect(org.standIn.seen.length).toBeGreaterThan(before));
    const held = org.hold;
    org.hold = Promise.resolve();
    const early = create(connected, 3);
    await person.isAsked(2);
    person.says("a-third-token-4711");
    expect(await early).toBe("created");
    letGo();
    await held;
    expect(await late).toBe("created");
    expect(person.asked).toHaveLength(2);
    expect(org.made).toEqual([0, 1, 3, 2].map(loginOf));
  });

  it("without an answer stops everything, and says which variable and how to resume", async () => {
    const { org, person, connected } = await replaced();
    const creates = [1, 2].map((n) => create(connected, n));
    const ends = Promise.allSettled(creates);
    await person.isAsked(1);
    person.says(undefined);
    for (const end of await ends) {
      expect(end).toMatchObject({
        status: "rejected",
        reason: { code: "ORG_CREDENTIAL_REFUSED", status: 401, errorCode: "E0000011" },
      });
    }
    const before = org.standIn.seen.length;
    await expect(create(connected, 3)).rejects.toMatchObject({
      message: expect.stringMatching(
        /no longer accepts the API token from OKTA_API_TOKEN: .*30 days.*revoked|revoked.*30 days.*deactivated/,
      ) as string,
      hint: expect.stringMatching(/into OKTA_API_TOKEN.*same command again to resume/) as string,
    });
    expect(org.standIn.seen).toHaveLength(before);
    expect(org.made).toEqual([loginOf(0)]);
    expect(person.asked).toHaveLength(1);
  });

  it("the question is taken back when nobody waits for its answer", async () => {
    const { person, connected } = await replaced();
    const stop = new AbortController();
    const reason = new Error("stopped");
    const waiting = create({ ...connected, signal: stop.signal }, 1);
    await person.isAsked(1);
    stop.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(person.signals[0]?.aborted).toBe(true);
  });

  it("a refusal that comes after the run was stopped is no error: its record stays pending", async () => {
    const { org, person, connected } = await replaced();
    let letGo = (): void => undefined;
    org.hold = new Promise((resolve) => (letGo = resolve));
    const stop = new AbortController();
    const reason = new Error("stopped");
    const stopped = { ...connected, signal: stop.signal };
    const before = org.standIn.seen.length;
    const late = create(stopped, 1);
    await vi.waitFor(() => expect(org.standIn.seen.length).toBeGreaterThan(before));
    org.hold = Promise.resolve();
    const early = create(stopped, 2);
    await person.isAsked(1);
    stop.abort(reason);
    await expect(early).rejects.toBe(reason);
    letGo();
    await expect(late).rejects.toBe(reason);
  });

  it("stops the run where the org goes away while a new one is tried", async () => {
    const { org, person, connected } = await replaced();
    const waiting = create(connected, 1);
    waiting.catch(() => undefined);
    await person.isAsked(1);
    await org.standIn.goAway();
    person.says(NEW_TOKEN);
    await expect(waiting).rejects.toMatchObject({ code: "ORG_UNAVAILABLE" });
    expect(person.asked).toHaveLength(1);
  });

  it("an access token of OAuth alike, whichever way the org refuses it", async () => {
    const { org, person, connected } = await replaced("bearer");
    org.refusal = (response) => {
      response.writeHead(401, { "www-authenticate": 'Bearer error="invalid_token"' }).end();
    };
    const done = create(connected, 1);
    await person.isAsked(1);
    expect(person.asked[0]?.refusal.message).toMatch(
      /no longer accepts the access token from OKTA_ACCESS_TOKEN.*an hour.*invalid_token/,
    );
    person.says(NEW_TOKEN);
    expect(await done).toBe("created");
    expect(org.seen().at(-1)).toBe(`POST /api/v1/users Bearer ${NEW_TOKEN}`);
  });
});

describe("nobody is asked", () => {
  it("for a token that never worked", async () => {
    const org = await startTokenOrg();
    org.accepted = "SSWS something-else";
    const person = new Person();
    const connected = connect(org.standIn.url, { askForToken: person.ask });
    await expect(create(connected, 1)).rejects.toMatchObject({
      code: "ORG_CREDENTIAL_REFUSED",
      message: expect.stringMatching(/does not accept the API token from OKTA_API_TOKEN/) as string,
    });
    expect(person.asked).toEqual([]);
    expect(org.standIn.seen).toHaveLength(1);
  });

  it.each([
    ["a right that was taken away", oktaError(403, "E0000006"), "ORG_PERMISSION_MISSING"],
    ["a header that got lost on the way", oktaError(401, "E0000005"), "ORG_CREDENTIAL_REFUSED"],
    ["a feature that the org has not", oktaError(401, "E0000015"), "ORG_PERMISSION_MISSING"],
  ])("for %s", async (_what, refusal, code) => {
    const { org, person, connected } = await replaced();
    org.refusal = refusal;
    await expect(create(connected, 1)).rejects.toMatchObject({ code });
    expect(person.asked).toEqual([]);
  });

  it("where nobody is there: the error says which variable, and that the run can be resumed", async () => {
    const org = await startTokenOrg();
    const connected = connect(org.standIn.url);
    expect(await create(connected, 0)).toBe("created");
    org.accepted = `SSWS ${NEW_TOKEN}`;
    await expect(create(connected, 1)).rejects.toMatchObject({
      code: "ORG_CREDENTIAL_REFUSED",
      message: expect.stringMatching(
        /no longer accepts the API token from OKTA_API_TOKEN: .*\(POST \/api\/v1\/users: HTTP 401, E0000011\)/,
      ) as string,
      hint: expect.stringMatching(/into OKTA_API_TOKEN.*same command again to resume/) as string,
    });
  });
});

it("no token shows in what is told of its renewal", async () => {
  const { org, person, connected } = await replaced();
  org.refusal = (response, request) =>
    json(401, {
      errorCode: "E0000011",
      errorSummary: `Invalid token ${request.headers.authorization ?? ""}`,
    })(response, request);
  const done = create(connected, 1);
  await person.isAsked(1);
  person.says("wrong-secret-token-1111");
  await person.isAsked(2);
  person.says(NEW_TOKEN);
  await done;
  const told = JSON.stringify([
    connected.events,
    person.asked.map(({ refusal }) => [refusal.message, refusal.hint, { ...refusal }]),
    inspect(connected.org, { depth: 5 }),
  ]);
  for (const token of [TOKEN, NEW_TOKEN, "wrong-secret-token-1111"]) {
    expect(told).not.toContain(token);
  }
});
