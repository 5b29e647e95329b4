import { describe, expect, it } from "vitest";
import {
  aNewUser,
  connectSound,
  hangUp,
  json,
  oktaError,
  oktaUser,
  type Reply,
  startStandIn,
} from "./okta-client-stand-in.ts";

async function createAgainst(...replies: Reply[]) {
  const standIn = await startStandIn(...replies);
  const connected = await connectSound(standIn);
  const { org, signal } = connected;
  const permit = await org.users.admit(signal);
  return { ...connected, standIn, creating: org.users.create(aNewUser(), permit) };
}

const CREATED = json(200, oktaUser("ada@example.com", "00u7"));
const LOGIN_TAKEN = "login: An object with this field already exists in the current organization";

describe("what the org says to a create", () => {
  it("a login that exists is told apart from every other refusal", async () => {
    const { creating } = await createAgainst(oktaError(400, "E0000001", LOGIN_TAKEN));
    expect(await creating).toEqual({ kind: "login-exists" });
  });

  it.each([
    [400, "E0000001", "email: Does not match required pattern", "ORG_VALIDATION"],
    [
      400,
      "E0000001",
      "login: Username must be in the form of an email address",
      "ORG_LOGIN_FORMAT",
    ],
    [400, "E0000001", "badge: An object with this field already exists", "ORG_VALUE_NOT_UNIQUE"],
    [400, "E0000003", "", "ORG_REQUEST_REFUSED"],
    [400, "E0000093", "The number of group targets is too large", "ORG_GROUP_LIMIT"],
    [404, "E0000007", "Not found: Resource not found: 00g1 (UserGroup)", "ORG_NOT_FOUND"],
    [403, "E0000080", "", "ORG_OPERATION_REFUSED"],
    [409, "E0000195", "", "ORG_CONFLICT"],
    [502, "E0000134", "", "ORG_HOOK_FAILED"],
    [400, "E0009999", "", "ORG_REQUEST_REFUSED"],
    [413, "", "", "ORG_REQUEST_REFUSED"],
  ])("%i %s (%s) fails the record as %s", async (status, errorCode, cause, code) => {
    const { creating, standIn } = await createAgainst(oktaError(status, errorCode, cause));
    const answer = await creating;
    expect(answer).toMatchObject({ kind: "refused", failure: { code } });
    expect(standIn.seen).toHaveLength(1);
  });

  it("quotes an unknown code, so that it can be looked up", async () => {
    const { creating } = await createAgainst(oktaError(400, "E0009999", "odd"));
    expect(await creating).toMatchObject({
      failure: { reason: "summary of E0009999; odd (HTTP 400, E0009999)" },
    });
  });

  it.each([
    [401, "E0000011", "ORG_CREDENTIAL_REFUSED"],
    [401, "E0000004", "ORG_CREDENTIAL_REFUSED"],
    [401, "", "ORG_CREDENTIAL_REFUSED"],
    [403, "E0000006", "ORG_PERMISSION_MISSING"],
    [403, "E0000005", "ORG_CREDENTIAL_REFUSED"],
    [403, "", "ORG_PERMISSION_MISSING"],
    [405, "E0000022", "ORG_PERMISSION_MISSING"],
    [404, "E0000008", "ORG_ANSWER_UNEXPECTED"],
    [501, "E0000060", "ORG_ANSWER_UNEXPECTED"],
    [403, "E0000260", "ORG_UNAVAILABLE"],
  ])("%i %s stops the run with %s", async (status, errorCode, code) => {
    const { creating, standIn } = await createAgainst(
      oktaError(status, errorCode, "jane.doe@example.com may not"),
    );
    const error: unknown = await creating.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code, status });
    expect(String(error)).not.toContain("jane.doe");
    expect(standIn.seen).toHaveLength(1);
  });

  it("a token without the scope is told by the challenge alone", async () => {
    const challenge = 'Bearer realm="x", error="insufficient_scope", scope="okta.users.manage"';
    const { creating } = await createAgainst((response) =>
      response.writeHead(403, { "www-authenticate": challenge }).end(),
    );
    await expect(creating).rejects.toMatchObject({
      code: "ORG_PERMISSION_MISSING",
      errorCode: "insufficient_scope",
    });
  });

  it("a 429 costs the record nothing: it is sent again until it is taken", async () => {
    const limited = oktaError(429, "E0000047");
    const { creating, standIn, org } = await createAgainst(limited, limited, CREATED);
    expect(await creating).toEqual({ kind: "created", oktaId: "00u7" });
    expect(standIn.seen).toHaveLength(3);
    expect(new Set(standIn.seen.map(({ body }) => body)).size).toBe(1);
    expect(org.traffic()).toMatchObject({ rateLimited: 2, retries: 2 });
  });

  it("an attribute that the org denies is asked for once more, a second later", async () => {
    const denied = oktaError(400, "E0000001", "Property name 'badge' is not defined in profile");
    const { creating, clock } = await createAgainst(denied, CREATED);
    expect((await creating).kind).toBe("created");
    expect(clock.naps).toContain(1000);
  });

  it("an attribute that the org denies twice is undefined", async () => {
    const denied = oktaError(400, "E0000001", "Property name 'badge' is not defined in profile");
    const { creating, standIn } = await createAgainst(denied);
    expect(await creating).toMatchObject({ failure: { code: "ORG_ATTRIBUTE_UNDEFINED" } });
    expect(standIn.seen).toHaveLength(2);
  });

  it.each(["E0000112", "E0000249", "E0000253"])(
    "%s is a conflict that passes, or fails the record after three more tries",
    async (errorCode) => {
      const passing = await createAgainst(oktaError(409, errorCode), CREATED);
      expect((await passing.creating).kind).toBe("created");
      const lasting = await createAgainst(oktaError(409, errorCode));
      expect(await lasting.creating).toMatchObject({ failure: { code: "ORG_CONFLICT" } });
      expect(lasting.standIn.seen).toHaveLength(4);
    },
  );

  it("a lost create is never sent again here", async () => {
    const { creating, standIn } = await createAgainst(hangUp, CREATED);
    expect((await creating).kind).toBe("lost");
    expect(standIn.seen).toHaveLength(1);
  });

  it("waiting to be sent again ends when the run is stopped", async () => {
    const standIn = await startStandIn(oktaError(429, "E0000047"));
    const { org } = await connectSound(standIn);
    const stop = new AbortController();
    const permit = await org.users.admit(stop.signal);
    const creating = org.users.create(aNewUser(), permit);
    stop.abort(new Error("stopped by the operator"));
    await expect(creating).rejects.toThrow("stopped by the operator");
  });

  it("a permit is good for one create", async () => {
    const { creating, org, signal } = await createAgainst(CREATED);
    await creating;
    const permit = await org.users.admit(signal);
    permit.release();
    await expect(org.users.create(aNewUser(), permit)).rejects.toMatchObject({
      code: "INVARIANT_BROKEN",
    });
  });

  it("a permit tells the earliest moment of what is made under it, by the org's clock", async () => {
    const { org, signal } = await createAgainst(CREATED);
    const { notBeforeMs } = await org.users.admit(signal);
    expect(typeof notBeforeMs).toBe("number");
  });
});

describe("an update", () => {
  const { signal } = new AbortController();

  it("is sent again after a lost answer, since it does no harm twice", async () => {
    const standIn = await startStandIn(hangUp, json(503, {}), json(200, oktaUser("a@example.com")));
    const { org } = await connectSound(standIn);
    const change = { profile: { city: "Rome" } };
    expect(await org.users.update("00u1", change, signal)).toEqual({ kind: "updated" });
    expect(standIn.seen).toHaveLength(3);
    expect(org.traffic().retries).toBe(2);
  });

  it("fails after six tries against a server error, while other requests fare well", async () => {
    const standIn = await startStandIn(oktaError(500, "E0000009"));
    const { org } = await connectSound(standIn);
    expect(await org.users.update("00u1", { profile: { city: "Rome" } }, signal)).toMatchObject({
      kind: "refused",
      failure: { code: "ORG_SERVER_ERROR" },
    });
    expect(standIn.seen).toHaveLength(6);
  });

  it("that waits for an org ends when it is told to stop", async () => {
    const stop = new AbortController();
    const standIn = await startStandIn((response, seen) => {
      stop.abort(new Error("stopped"));
      oktaError(503, "E0000010")(response, seen);
    });
    const { org } = await connectSound(standIn);
    const update = org.users.update("00u1", { profile: { city: "Rome" } }, stop.signal);
    await expect(update).rejects.toThrow("stopped");
    expect(standIn.seen).toHaveLength(1);
  });
});
