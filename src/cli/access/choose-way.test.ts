import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseWay } from "./choose-way.ts";
import { variablesOf } from "./families.ts";

const OWN = { OKTA_ORG_URL: "https://own.okta.com" };
const SDK = { OKTA_CLIENT_ORGURL: "https://sdk.okta.com/" };
const TERRAFORM = { OKTA_ORG_NAME: "terraform", OKTA_BASE_URL: "okta.com" };
const SDK_APP = { OKTA_CLIENT_CLIENTID: "0oa1", OKTA_CLIENT_PRIVATEKEY: "key.pem" };
const TERRAFORM_APP = { OKTA_API_CLIENT_ID: "0oa1", OKTA_API_PRIVATE_KEY: "key.pem" };
const OWN_APP = { OKTA_CLIENT_ID: "0oa1", OKTA_PRIVATE_KEY_FILE: "key.pem" };

describe("the variables that are taken", () => {
  it.each([
    [{ ...OWN, OKTA_API_TOKEN: "t" }, "own.okta.com", ["OKTA_API_TOKEN"], "ssws"],
    [{ ...OWN, OKTA_ACCESS_TOKEN: "t" }, "own.okta.com", ["OKTA_ACCESS_TOKEN"], "bearer"],
    [{ ...OWN, ...OWN_APP }, "own.okta.com", Object.keys(OWN_APP), "service-app"],
    [{ ...SDK, OKTA_CLIENT_TOKEN: "t" }, "sdk.okta.com", ["OKTA_CLIENT_TOKEN"], "ssws"],
    [
      { ...SDK, OKTA_CLIENT_TOKEN: "t", OKTA_CLIENT_AUTHORIZATIONMODE: "Bearer" },
      "sdk.okta.com",
      ["OKTA_CLIENT_TOKEN"],
      "bearer",
    ],
    [{ ...SDK, ...SDK_APP }, "sdk.okta.com", Object.keys(SDK_APP), "service-app"],
    [
      { ...SDK, ...SDK_APP, OKTA_CLIENT_TOKEN: "t", OKTA_CLIENT_AUTHORIZATIONMODE: "PrivateKey" },
      "sdk.okta.com",
      Object.keys(SDK_APP),
      "service-app",
    ],
    [{ ...TERRAFORM, OKTA_API_TOKEN: "t" }, "terraform.okta.com", ["OKTA_API_TOKEN"], "ssws"],
    [
      { ...TERRAFORM, OKTA_ACCESS_TOKEN: "t" },
      "terraform.okta.com",
      ["OKTA_ACCESS_TOKEN"],
      "bearer",
    ],
    [
      { ...TERRAFORM, ...TERRAFORM_APP },
      "terraform.okta.com",
      Object.keys(TERRAFORM_APP),
      "service-app",
    ],
    [
      { ...TERRAFORM, OKTA_HTTP_PROXY: "http://127.0.0.1:8080", OKTA_API_TOKEN: "t" },
      "127.0.0.1:8080",
      ["OKTA_API_TOKEN"],
      "ssws",
    ],
    // What is set for other programs does not matter beside a family that is whole.
    [
      { ...OWN, ...OWN_APP, ...SDK, OKTA_CLIENT_TOKEN: "t", ...TERRAFORM },
      "own.okta.com",
      Object.keys(OWN_APP),
      "service-app",
    ],
    [
      { ...OWN, OKTA_API_TOKEN: "t", OKTA_CLIENT_ID: "0oa1" },
      "own.okta.com",
      ["OKTA_API_TOKEN"],
      "ssws",
    ],
    // Two names for the same org are one.
    [
      { OKTA_ORG_URL: "sdk.okta.com", ...SDK, OKTA_CLIENT_TOKEN: "t" },
      "sdk.okta.com",
      ["OKTA_CLIENT_TOKEN"],
      "ssws",
    ],
    [
      { OKTA_ORG_URL: "terraform.okta.com", ...TERRAFORM, OKTA_API_TOKEN: "t" },
      "terraform.okta.com",
      ["OKTA_API_TOKEN"],
      "ssws",
    ],
  ])("of %j lead to %s by %j", (environment, host, variables, kind) => {
    const { orgUrl, way } = chooseWay(environment);
    expect(orgUrl.host).toBe(host);
    expect(variablesOf(way)).toEqual(variables);
    expect(way.kind).toBe(kind);
  });

  it.each([
    [{}, "ORG_URL_MISSING", ["OKTA_ORG_URL"]],
    [{ OKTA_API_TOKEN: "t" }, "ORG_URL_MISSING", ["OKTA_ORG_URL"]],
    [OWN, "CREDENTIAL_MISSING", ["OKTA_ACCESS_TOKEN", "OKTA_API_TOKEN", "OKTA_PRIVATE_KEY_FILE"]],
    [SDK, "CREDENTIAL_MISSING", ["OKTA_CLIENT_TOKEN", "OKTA_CLIENT_PRIVATEKEY"]],
    [TERRAFORM, "CREDENTIAL_MISSING", ["OKTA_API_TOKEN", "OKTA_API_PRIVATE_KEY"]],
    [{ ...OWN, OKTA_CLIENT_ID: "0oa1" }, "CREDENTIAL_INCOMPLETE", ["OKTA_PRIVATE_KEY_FILE"]],
    [{ ...OWN, OKTA_PRIVATE_KEY_FILE: "k" }, "CREDENTIAL_INCOMPLETE", ["OKTA_CLIENT_ID"]],
    [{ ...SDK, OKTA_CLIENT_PRIVATEKEY: "k" }, "CREDENTIAL_INCOMPLETE", ["OKTA_CLIENT_CLIENTID"]],
    [{ OKTA_ORG_NAME: "a", OKTA_API_TOKEN: "t" }, "CREDENTIAL_INCOMPLETE", ["OKTA_BASE_URL"]],
    [
      { ...OWN, OKTA_API_TOKEN: "t", OKTA_ACCESS_TOKEN: "t" },
      "CREDENTIAL_AMBIGUOUS",
      ["OKTA_API_TOKEN", "OKTA_ACCESS_TOKEN"],
    ],
    [
      { ...OWN, OKTA_API_TOKEN: "t", ...OWN_APP },
      "CREDENTIAL_AMBIGUOUS",
      ["OKTA_API_TOKEN", "OKTA_PRIVATE_KEY_FILE"],
    ],
    [
      { ...SDK, ...TERRAFORM, OKTA_API_TOKEN: "t" },
      "CREDENTIAL_AMBIGUOUS",
      ["OKTA_CLIENT_ORGURL", "OKTA_ORG_NAME"],
    ],
    [{ ...OWN, OKTA_CLIENT_TOKEN: "t" }, "CREDENTIAL_MIXED", ["OKTA_ORG_URL", "OKTA_CLIENT_TOKEN"]],
    [
      { ...OWN, OKTA_CLIENT_ID: "0oa1", OKTA_CLIENT_PRIVATEKEY: "k" },
      "CREDENTIAL_MIXED",
      ["OKTA_ORG_URL", "OKTA_CLIENT_PRIVATEKEY"],
    ],
    [{ ...SDK, OKTA_API_TOKEN: "t" }, "CREDENTIAL_MIXED", ["OKTA_CLIENT_ORGURL", "OKTA_API_TOKEN"]],
    [{ ...OWN, ...SDK, OKTA_CLIENT_TOKEN: "t" }, "CREDENTIAL_MIXED", ["OKTA_CLIENT_TOKEN"]],
    [
      { ...OWN, ...TERRAFORM, OKTA_API_TOKEN: "t" },
      "CREDENTIAL_MIXED",
      ["OKTA_ORG_URL", "OKTA_ORG_NAME", "OKTA_API_TOKEN"],
    ],
    [{ OKTA_CLIENT_ORGURL: "http://x.okta.com" }, "ORG_URL_INVALID", []],
    [{ OKTA_CLIENT_ORGURL: "nowhere" }, "ORG_URL_INVALID", ["OKTA_CLIENT_ORGURL"]],
  ])("%j are refused: %s", (environment, code, names) => {
    let error: unknown;
    try {
      chooseWay(environment);
    } catch (caught) {
      error = caught;
    }
    expect(error).toMatchObject({ code });
    const told = JSON.stringify(error) + String(error);
    for (const name of names) expect(told).toContain(name);
  });

  it("are of one family, whatever is set", () => {
    const names = [
      { ...OWN, ...SDK, ...TERRAFORM },
      { ...OWN_APP, ...SDK_APP, ...TERRAFORM_APP },
      { OKTA_ACCESS_TOKEN: "t", OKTA_API_TOKEN: "t", OKTA_CLIENT_TOKEN: "t" },
    ].flatMap((part) => Object.entries(part));
    fc.assert(
      fc.property(fc.subarray(names), (given) => {
        const environment = Object.fromEntries(given);
        let chosen;
        try {
          chosen = chooseWay(environment);
        } catch {
          return;
        }
        const host = chosen.orgUrl.host.split(".")[0] ?? "";
        const [variable = ""] = variablesOf(chosen.way);
        const known: Readonly<Record<string, RegExp>> = {
          own: /^OKTA_(?:ACCESS_TOKEN|API_TOKEN|CLIENT_ID)$/,
          sdk: /^OKTA_CLIENT_(?:TOKEN|CLIENTID)$/,
          terraform: /^OKTA_(?:ACCESS_TOKEN|API_TOKEN|API_CLIENT_ID)$/,
        };
        expect(variable).toMatch(known[host] ?? /never/);
        // A token that two families know is sent only where the other names no other org.
        if (/^OKTA_(?:ACCESS|API)_TOKEN$/.test(variable)) {
          const isElsewhere =
            host === "own" ? "OKTA_ORG_NAME" in environment : "OKTA_ORG_URL" in environment;
          expect(isElsewhere && "OKTA_BASE_URL" in environment).toBe(false);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
