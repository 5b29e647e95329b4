import { describe, expect, it } from "vitest";
import {
  besideOf,
  publishedFamilies,
  publishedHashes,
} from "../../../test/support/published-hashes.ts";
import { Secret } from "../../core/index.ts";
import { type Computation, readStoredHash } from "../formats/index.ts";
import { computeHash } from "./compute-hash.ts";

/** A few rounds and some megabytes: what takes longer shows nothing more. */
function isLight(computation: Computation): boolean {
  if (computation.kind === "pbkdf2") return computation.rounds <= 30_000;
  if (computation.kind === "bcrypt") return computation.cost <= 6;
  if (computation.kind === "argon2") return computation.memoryKib <= 4096;
  if (computation.kind === "scrypt") return computation.cost <= 4096;
  if (computation.kind === "phpass") return computation.logRounds <= 11;
  return true;
}

describe("a hash that is computed", () => {
  const published = publishedFamilies().flatMap((family) =>
    publishedHashes(family).flatMap((one) => {
      // Some are there to be read only; of some the publisher itself gives another password.
      if (typeof one.password !== "string" || "conflict" in one) return [];
      const reading = readStoredHash(one.hash, one.format, besideOf(one));
      if (reading.kind !== "stored") return [];
      const computation = reading.stored.computation.reveal();
      return isLight(computation) ? [{ computation, password: one.password }] : [];
    }),
  );

  it("is the one that others published for the password, and another for another password", async () => {
    const kinds = new Set<string>();
    for (const { computation, password } of published) {
      const computed = await computeHash(computation, new Secret(password));
      expect(computed.reveal()).toEqual(computation);
      if (kinds.has(computation.kind)) continue;
      kinds.add(computation.kind);
      const other = await computeHash(computation, new Secret(`${password}?`));
      expect(other.reveal()).not.toEqual(computation);
    }
    expect(kinds.size).toBe(9);
  }, 60_000);

  it("is a secret", async () => {
    const [first] = published;
    if (first === undefined) throw new Error("nothing is published");
    expect(JSON.stringify(await computeHash(first.computation, new Secret("x")))).toBe(
      '"[secret]"',
    );
  });
});
