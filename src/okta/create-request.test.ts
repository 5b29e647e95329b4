import { describe, expect, it } from "vitest";
import { type NewUser, type PasswordHash, Secret } from "../core/index.ts";
import { createRequest } from "./create-request.ts";

const PROFILE = { login: "ada@example.com" };

function bodyOf(overrides: Partial<NewUser>): string | undefined {
  return createRequest({
    profile: PROFILE,
    credential: { kind: "none" },
    activate: true,
    groupIds: [],
    ...overrides,
  }).body;
}

function hashIn(hash: PasswordHash): string | undefined {
  return bodyOf({ credential: { kind: "hash", hash: new Secret(hash) } });
}

const wrap = (hash: string): string =>
  `{"profile":{"login":"ada@example.com"},"credentials":{"password":{"hash":${hash}}}}`;

describe("the request that makes a user", () => {
  it("holds the profile alone for a staged user", () => {
    const request = createRequest({
      profile: PROFILE,
      credential: { kind: "none" },
      activate: false,
      groupIds: [],
    });
    expect(request.path).toBe("/api/v1/users?activate=false");
    expect(request.body).toBe('{"profile":{"login":"ada@example.com"}}');
  });

  it("asks for the hook", () => {
    expect(bodyOf({ credential: { kind: "hook" } })).toBe(
      '{"profile":{"login":"ada@example.com"},"credentials":{"password":{"hook":{"type":"default"}}}}',
    );
  });

  it("names groups last, and only where there are any", () => {
    expect(bodyOf({ groupIds: ["00g1", "00g2"] })).toBe(
      '{"profile":{"login":"ada@example.com"},"groupIds":["00g1","00g2"]}',
    );
  });

  it("carries bcrypt as Okta's example does, in whatever order it was read", () => {
    expect(hashIn({ value: "v", salt: "s", workFactor: 10, algorithm: "BCRYPT" })).toBe(
      wrap('{"algorithm":"BCRYPT","workFactor":10,"salt":"s","value":"v"}'),
    );
  });

  it("carries a salted digest with the side of its salt", () => {
    expect(hashIn({ value: "v", saltOrder: "PREFIX", salt: "s", algorithm: "SHA-512" })).toBe(
      wrap('{"algorithm":"SHA-512","salt":"s","saltOrder":"PREFIX","value":"v"}'),
    );
  });

  it("carries an unsalted digest without a word about salt", () => {
    expect(hashIn({ value: "v", algorithm: "MD5" })).toBe(wrap('{"algorithm":"MD5","value":"v"}'));
  });

  it("carries PBKDF2 with Okta's own names", () => {
    expect(
      hashIn({
        algorithm: "PBKDF2",
        digestAlgorithm: "SHA512_HMAC",
        iterationCount: 20_000,
        keySize: 24,
        salt: "s",
        value: "v",
      }),
    ).toBe(
      wrap(
        '{"algorithm":"PBKDF2","digestAlgorithm":"SHA512_HMAC","iterationCount":20000,"keySize":24,"salt":"s","value":"v"}',
      ),
    );
  });

  it("sends nothing of a hash but what Okta knows", () => {
    const hash = { algorithm: "MD5", value: "v", note: "from the old system" } as PasswordHash;
    expect(hashIn(hash)).toBe(wrap('{"algorithm":"MD5","value":"v"}'));
  });
});
