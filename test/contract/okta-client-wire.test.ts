import { inspect } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { Secret } from "../../src/core/index.ts";
import {
  aNewUser,
  connect,
  connectSound,
  hangUp,
  json,
  oktaUser,
  type Reply,
  startStandIn,
  staySilent,
  TOKEN,
} from "./okta-client-stand-in.ts";

async function createOne(reply: Reply) {
  const standIn = await startStandIn(reply);
  const connected = await connectSound(standIn);
  const { org, signal } = connected;
  const permit = await org.users.admit(signal);
  return { ...connected, standIn, creating: org.users.create(aNewUser(), permit) };
}

describe("a create on the wire", () => {
  it("is Okta's documented request, byte for byte", async () => {
    const { creating, standIn } = await createOne(json(200, oktaUser("ada@example.com")));
    expect(await creating).toEqual({ kind: "created", oktaId: "00u1" });
    const [seen] = standIn.seen;
    expect(seen?.method).toBe("POST");
    expect(seen?.url).toBe("/api/v1/users?activate=true");
    expect(seen?.body).toBe(
      '{"profile":{"login":"ada@example.com","email":"ada@example.com"},"credentials":{"password":{"hash":{"algorithm":"BCRYPT","workFactor":10,"salt":"GkPVrc8t9Qm3z1W5xY7bNe","value":"CwVvFZdS4Gc3r0bZJ2Yq6eXk1mPqLhO"}}}}',
    );
    expect(seen?.headers["authorization"]).toBe(`SSWS ${TOKEN}`);
    expect(seen?.headers["accept"]).toBe("application/json");
    expect(seen?.headers["content-type"]).toBe("application/json");
    expect(seen?.headers["content-length"]).toBe(String(seen?.body.length));
    expect(seen?.headers["user-agent"]).toMatch(
      /^okta-migrate\/\d+\.\d+\.\d+ \(Node v[\d.]+; \w+\)$/,
    );
  });

  it("says the length in bytes of a name with umlauts", async () => {
    const standIn = await startStandIn(json(200, oktaUser("ada@example.com")));
    const { org, signal } = await connectSound(standIn);
    const user = aNewUser({ profile: { firstName: "Jürgen Łąk" }, credential: { kind: "none" } });
    await org.users.create(user, await org.users.admit(signal));
    expect(standIn.seen[0]?.body).toBe('{"profile":{"firstName":"Jürgen Łąk"}}');
  });

  it.each<[string, Reply]>([
    ["the connection is closed without an answer", hangUp],
    [
      "the answer is cut off in its body",
      (response) => {
        response.writeHead(200, { "content-type": "application/json", "content-length": "500" });
        response.write('{"id":"00u1"');
        setImmediate(() => response.socket?.destroy());
      },
    ],
    [
      "a chunked answer is cut off",
      (response) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.write('{"id":"00u1"}');
        setImmediate(() => response.socket?.destroy());
      },
    ],
    ["the answer has no id", json(200, { status: "ACTIVE" })],
    ["the answer is empty", (response) => response.writeHead(200).end()],
    [
      "the answer's JSON is cut off",
      (response) => response.writeHead(200).end('{"id":"00u1","sta'),
    ],
    [
      "the answer is a web page",
      (response) => response.writeHead(200, { "content-type": "text/html" }).end("<html>hi</html>"),
    ],
    [
      "the answer is larger than a user can be",
      json(200, { id: "00u1", x: "x".repeat(1_100_000) }),
    ],
    ["the headers are larger than any answer's", json(200, { id: "1" }, { x: "x".repeat(40_000) })],
    ["the server fails", (response) => response.writeHead(502).end("<html>Bad gateway</html>")],
    ["what answers is not HTTP", (response) => response.socket?.end("SSH-2.0-OpenSSH_9.2\r\n")],
  ])("is lost, not failed, when %s", async (_what, reply) => {
    const { creating, standIn } = await createOne(reply);
    const answer = await creating;
    expect(answer.kind).toBe("lost");
    expect(standIn.seen).toHaveLength(1);
  });

  it("is lost when no answer comes within the time for a request", async () => {
    const { creating, standIn, clock, events, org } = await createOne(staySilent);
    await vi.waitFor(() => expect(standIn.seen).toHaveLength(1));
    clock.passDeadlines();
    expect(await creating).toMatchObject({
      kind: "lost",
      failure: { code: "ANSWER_LOST", reason: expect.stringContaining("in time") as string },
    });
    expect(events).toContainEqual(
      expect.objectContaining({ event: "request-answered", status: undefined }),
    );
    expect(org.traffic().requests).toBe(2);
  });

  it("is lost when its answer drips in forever", async () => {
    const { creating, standIn, clock } = await createOne((response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
      response.write('{"id":');
    });
    await vi.waitFor(() => expect(standIn.seen).toHaveLength(1));
    clock.passDeadlines();
    expect((await creating).kind).toBe("lost");
  });

  it("stops the run at a redirect and tells the host alone", async () => {
    const { creating, standIn } = await createOne((response) =>
      response.writeHead(302, { location: "https://login.example.net/?next=/secret" }).end(),
    );
    const error: unknown = await creating.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "ORG_ANSWER_UNEXPECTED", status: 302 });
    expect(inspect(error)).toContain("login.example.net");
    expect(inspect(error)).not.toContain("next=");
    expect(standIn.seen).toHaveLength(1);
  });

  it("stops the run when a proxy refuses with a page of its own", async () => {
    const { creating } = await createOne((response) =>
      response.writeHead(403, { "content-type": "text/html" }).end("<!doctype html><p>Blocked"),
    );
    await expect(creating).rejects.toMatchObject({ code: "ORG_ANSWER_UNEXPECTED" });
  });

  it("keeps its connections: twenty in a row need two at most", async () => {
    const standIn = await startStandIn(json(200, oktaUser("ada@example.com")));
    const { org, signal } = await connectSound(standIn);
    const ports = new Set<number | undefined>();
    standIn.replies = [
      (response, seen) => {
        ports.add(response.socket?.remotePort);
        json(200, oktaUser("ada@example.com"))(response, seen);
      },
    ];
    for (let sent = 0; sent < 20; sent += 1) {
      await org.users.create(aNewUser(), await org.users.admit(signal));
    }
    expect(ports.size).toBeLessThanOrEqual(2);
  });

  it("tells of each answer by route, never by path", async () => {
    const standIn = await startStandIn(
      json(200, oktaUser("ada@example.com"), { "x-okta-request-id": "aBc-1" }),
    );
    const { org, signal, events } = await connectSound(standIn);
    await org.users.find("ada@example.com", signal);
    expect(events).toContainEqual({
      event: "request-answered",
      method: "GET",
      route: "/api/v1/users/{id}",
      status: 200,
      durationMs: expect.any(Number) as number,
      requestId: "aBc-1",
    });
    expect(JSON.stringify(events)).not.toContain("ada@");
  });
});

describe("an org that can't be reached", () => {
  it("is given up after three tries when nothing listens there", async () => {
    const { org, events, clock } = connect("http://127.0.0.1:1");
    await expect(org.readSchema()).rejects.toMatchObject({
      code: "ORG_UNREACHABLE",
      message: "127.0.0.1:1 can't be reached: the connection was refused (ECONNREFUSED).",
    });
    expect(events.filter(({ event }) => event === "request-answered")).toHaveLength(3);
    expect(org.traffic().requests).toBe(0);
    expect(clock.naps.reduce((sum, nap) => sum + nap, 0)).toBeLessThan(5_000);
  });

  it("is given up at once when it does not speak TLS", async () => {
    const standIn = await startStandIn(json(200, {}));
    const { org, events } = connect(standIn.url.replace("http://127.0.0.1", "https://localhost"));
    const error: unknown = await org.readSchema().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "ORG_UNREACHABLE" });
    expect(inspect(error)).toContain("NODE_EXTRA_CA_CERTS");
    expect(events.filter(({ event }) => event === "request-answered")).toHaveLength(1);
  });
});

describe("a connection that is closed", () => {
  it("ends what is in flight", async () => {
    const { creating, standIn, org } = await createOne(staySilent);
    await vi.waitFor(() => expect(standIn.seen).toHaveLength(1));
    await org.close();
    expect((await creating).kind).toBe("lost");
  });

  it("refuses what comes later", async () => {
    const standIn = await startStandIn(json(200, {}));
    const { org, signal } = await connectSound(standIn);
    await org.close();
    await expect(org.users.admit(signal)).rejects.toThrow("closed");
  });
});

it("an update is a partial one, and carries a hash only where it is told to", async () => {
  const standIn = await startStandIn(json(200, oktaUser("ada@example.com")));
  const { org } = await connectSound(standIn);
  const { signal } = new AbortController();
  await org.users.update("00u1", { profile: { city: "Rome" } }, signal);
  const hash = new Secret({ value: "eA==", algorithm: "SHA-256" } as const);
  await org.users.update("00u1", { profile: { city: "Rome" }, hash }, signal);
  expect(standIn.seen.map(({ method, url, body }) => `${method} ${url} ${body}`)).toEqual([
    'POST /api/v1/users/00u1 {"profile":{"city":"Rome"}}',
    'POST /api/v1/users/00u1 {"profile":{"city":"Rome"},"credentials":{"password":{"hash":{"algorithm":"SHA-256","value":"eA=="}}}}',
  ]);
});
