import { describe, expect, it } from "vitest";
import { parseOrgUrl } from "./org-url.ts";

describe("the address of an org", () => {
  it.each([
    ["https://example.okta.com", "https://example.okta.com", "production"],
    ["https://example.okta.com/", "https://example.okta.com", "production"],
    ["https://example.okta.com///", "https://example.okta.com", "production"],
    ["  HTTPS://Example.OKTA.com  ", "https://example.okta.com", "production"],
    ["example.okta.com", "https://example.okta.com", "production"],
    ["example.okta.com:8443", "https://example.okta.com:8443", "production"],
    ["https://example.okta.com:443", "https://example.okta.com", "production"],
    ["https://example.okta.com.", "https://example.okta.com", "production"],
    ["https://login.example.org", "https://login.example.org", "production"],
    ["https://team-admin.example.org", "https://team-admin.example.org", "production"],
    ["https://example.oktapreview.com", "https://example.oktapreview.com", "preview"],
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080", "loopback"],
    ["http://localhost:8080/", "http://localhost:8080", "loopback"],
    ["http://[::1]:8080", "http://[::1]:8080", "loopback"],
    ["https://localhost:8443", "https://localhost:8443", "loopback"],
    ["localhost:8080", "http://localhost:8080", "loopback"],
    ["[::1]:8080", "http://[::1]:8080", "loopback"],
  ])("%s is read as %s (%s)", (text, origin, kind) => {
    expect(parseOrgUrl(text)).toMatchObject({ origin, kind });
  });

  it.each([
    ["http://example.okta.com"],
    ["http://127.0.0.1.example.com"],
    ["ftp://example.okta.com"],
    ["https://example.okta.com/api/v1"],
    ["https://example.okta.com/?x=1"],
    ["https://example.okta.com/#x"],
    ["https://"],
    ["not an address"],
  ])("%s is refused", (text) => {
    expect(() => parseOrgUrl(text)).toThrow(
      expect.objectContaining({ code: "ORG_URL_INVALID", at: "OKTA_ORG_URL" }),
    );
  });

  it.each(["", "   ", undefined])("nothing (%j) is told with an example", (text) => {
    expect(() => parseOrgUrl(text)).toThrow(
      expect.objectContaining({
        code: "ORG_URL_MISSING",
        hint: expect.stringContaining("https://example.okta.com") as string,
      }),
    );
  });

  it.each([
    ["https://example-admin.okta.com", "https://example.okta.com"],
    ["https://example-admin.oktapreview.com/", "https://example.oktapreview.com"],
    ["example-admin.okta-emea.com", "https://example.okta-emea.com"],
  ])("the Admin Console's address %s is answered with the org's", (text, org) => {
    expect(() => parseOrgUrl(text)).toThrow(
      expect.objectContaining({
        code: "ORG_URL_INVALID",
        hint: expect.stringContaining(org) as string,
      }),
    );
  });

  it("a host without a domain is refused and not repeated: it may be a token", () => {
    expect(() => parseOrgUrl("00aTokenInTheWrongPlace")).toThrow(
      expect.objectContaining({
        code: "ORG_URL_INVALID",
        message: expect.not.stringMatching(/00a/i),
      }),
    );
  });

  it("a password in the address is refused and not repeated", () => {
    let caught: unknown;
    try {
      parseOrgUrl("https://admin:hunter2@example.okta.com");
    } catch (error) {
      caught = error;
    }
    expect(caught).toMatchObject({ code: "ORG_URL_INVALID" });
    expect(JSON.stringify(caught) + String(caught)).not.toContain("hunter2");
  });
});
