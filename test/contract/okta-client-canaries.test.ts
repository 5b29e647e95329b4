import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type CanaryUser, Secret } from "../../src/core/index.ts";
import {
  connectSound,
  hangUp,
  HASH_SALT,
  HASH_VALUE,
  json,
  oktaError,
  oktaUser,
  type Reply,
  startStandIn,
} from "./okta-client-stand-in.ts";

const PASSWORD = "Invented-7-pass";
const LOGIN = "okta-migrate-canary-x@example.com";
const PROFILE = { login: LOGIN, email: LOGIN, firstName: "okta-migrate", lastName: "canary" };
const { signal } = new AbortController();
const ABSENT = oktaError(404, "E0000007");
const EMPTY: Reply = (response) => response.writeHead(204).end();

const BY_HASH: CanaryUser = {
  profile: PROFILE,
  credential: {
    kind: "hash",
    hash: new Secret({ value: HASH_VALUE, salt: HASH_SALT, workFactor: 10, algorithm: "BCRYPT" }),
  },
};
const BY_VALUE: CanaryUser = {
  profile: PROFILE,
  credential: { kind: "value", password: new Secret(PASSWORD) },
};

async function against(...replies: Reply[]) {
  const standIn = await startStandIn(...replies);
  return { ...(await connectSound(standIn)), standIn };
}

/** The status and body that Okta's documentation gives. */
function documented(name: string): Reply {
  const text = readFileSync(new URL(`../../fixtures/okta/${name}.json`, import.meta.url), "utf8");
  const { answer } = JSON.parse(text) as { answer: { status: number; body: unknown } };
  return json(answer.status, answer.body);
}

describe("a throw-away user", () => {
  it("is made active, silently, with the hash in Okta's own shape", async () => {
    const { org, standIn } = await against(json(200, oktaUser(LOGIN)));
    expect(await org.canaries.create(BY_HASH, signal)).toEqual({ kind: "created" });
    const [seen] = standIn.seen;
    expect([seen?.method, seen?.url]).toEqual(["POST", "/api/v1/users?activate=true"]);
    expect(JSON.parse(seen?.body ?? "")).toEqual({
      profile: PROFILE,
      credentials: {
        password: {
          hash: { algorithm: "BCRYPT", workFactor: 10, salt: HASH_SALT, value: HASH_VALUE },
        },
      },
    });
  });

  it("of the control is made with its password as it is", async () => {
    const { org, standIn } = await against(json(200, oktaUser(LOGIN)));
    await org.canaries.create(BY_VALUE, signal);
    const body = JSON.parse(standIn.seen[0]?.body ?? "") as { credentials: unknown };
    expect(body.credentials).toEqual({ password: { value: PASSWORD } });
  });

  it("whose create is lost is never sent again", async () => {
    const { org, standIn } = await against(hangUp, json(200, oktaUser(LOGIN)));
    expect((await org.canaries.create(BY_HASH, signal)).kind).toBe("lost");
    expect(standIn.seen).toHaveLength(1);
  });

  it.each([
    ["hash", BY_HASH, HASH_VALUE],
    ["password", BY_VALUE, PASSWORD],
  ])(
    "that is refused does not give its %s away, though the org quotes it",
    async (_what, user, secret) => {
      const { org, events } = await against(oktaError(400, "E0000001", `no ${secret} here`));
      const answer = await org.canaries.create(user, signal);
      expect(answer).toMatchObject({ kind: "refused", failure: { code: "ORG_VALIDATION" } });
      expect(JSON.stringify([answer, events])).toContain("[secret]");
      expect(JSON.stringify([answer, events])).not.toContain(secret);
    },
  );
});

describe("a sign-in", () => {
  const signIn = async (...replies: Reply[]) => {
    const connected = await against(...replies);
    const answer = await connected.org.canaries.signIn(LOGIN, new Secret(PASSWORD), signal);
    return { ...connected, answer };
  };

  it("is sent without our credential", async () => {
    const { standIn, answer } = await signIn(documented("sign-in"));
    expect(answer).toEqual({ kind: "accepted", saying: "SUCCESS" });
    const [seen] = standIn.seen;
    expect([seen?.method, seen?.url]).toEqual(["POST", "/api/v1/authn"]);
    expect(seen?.headers).not.toHaveProperty("authorization");
    expect(seen?.headers["content-type"]).toBe("application/json");
    expect(JSON.parse(seen?.body ?? "")).toEqual({ username: LOGIN, password: PASSWORD });
  });

  it.each([
    ["SUCCESS", "accepted"],
    ["PASSWORD_WARN", "accepted"],
    ["PASSWORD_EXPIRED", "accepted"],
    ["MFA_REQUIRED", "accepted"],
    ["MFA_ENROLL", "accepted"],
    ["MFA_ENROLL_ACTIVATE", "accepted"],
    ["MFA_CHALLENGE", "accepted"],
    ["LOCKED_OUT", "locked-out"],
    ["RECOVERY", "unclear"],
    ["PASSWORD_RESET", "unclear"],
    ["UNAUTHENTICATED", "unclear"],
    ["SOMETHING_NEW", "unclear"],
  ])("that ends in %s is %s", async (status, kind) => {
    const { answer } = await signIn(json(200, { status }));
    expect(answer).toEqual({ kind, saying: status });
  });

  it("with a wrong password is refused, and that is no word about our token", async () => {
    const { answer, org, standIn } = await signIn(documented("sign-in-wrong"));
    expect(answer).toMatchObject({ kind: "refused", saying: expect.stringMatching(/E0000004/) });
    standIn.replies = [json(200, oktaUser(LOGIN))];
    expect((await org.canaries.find(LOGIN)).kind).toBe("found");
  });

  it.each([
    [403, "E0000006"],
    [401, "E0000015"],
    [403, "E0000085"],
    [404, "E0000008"],
    [400, "E0000001"],
  ])("answered %i %s says nothing of the password", async (status, code) => {
    const { answer } = await signIn(oktaError(status, code, `${PASSWORD} is odd`));
    expect(answer).toMatchObject({ kind: "unclear", saying: expect.stringContaining(code) });
    expect(answer.saying).not.toContain(PASSWORD);
  });

  it("is tried again where the limit or the line is in the way", async () => {
    const { answer, standIn } = await signIn(
      oktaError(429, "E0000047"),
      hangUp,
      json(200, { status: "SUCCESS" }),
    );
    expect(answer.kind).toBe("accepted");
    expect(standIn.seen).toHaveLength(3);
  });

  it("that a web page answers stops everything", async () => {
    const page: Reply = (response) =>
      response.writeHead(403, { "content-type": "text/html" }).end("<html>no</html>");
    await expect(signIn(page)).rejects.toMatchObject({ code: "ORG_ANSWER_UNEXPECTED" });
  });
});

describe("a throw-away user that is removed", () => {
  const remove = async (...replies: Reply[]) => {
    const connected = await against(...replies);
    const answer = await connected.org.canaries.remove("00u7");
    const asked = connected.standIn.seen.map(({ method, url }) => `${method} ${url}`);
    return { ...connected, answer, asked };
  };
  const DEACTIVATE = "POST /api/v1/users/00u7/lifecycle/deactivate?sendEmail=false";
  const DELETE = "DELETE /api/v1/users/00u7?sendEmail=false";
  const LOOK = "GET /api/v1/users/00u7";

  it("is deactivated, deleted and looked for, without a mail", async () => {
    const { answer, asked, standIn } = await remove(json(200, {}), EMPTY, ABSENT);
    expect(answer).toEqual({ kind: "removed" });
    expect(asked).toEqual([DEACTIVATE, DELETE, LOOK]);
    expect(standIn.seen[0]?.headers["content-length"]).toBe("0");
  });

  it("is not gone before nobody is found: the first deletion may only have deactivated", async () => {
    const { answer, asked } = await remove(
      oktaError(403, "E0000038"),
      EMPTY,
      json(200, oktaUser(LOGIN, "00u7")),
      oktaError(403, "E0000038"),
      EMPTY,
      ABSENT,
    );
    expect(answer).toEqual({ kind: "removed" });
    expect(asked).toHaveLength(6);
  });

  it("is gone where an earlier deletion's answer was lost", async () => {
    const { answer, asked } = await remove(json(200, {}), hangUp, ABSENT);
    expect(answer).toEqual({ kind: "removed" });
    expect(asked).toEqual([DEACTIVATE, DELETE, DELETE]);
  });

  it("that the org keeps is told with the org's reason", async () => {
    const { answer } = await remove(oktaError(403, "E0000038"));
    expect(answer).toMatchObject({ kind: "kept", failure: { code: "ORG_OPERATION_REFUSED" } });
  });

  it("by a token that may not delete stops everything", async () => {
    await expect(remove(json(200, {}), oktaError(403, "E0000006"))).rejects.toMatchObject({
      code: "ORG_PERMISSION_MISSING",
    });
  });
});
