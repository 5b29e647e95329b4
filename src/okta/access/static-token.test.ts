import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { authorizeByToken, createCredential } from "./static-token.ts";

const LINE = { method: "GET", path: "/api/v1/users" };

describe("a token", () => {
  it.each([
    ["ssws", " 00abc\n", "SSWS 00abc"],
    ["bearer", "e.y.J", "Bearer e.y.J"],
  ] as const)(
    "of kind %s is sent in its scheme, without the space around it",
    (kind, token, sent) => {
      const authorizer = authorizeByToken(createCredential(kind, token));
      expect(authorizer.authorize(LINE)?.headers).toEqual(["authorization", sent]);
    },
  );

  it("that is empty is missing", () => {
    expect(() => createCredential("ssws", " \n")).toThrow(
      expect.objectContaining({ code: "CREDENTIAL_MISSING", at: "OKTA_API_TOKEN" }),
    );
  });

  it.each(["SSWS 00abc", "00a\r\nX-Evil: 1", "00a\u0000", "tökén"])(
    "with more than a token in it is refused and not repeated",
    (token) => {
      let caught: unknown;
      try {
        createCredential("ssws", token);
      } catch (error) {
        caught = error;
      }
      expect(caught).toMatchObject({ code: "OPTION_INVALID", at: "OKTA_API_TOKEN" });
      expect(inspect(caught)).not.toContain("00a");
    },
  );

  it("never prints", () => {
    const credential = createCredential("bearer", "very-secret");
    const authorizer = authorizeByToken(credential);
    expect(
      inspect([credential, authorizer]) + JSON.stringify([credential, authorizer]),
    ).not.toContain("very-secret");
  });
});
