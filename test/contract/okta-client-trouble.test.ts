import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import {
  aNewUser,
  connect,
  connectSound,
  hangUp,
  HASH_SALT,
  HASH_VALUE,
  json,
  oktaError,
  oktaUser,
  type Reply,
  startStandIn,
  TOKEN,
} from "./okta-client-stand-in.ts";

const DOWN = json(503, { message: "Service Unavailable" });
const READ_ONLY = oktaError(503, "E0000010");
const CREATED = json(200, oktaUser("ada@example.com"));

describe("an org that goes down", () => {
  it("is asked by one look-up at a time after ten failures, and none is called absent", async () => {
    const standIn = await startStandIn(...Array<Reply>(25).fill(DOWN), CREATED);
    const { org, signal, events } = await connectSound(standIn);
    const found = await Promise.all(
      Array.from({ length: 12 }, () => org.users.find("ada@example.com", signal)),
    );
    expect(found.every(({ kind }) => kind === "found")).toBe(true);
    const kinds = events.map(({ event }) => event);
    expect(kinds).toContain("org-paused");
    expect(kinds.filter((kind) => kind === "org-resumed")).toHaveLength(1);
  });

  it("costs a create nothing while no connection comes about, since it never left", async () => {
    const user = oktaUser("ada@example.com");
    const standIn = await startStandIn(json(200, user, { connection: "close" }));
    let pauses = 0;
    const { org, signal } = connect(standIn.url, {
      onEvent: ({ event }) => {
        if (event !== "org-paused") return;
        pauses += 1;
        if (pauses === 1) standIn.comeBack();
      },
    });
    await org.users.find("ada@example.com", signal);
    const permit = await org.users.admit(signal);
    await standIn.goAway();
    const sentBefore = org.traffic().requests;
    standIn.seen.splice(0);
    standIn.replies = [CREATED];
    expect((await org.users.create(aNewUser(), permit)).kind).toBe("created");
    expect(pauses).toBeGreaterThan(0);
    expect(org.traffic().requests).toBe(sentBefore + 1);
    expect(standIn.seen).toHaveLength(1);
  });

  it("stops the run when it stays down too long", async () => {
    const standIn = await startStandIn(DOWN);
    const { org, signal } = await connectSound(standIn);
    const finding = Array.from({ length: 12 }, () => org.users.find("ada@example.com", signal));
    const ends = await Promise.allSettled(finding);
    expect(ends.some((end) => end.status === "rejected")).toBe(true);
    await expect(org.users.admit(signal)).rejects.toMatchObject({ code: "ORG_UNAVAILABLE" });
  });

  it("in read-only mode takes look-ups, and a create waits until it is taken", async () => {
    let writes = 0;
    const standIn = await startStandIn((response, seen) => {
      if (seen.method === "GET") return CREATED(response, seen);
      writes += 1;
      return (writes < 4 ? READ_ONLY : CREATED)(response, seen);
    });
    const { org, signal, events } = await connectSound(standIn);
    const permit = await org.users.admit(signal);
    const creating = org.users.create(aNewUser(), permit);
    expect((await org.users.find("ada@example.com", signal)).kind).toBe("found");
    expect((await creating).kind).toBe("created");
    expect(writes).toBe(4);
    expect(events).toContainEqual(
      expect.objectContaining({ event: "org-paused", reason: "the org is read-only" }),
    );
  });
});

describe("secrets", () => {
  const quoting = `hash ${HASH_VALUE} with salt ${HASH_SALT} is bad`;

  it.each<[string, Reply]>([
    ["a refusal that quotes the request", oktaError(400, "E0000001", quoting)],
    ["a stop that quotes the request", oktaError(403, "E0000006", quoting)],
    ["a server error that quotes the request", oktaError(500, "E0000009", quoting)],
    [
      "a redirect",
      (response) => response.writeHead(302, { location: `https://${TOKEN}@x/` }).end(),
    ],
    [
      "a page that echoes the headers",
      (response, seen) =>
        response
          .writeHead(403, { "content-type": "text/html" })
          .end(`<html>${JSON.stringify(seen.headers)}`),
    ],
    ["a lost answer", hangUp],
    ["a created user", CREATED],
  ])("are in nothing that comes of %s", async (_what, reply) => {
    const standIn = await startStandIn(reply);
    const { org, signal, events } = await connectSound(standIn);
    const permit = await org.users.admit(signal);
    const end: unknown = await org.users
      .create(aNewUser(), permit)
      .catch((reason: unknown) => reason);
    const deep = { depth: 20, showHidden: true, getters: true } as const;
    const said =
      inspect(end, deep) +
      JSON.stringify(end) +
      inspect(events, deep) +
      inspect(permit, deep) +
      JSON.stringify(org.rateStatus());
    for (const secret of [TOKEN, HASH_VALUE, HASH_SALT]) expect(said).not.toContain(secret);
  });

  it("of a connection do not print with it", async () => {
    const { org } = await connectSound(await startStandIn(CREATED));
    expect(inspect(org, { depth: 20 })).not.toContain(TOKEN);
  });

  it("go to the org's own host and to no other", async () => {
    const other = await startStandIn(CREATED);
    const standIn = await startStandIn((response) =>
      response.writeHead(307, { location: `${other.url}/api/v1/users` }).end(),
    );
    const { org, signal } = await connectSound(standIn);
    const permit = await org.users.admit(signal);
    await expect(org.users.create(aNewUser(), permit)).rejects.toThrow(
      "redirects are not followed",
    );
    expect(other.seen).toEqual([]);
  });
});
