import { beforeAll, describe, expect, it } from "vitest";
import { clientRequestKinds } from "../support/client-request-kinds.ts";
import { isOfKind } from "../support/match-route.ts";
import {
  type Exchange,
  HAS_DESCRIPTION,
  loadOktaDescription,
  WHERE_IT_IS,
} from "../support/okta-description.ts";
import { UNDESCRIBED } from "../support/okta-description-gaps.ts";
import { driveClient } from "./okta-client-tour.ts";

/** Paths that the client's code names and does not send itself, each with the reason. */
const NOT_SENT: Readonly<Record<string, string>> = {};
const KINDS = clientRequestKinds().filter((kind) => !(kind in NOT_SENT));

describe("every request that the client can send", () => {
  let exchanges: readonly Exchange[] = [];

  beforeAll(async () => {
    exchanges = await driveClient();
  }, 60_000);

  it.each(KINDS)("%s was sent to be looked at", (kind) => {
    const seen = exchanges.filter((exchange) => isOfKind(exchange, kind));
    expect(
      seen.length,
      `No step of test/contract/okta-client-tour.ts sends ${kind}: add one, so that what is sent is held ` +
        "against Okta's description, or name it in NOT_SENT of this test with the reason.",
    ).toBeGreaterThan(0);
  });

  it("has a kind that its code names", () => {
    const strangers = exchanges.filter((sent) => !KINDS.some((kind) => isOfKind(sent, kind)));
    expect(strangers.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  if (HAS_DESCRIPTION) {
    it.each(KINDS)("%s meets Okta's OpenAPI description, as its answer does", (kind) => {
      const description = loadOktaDescription();
      const seen = exchanges.filter((exchange) => isOfKind(exchange, kind));
      const faults = seen.map((exchange) => {
        const { method, path } = exchange;
        if (`${method} ${path}` in UNDESCRIBED)
          return description.knows(method, path) ? ["known"] : [];
        return [...description.faultsOfRequest(exchange), ...description.faultsOfAnswer(exchange)];
      });
      expect(faults).toEqual(seen.map(() => []));
    });
  } else {
    it("was not held against Okta's OpenAPI description, which is not here", () => {
      process.stderr.write(
        `not checked: ${KINDS.length} kinds of requests against Okta's OpenAPI description; ${WHERE_IT_IS}\n`,
      );
      expect(HAS_DESCRIPTION).toBe(false);
    });
  }
});

describe.runIf(HAS_DESCRIPTION)("holding a request against the description finds", () => {
  const profile = { login: "ada@example.com" };
  const hash = { algorithm: "SHA-384", value: "" };

  it.each([
    [
      "a misspelt member",
      "?activate=true",
      { profile, credentails: {} },
      "/credentails is not described",
    ],
    ["a wrong type", "?activate=true", { profile: { login: 7 } }, "/profile/login must be string"],
    [
      "a value that is none of its kind",
      "?activate=true",
      { profile, credentials: { password: { hash } } },
      "/credentials/password/hash/algorithm must be equal to one of the allowed values",
    ],
    ["a missing member", "?activate=true", {}, "/ must have required property 'profile'"],
    ["a misspelt parameter", "?activated=true", { profile }, "?activated is not described"],
    ["a parameter's wrong value", "?activate=yes", { profile }, "?activate / must be boolean"],
  ])("%s", (_what, query, body, fault) => {
    const message = { type: "application/json", body: JSON.stringify(body) };
    const exchange: Exchange = {
      method: "POST",
      path: `/api/v1/users${query}`,
      request: message,
      answer: { ...message, status: 200 },
    };
    expect(loadOktaDescription().faultsOfRequest(exchange)).toContain(fault);
  });
});
