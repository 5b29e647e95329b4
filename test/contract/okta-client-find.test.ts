import { describe, expect, it } from "vitest";
import {
  connectSound,
  hangUp,
  json,
  oktaError,
  oktaUser,
  type Reply,
  startStandIn,
} from "./okta-client-stand-in.ts";

const ABSENT = oktaError(404, "E0000007", "Not found: Resource not found: x (User)");

async function find(login: string, ...replies: Reply[]) {
  const standIn = await startStandIn(...replies);
  const { org, signal, clock } = await connectSound(standIn);
  const answer = await org.users.find(login, signal);
  return { answer, urls: standIn.seen.map(({ url }) => url), clock };
}

/** Answers look-ups by login from what it holds, as Okta does; the list only after some rounds. */
function directory(users: readonly string[], listedAfterRounds = 0): Reply {
  let rounds = 0;
  return (response, seen) => {
    const url = new URL(seen.url, "http://org");
    const filter = url.searchParams.get("filter");
    if (filter === null) {
      const asked = decodeURIComponent(url.pathname.split("/").at(-1) ?? "").toLowerCase();
      const login = users.find((user) => [user, user.split("@")[0]].includes(asked));
      return login === undefined
        ? ABSENT(response, seen)
        : json(200, oktaUser(login))(response, seen);
    }
    rounds += 1;
    const listed = rounds > listedAfterRounds ? users : [];
    const found = listed.filter((user) => filter === `profile.login eq ${JSON.stringify(user)}`);
    return json(
      200,
      found.map((login) => oktaUser(login)),
    )(response, seen);
  };
}

describe("a look-up by login", () => {
  it("finds the user with the id, status and age that the org gives", async () => {
    const { answer, urls } = await find("ada@example.com", json(200, oktaUser("ada@example.com")));
    expect(answer).toEqual({
      kind: "found",
      user: {
        oktaId: "00u1",
        login: "ada@example.com",
        status: "ACTIVE",
        createdAtMs: Date.parse("2026-11-24T10:00:00.000Z"),
        profile: { login: "ada@example.com", email: "ada@example.com" },
      },
    });
    expect(urls).toEqual(["/api/v1/users/ada%40example.com"]);
  });

  it("finds a login that differs in case", async () => {
    const { answer } = await find("ADA@Example.com", json(200, oktaUser("ada@example.com")));
    expect(answer.kind).toBe("found");
  });

  it("tries a login without its diacritics too", async () => {
    const { answer, urls } = await find("isáàc@example.com", directory(["isaac@example.com"]));
    expect(answer.kind).toBe("found");
    expect(urls).toHaveLength(2);
  });

  it("takes Okta's not-found for absent", async () => {
    expect((await find("ada@example.com", ABSENT)).answer).toEqual({ kind: "absent" });
  });

  it("does not take somebody whose short name matches for the user", async () => {
    const { answer, urls, clock } = await find("ada", directory(["ada@example.com"]));
    expect(answer).toEqual({ kind: "absent" });
    expect(urls).toHaveLength(4);
    expect(clock.naps).toEqual([1000, 2000]);
  });

  it("finds a short login behind somebody whose short name matches", async () => {
    const users = directory(["ada@example.com", "ada"]);
    expect((await find("ada", users)).answer).toMatchObject({ user: { login: "ada" } });
  });

  it.each(["a/b@example.com", "what?@example.com", "back\\slash@example.com", ".", "..", "me"])(
    "looks %s up in the list, which can carry it",
    async (login) => {
      const { answer, urls } = await find(login, directory([login]));
      expect(answer).toMatchObject({ kind: "found", user: { login } });
      expect(urls).toEqual([
        `/api/v1/users?filter=${encodeURIComponent(`profile.login eq ${JSON.stringify(login)}`)}`,
      ]);
    },
  );

  it("escapes a quote, so that a login can't widen the filter", async () => {
    const login = 'x/" or profile.login eq "ada@example.com';
    expect((await find(login, directory(["ada@example.com"]))).answer.kind).toBe("absent");
  });

  it("waits for a list that lags behind", async () => {
    expect((await find("a/b@example.com", directory(["a/b@example.com"], 2))).answer.kind).toBe(
      "found",
    );
  });

  it("survives a passing failure", async () => {
    const user = json(200, oktaUser("ada@example.com"));
    const { answer, urls } = await find("ada@example.com", hangUp, json(500, {}), user);
    expect(answer.kind).toBe("found");
    expect(urls).toHaveLength(3);
  });

  it("is unknown, never absent, when the org fails on it again and again", async () => {
    const { answer, urls } = await find("ada@example.com", oktaError(500, "E0000009"));
    expect(answer).toMatchObject({ kind: "unknown", failure: { code: "ORG_SERVER_ERROR" } });
    expect(urls).toHaveLength(6);
  });

  it("is unknown when the answer is no user", async () => {
    const { answer } = await find("ada@example.com", json(200, { id: "00u1" }));
    expect(answer).toMatchObject({ kind: "unknown", failure: { code: "ANSWER_LOST" } });
  });

  it("is unknown for half a character, and nothing is sent", async () => {
    const { answer, urls } = await find("ada\ud800@example.com", ABSENT);
    expect(answer.kind).toBe("unknown");
    expect(urls).toEqual([]);
  });

  it("stops the run when a 404 comes from no Okta org", async () => {
    const notFound: Reply = (response) => response.writeHead(404).end("404 page not found");
    await expect(find("ada@example.com", notFound)).rejects.toMatchObject({
      code: "ORG_ANSWER_UNEXPECTED",
    });
  });

  it("stops the run when a sign-in portal answers in the org's place", async () => {
    const portal: Reply = (response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<html>Welcome");
    await expect(find("ada@example.com", portal)).rejects.toMatchObject({
      code: "ORG_ANSWER_UNEXPECTED",
    });
  });
});
