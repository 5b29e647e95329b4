import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Secret } from "../../../../core/index.ts";
import type { Reading } from "../../../../passwords/formats/index.ts";
import { asOktaReads } from "./as-okta-reads.ts";

/** From Okta's reference of the Users API: it holds only with the salt's text as it stands. */
const LITERAL = {
  algorithm: "SHA-256",
  salt: "MPu13OmY",
  saltOrder: "PREFIX",
  value: "Gjxo7mxvvzQWa83ovhYRUH2dWUhC1N77Ntc56UfI4sY=",
} as const;

/** From Okta's blog: it holds with the salt decoded. */
const DECODED = {
  algorithm: "SHA-256",
  salt: "R0lGODlhAQABAAAAADs=",
  saltOrder: "POSTFIX",
  value: "6ONMDzdYZltRuM8j0EaG0eUgY0ooPj/m09MqlnGJ3AQ=",
} as const;

/** Whether a password is the one behind a reading, computed with nothing of ours. */
function holds(reading: Reading, password: string): boolean {
  if (reading.kind !== "stored") throw new Error("no reading");
  const computation = reading.stored.computation.reveal();
  if (computation.kind !== "digest") throw new Error("no digest");
  const { salted, salt, value } = computation;
  const text = Buffer.from(password);
  const input = salted === "prefix" ? [salt, text] : [text, salt];
  return createHash("sha256").update(Buffer.concat(input)).digest().equals(Buffer.from(value));
}

describe("what Okta computes from the hash that it is sent", () => {
  it("takes a salt of SHA-256 from base64, as documented", () => {
    for (const sha256Salt of [undefined, "decoded"] as const) {
      expect(holds(asOktaReads(new Secret(DECODED), sha256Salt), "test password")).toBe(true);
      expect(holds(asOktaReads(new Secret(LITERAL), sha256Salt), "test")).toBe(false);
    }
  });

  it("takes it as text, where the org was seen to do so", () => {
    expect(holds(asOktaReads(new Secret(LITERAL), "literal"), "test")).toBe(true);
    expect(holds(asOktaReads(new Secret(DECODED), "literal"), "test password")).toBe(false);
  });
});
