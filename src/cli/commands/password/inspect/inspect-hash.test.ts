import { describe, expect, it } from "vitest";
import { Secret } from "../../../../core/index.ts";
import type { FormatName, StoredHash } from "../../../../passwords/formats/index.ts";
import type { GivenHash } from "../given-hash.ts";
import type { PasswordVerifier } from "../../../../passwords/index.ts";
import { inspectHash } from "./inspect-hash.ts";
import { inspectionOf, inspectionOfTrial } from "./inspection.ts";

const SALT = "CANARYsaltCANARYsalt";
const VALUE = "CANARYvalueCANARYval";

/** A reading of a digest with a salt. */
function reading(format: FormatName, salted: "prefix" | "postfix", carried = true): StoredHash {
  return {
    format,
    label: format,
    presumes: { saltOrder: salted, saltEncoding: "hex" },
    computation: new Secret({
      kind: "digest",
      preparation: [],
      digest: "sha512",
      salted,
      salt: Buffer.from(SALT),
      rounds: 1,
      again: "digest",
      value: Buffer.from(VALUE),
    }),
    okta: carried
      ? {
          kind: "hash",
          warnings: [],
          hash: new Secret({
            algorithm: "SHA-512",
            salt: SALT,
            saltOrder: salted === "prefix" ? "PREFIX" : "POSTFIX",
            value: VALUE,
          }),
        }
      : { kind: "hook", because: "it has no such thing" },
  };
}

const issue = { code: "PASSWORD_AMBIGUOUS", reason: "It is open.", hint: "Say it." } as const;

describe("a hash that can be several things", () => {
  it("is told with what all of them have in common", () => {
    const candidates = [reading("okta", "prefix"), reading("bcrypt", "prefix")];
    expect(inspectionOf({ kind: "ambiguous", candidates, issue })).toEqual({
      format: "okta|bcrypt",
      carries: "hash",
      okta: { algorithm: "SHA-512", saltOrder: "PREFIX" },
      saltOrder: "PREFIX",
      issues: [issue],
      candidates: [
        {
          format: "okta",
          carries: "hash",
          settings: { saltOrder: "prefix", saltEncoding: "hex" },
        },
        {
          format: "bcrypt",
          carries: "hash",
          settings: { saltOrder: "prefix", saltEncoding: "hex" },
        },
      ],
    });
  });

  it("is carried by nothing where they go different ways", () => {
    const candidates = [reading("okta", "prefix"), reading("okta", "postfix", false)];
    const told = inspectionOf({ kind: "ambiguous", candidates, issue });
    expect(told).toMatchObject({ format: "okta", carries: "none", issues: [issue] });
    expect(told).not.toHaveProperty("okta");
    expect(told).not.toHaveProperty("saltOrder");
  });
});

describe("a hash that a password singled out", () => {
  it("is told with the settings that it takes", () => {
    const stored = reading("okta", "postfix");
    expect(inspectionOfTrial({ stored, settings: stored.presumes })).toEqual({
      format: "okta",
      label: "okta",
      carries: "hash",
      okta: { algorithm: "SHA-512", saltOrder: "POSTFIX" },
      issues: [],
      saltOrder: "POSTFIX",
      settings: { saltOrder: "postfix", saltEncoding: "hex" },
      verified: true,
    });
  });

  it("goes by the hook with the reason why, and no part of it is told", () => {
    const told = inspectionOf({ kind: "stored", stored: reading("okta", "prefix", false) });
    expect(told).toMatchObject({ carries: "hook", issues: [{ code: "PASSWORD_UNSUPPORTED" }] });
    expect(told.issues[0]?.reason).toContain("it has no such thing");
    const all = [told, inspectionOf({ kind: "stored", stored: reading("okta", "prefix") })];
    expect(JSON.stringify(all)).not.toMatch(/CANARY|Q0FOQVJZ|43414e415259/i);
  });
});

describe("a password", () => {
  const given = (): GivenHash => ({
    line: 1,
    hash: "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
    beside: {},
    password: Buffer.from("U*U"),
  });
  const answering = (
    verdict: Awaited<ReturnType<PasswordVerifier["verify"]>>,
  ): PasswordVerifier => ({
    verify: ({ password }) => {
      password.fill(0);
      return Promise.resolve(verdict);
    },
    load: { running: 0, waiting: 0 },
    close: () => Promise.resolve(),
  });

  it.each(["unable", "full", "late"] as const)(
    "of which nothing could be computed (%s) has no verdict, and an issue says so",
    async (verdict) => {
      const told = await inspectHash(given(), { verifier: answering(verdict), secrets: {} });
      expect(told).toMatchObject({ format: "bcrypt", issues: [{ code: "PASSWORD_UNCHECKED" }] });
      expect(told).not.toHaveProperty("verified");
    },
  );

  it("is zeros afterwards", async () => {
    for (const verdict of ["right", "wrong", "unable"] as const) {
      const one = given();
      await inspectHash(one, { verifier: answering(verdict), secrets: {} });
      expect([...(one.password ?? [])]).toEqual([0, 0, 0]);
    }
  });

  it("is not tried where a hash can be read in no way", async () => {
    const told = await inspectHash(
      { ...given(), hash: "$2a$05$short" },
      { verifier: answering("right"), secrets: {} },
    );
    expect(told).toMatchObject({ carries: "none", issues: [{ code: "PASSWORD_MALFORMED" }] });
    expect(told).not.toHaveProperty("verified");
  });
});
