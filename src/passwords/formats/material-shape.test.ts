import { describe, expect, it } from "vitest";

import { holdsPasswordMaterial, holdsStoredHash } from "./index.ts";

const SALT = "yobOT8CyiI3Ls6BM/.MNWu";

describe("the shape of a text", () => {
  it.each([
    `$2b$10$${SALT}.O6UcaOinlpRnEkPJttZn2dQZ5uZC42`,
    `note: $2y$10$${SALT}`,
    "$argon2id$v=19$m=65536$x",
    "$6$salt$abc",
    "$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0",
    "{SSHA}0c0blFTXXNuAMHECS4uxrj3ZieMoWImr",
    "{ssha512}abc",
    "pbkdf2_sha256$600000$abc$def",
    "pbkdf2:sha256:600000$abc$0123",
    "bcrypt$$2b$12$abc",
    "scrypt:32768:8:1$abc$def",
    "5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8",
    "0x5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8",
    "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19",
    "ab".repeat(32),
    "ab".repeat(64),
    `${"A".repeat(43)}=`,
    `${"A".repeat(86)}==`,
  ])("shows a stored hash: %s", (text) => {
    expect(holdsStoredHash(text)).toBe(true);
    expect(holdsPasswordMaterial(text)).toBe(true);
  });

  it.each(['{"password":"x"}', "pwd=abc", "{'salt': 'x'}", 'a "api_key" : 1', "client_secret: x"])(
    "shows a secret that it names: %s",
    (text) => {
      expect(holdsStoredHash(text)).toBe(false);
      expect(holdsPasswordMaterial(text)).toBe(true);
    },
  );

  it.each([
    "",
    "ada@example.com",
    "0f8fad5b-d9cb-469f-a165-70867728950e",
    "Ada Lovelace",
    "+44 20 7946 0000",
    "2026-11-24T10:00:00Z",
    "Salt Lake City",
    "costs $20",
  ])("shows nothing in %j", (text) => {
    expect(holdsPasswordMaterial(text)).toBe(false);
  });

  it("is found out in a time that grows with the text and no faster", () => {
    for (const part of ["hash", "{pbkdf2", "{sha-1", "AQAAAA ", "$argo", " ", "a", "{sha"]) {
      expect(holdsStoredHash(part.repeat(200_000))).toBe(false);
      holdsPasswordMaterial(part.repeat(200_000));
    }
  });
});
