import { describe, expect, it } from "vitest";
import {
  connectSound,
  hangUp,
  json,
  oktaError,
  type Reply,
  startStandIn,
} from "./okta-client-stand-in.ts";

const SCHEMA = {
  definitions: {
    base: {
      properties: {
        login: { type: "string", required: true, minLength: 5, maxLength: 100, pattern: ".+" },
        firstName: {
          type: "string",
          minLength: 1,
          maxLength: 50,
          master: { type: "PROFILE_MASTER" },
        },
        managed: { type: "string", mutability: "READ_ONLY", permissions: null },
      },
      required: ["firstName"],
    },
    custom: {
      properties: {
        size: { type: "string", enum: ["S", "M"], oneOf: [{ const: "S", title: "Small" }] },
        ranks: { type: "array", items: { type: "integer" }, required: null, maxLength: null },
      },
    },
  },
};

describe("the org's user schema", () => {
  it("is read with base and custom attributes", async () => {
    const standIn = await startStandIn(json(200, SCHEMA));
    const { org } = await connectSound(standIn);
    const schema = await org.readSchema();
    expect(standIn.seen[0]?.url).toBe("/api/v1/meta/schemas/user/default");
    expect(schema?.loginPattern).toBe(".+");
    expect([...(schema?.attributes.values() ?? [])]).toEqual([
      {
        name: "login",
        type: "string",
        required: true,
        minLength: 5,
        maxLength: 100,
        pattern: ".+",
        custom: false,
      },
      {
        name: "firstName",
        type: "string",
        required: true,
        minLength: 1,
        maxLength: 50,
        custom: false,
      },
      { name: "managed", type: "string", required: false, readOnly: true, custom: false },
      { name: "size", type: "string", required: false, enum: ["S", "M"], custom: true },
      { name: "ranks", type: "array", itemType: "integer", required: false, custom: true },
    ]);
  });

  it("that the token may not read is a warning, not a stop", async () => {
    const { org, events } = await connectSound(await startStandIn(oktaError(403, "E0000006")));
    expect(await org.readSchema()).toBeUndefined();
    expect(events).toContainEqual(expect.objectContaining({ event: "warning" }));
  });

  it("stops the run when the token is refused", async () => {
    const { org } = await connectSound(await startStandIn(oktaError(401, "E0000011")));
    await expect(org.readSchema()).rejects.toMatchObject({ code: "ORG_CREDENTIAL_REFUSED" });
  });

  it.each<[string, Reply]>([
    ["something else", json(200, { hello: "world" })],
    ["a web page", (response) => response.writeHead(200).end("<!DOCTYPE html><p>Hello")],
    ["nothing", (response) => response.writeHead(200).end()],
  ])("stops the run when %s comes in its place", async (_what, reply) => {
    const { org } = await connectSound(await startStandIn(reply));
    await expect(org.readSchema()).rejects.toMatchObject({ code: "ORG_ANSWER_UNEXPECTED" });
  });

  it("stops the run when the org can't give it", async () => {
    const { org } = await connectSound(await startStandIn(json(500, {})));
    await expect(org.readSchema()).rejects.toMatchObject({ code: "ORG_UNAVAILABLE" });
  });
});

/** Groups as the org holds them; new ones are listed only after some listings. */
function groups(
  held: { id: string; type: string; name: string }[],
  options: { create?: Reply; lag?: number } = {},
): Reply {
  let lag = 0;
  let made = 0;
  const show = ({ id, type, name }: (typeof held)[number]) => ({ id, type, profile: { name } });
  return (response, seen) => {
    if (seen.method === "POST") {
      made += 1;
      const { profile } = JSON.parse(seen.body) as { profile: { name: string } };
      const group = { id: `00gNew${made}`, type: "OKTA_GROUP", name: profile.name };
      held.push(group);
      lag = options.lag ?? 0;
      (options.create ?? json(200, show(group)))(response, seen);
      return;
    }
    lag -= 1;
    const listed = lag >= 0 ? held.filter(({ id }) => !id.startsWith("00gNew")) : held;
    json(200, listed.map(show))(response, seen);
  };
}

describe("the groups that a config names", () => {
  it("are found by exact name among those of the org itself", async () => {
    const standIn = await startStandIn(
      groups([
        { id: "00g1", type: "APP_GROUP", name: "Staff" },
        { id: "00g2", type: "OKTA_GROUP", name: "Staff" },
        { id: "00g3", type: "OKTA_GROUP", name: "Staff abroad" },
      ]),
    );
    const { org } = await connectSound(standIn);
    expect(await org.ensureGroups(["Staff"])).toEqual([
      { name: "Staff", id: "00g2", created: false },
    ]);
    expect(standIn.seen.every(({ method }) => method === "GET")).toBe(true);
  });

  it("are not made by a mere look", async () => {
    const standIn = await startStandIn(groups([]));
    const { org } = await connectSound(standIn);
    expect(await org.findGroups(["Staff"])).toEqual([]);
    expect(standIn.seen.every(({ method }) => method === "GET")).toBe(true);
  });

  it("are made once where they are missing, in the order of the names", async () => {
    const standIn = await startStandIn(groups([{ id: "00g2", type: "OKTA_GROUP", name: "B" }]));
    const { org } = await connectSound(standIn);
    expect(await org.ensureGroups(["A", "B", "A"])).toEqual([
      { name: "A", id: "00gNew1", created: true },
      { name: "B", id: "00g2", created: false },
    ]);
    const posts = standIn.seen.filter(({ method }) => method === "POST");
    expect(posts.map(({ url, body }) => `${url} ${body}`)).toEqual([
      '/api/v1/groups {"profile":{"name":"A"}}',
    ]);
  });

  it.each<[string, Reply]>([
    ["its answer is lost", hangUp],
    ["the server fails after making it", oktaError(500, "E0000009")],
    ["the answer is no group", json(200, {})],
  ])("a group is not doubled when %s and the lists lag", async (_what, create) => {
    const standIn = await startStandIn(groups([], { create, lag: 4 }));
    const { org } = await connectSound(standIn);
    expect(await org.ensureGroups(["Staff"])).toEqual([
      { name: "Staff", id: "00gNew1", created: true },
    ]);
    expect(standIn.seen.filter(({ method }) => method === "POST")).toHaveLength(1);
  });

  it("that exist twice are refused", async () => {
    const twice = groups([
      { id: "00g1", type: "OKTA_GROUP", name: "Staff" },
      { id: "00g2", type: "OKTA_GROUP", name: "Staff" },
    ]);
    const { org } = await connectSound(await startStandIn(twice));
    await expect(org.ensureGroups(["Staff"])).rejects.toMatchObject({ code: "GROUP_INVALID" });
  });

  it.each(["", " ", "x".repeat(256)])("that can't be a name are refused unsent", async (name) => {
    const standIn = await startStandIn(groups([]));
    const { org } = await connectSound(standIn);
    await expect(org.ensureGroups([name])).rejects.toMatchObject({ code: "GROUP_INVALID" });
    expect(standIn.seen).toEqual([]);
  });

  it("that the org refuses are told with their name", async () => {
    const refuse: Reply = (response, seen) =>
      (seen.method === "POST" ? oktaError(400, "E0000001", "name: bad") : json(200, []))(
        response,
        seen,
      );
    const { org } = await connectSound(await startStandIn(refuse));
    await expect(org.ensureGroups(["Sta\u0007ff"])).rejects.toMatchObject({
      code: "GROUP_INVALID",
      message: 'The org does not take a group named "Sta ff".',
    });
  });
});

describe("the password import hook", () => {
  const type = "com.okta.user.credential.password.import";
  it.each([
    [[{ type, status: "ACTIVE" }], true],
    [[{ type, status: "INACTIVE" }], false],
    [[{ type: "com.okta.saml.tokens.transform", status: "ACTIVE" }], false],
    [[], false],
  ])("of %j is active: %j", async (hooks, expected) => {
    const standIn = await startStandIn(json(200, hooks));
    const { org } = await connectSound(standIn);
    expect(await org.hasActivePasswordHook()).toBe(expected);
    expect(standIn.seen[0]?.url).toBe(`/api/v1/inlineHooks?type=${type}`);
  });

  it("is unknown where the token may not see it", async () => {
    const { org } = await connectSound(await startStandIn(oktaError(403, "E0000006")));
    expect(await org.hasActivePasswordHook()).toBeUndefined();
  });
});
