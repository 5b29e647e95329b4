import { describe, expect, it } from "vitest";
import { chooseOrg } from "../../access/choose-way.ts";
import { chooseClient } from "./choose-client.ts";

function choose(
  variables: Readonly<Record<string, string>>,
  { flag, before }: { flag?: string; before?: string } = {},
): string {
  const environment = { OKTA_ORG_URL: "example.okta.com", ...variables };
  const { family } = chooseOrg(environment);
  return chooseClient({ flag, environment, family, before });
}

describe("the app through which somebody signs in", () => {
  it("is that of the flag, then that of the variable, then that of the last time", () => {
    const variables = { OKTA_CLIENT_ID: "0oaVariable" };
    expect(choose(variables, { flag: " 0oaFlag ", before: "0oaBefore" })).toBe("0oaFlag");
    expect(choose(variables, { before: "0oaBefore" })).toBe("0oaVariable");
    expect(choose({}, { before: "0oaBefore" })).toBe("0oaBefore");
  });

  it("is never a service app, whose client ID stands beside a key", () => {
    const app = { OKTA_CLIENT_ID: "0oaService", OKTA_PRIVATE_KEY_FILE: "key.pem" };
    expect(() => choose(app)).toThrow(expect.objectContaining({ code: "CLIENT_ID_MISSING" }));
    expect(choose(app, { flag: "0oaNative" })).toBe("0oaNative");
  });

  it("is asked for where nobody names it, and refused where it can't be one", () => {
    expect(() => choose({})).toThrow(expect.objectContaining({ code: "CLIENT_ID_MISSING" }));
    expect(() => choose({}, { flag: "two words" })).toThrow(
      expect.objectContaining({ code: "OPTION_INVALID", at: "--client-id" }),
    );
  });
});
