import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { authorizationOf, createCredential } from "./credential.ts";

describe("a token", () => {
  it("is sent in the scheme of its kind, without the white space around it", () => {
    expect(authorizationOf(createCredential("ssws", " 00abc\n")).reveal()).toBe("SSWS 00abc");
    expect(authorizationOf(createCredential("bearer", "e.y.J")).reveal()).toBe("Bearer e.y.J");
  });

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
    expect(inspect(credential) + JSON.stringify(credential)).not.toContain("very-secret");
  });
});
