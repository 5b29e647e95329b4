import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { DigestHash } from "../../core/index.ts";
import { materialOf, type OktaReading, readStoredHash } from "./index.ts";

const PASSWORD = "Old-Passw0rd!";
const sha256 = (text: string | Uint8Array): Buffer => createHash("sha256").update(text).digest();

/** What a source holds of a salted SHA-256: salt, then password. */
function storedOf(salt: Uint8Array, algorithm = "SHA-256"): Record<string, string> {
  const digest = createHash(algorithm === "SHA-1" ? "sha1" : "sha256");
  const value = digest.update(salt).update(PASSWORD).digest("base64");
  return {
    algorithm,
    salt: Buffer.from(salt).toString("base64"),
    saltOrder: "PREFIX",
    value,
  };
}

function describedOf(
  stored: Record<string, string>,
  okta: OktaReading,
): { readonly hash?: DigestHash; readonly warnings?: readonly string[]; readonly code?: string } {
  const material = materialOf(readStoredHash(stored, "auto", { okta }));
  if (material.kind === "none") throw new Error("nothing was read");
  if (material.kind === "unusable") return { code: material.issue.code };
  const warnings = (material.warnings ?? []).map(({ code }) => code);
  return { hash: material.hash.reveal() as DigestHash, warnings };
}

describe("the salt of SHA-256", () => {
  const stored = storedOf(Buffer.from("s4lt & pepper"));

  it("is described as documented while nobody found out, with a warning", () => {
    expect(describedOf(stored, {})).toEqual({ hash: stored, warnings: ["SHA256_SALT_UNSETTLED"] });
  });

  it("is described as documented, and without a warning, where the org decodes it", () => {
    expect(describedOf(stored, { sha256Salt: "decoded" })).toEqual({ hash: stored, warnings: [] });
  });

  it("is described as its text where the org takes it literally: the digest comes out", () => {
    const printable = fc.string({ unit: fc.constantFrom(...'aZ09./+= ~!"\\'), minLength: 1 });
    fc.assert(
      fc.property(printable, (salt) => {
        const { hash, warnings } = describedOf(storedOf(Buffer.from(salt)), {
          sha256Salt: "literal",
        });
        expect(warnings).toEqual([]);
        expect(sha256(`${hash?.salt ?? ""}${PASSWORD}`).toString("base64")).toBe(hash?.value);
      }),
    );
  });

  it.each([
    ["a NUL", [0x61, 0x00]],
    ["a line feed", [0x61, 0x0a]],
    ["a byte beyond ASCII", [0x61, 0x7f]],
    ["no UTF-8", [0xff, 0xfe]],
    ["letters with accents", [...Buffer.from("ä")]],
  ])("can't be described as text when it holds %s", (_what, bytes) => {
    const stored256 = storedOf(Uint8Array.from(bytes));
    expect(describedOf(stored256, { sha256Salt: "literal" }).code).toBe("PASSWORD_UNSUPPORTED");
  });

  it("of any length is read without an exception", () => {
    const long = storedOf(new Uint8Array(500_000).fill(0x61));
    expect(describedOf(long, { sha256Salt: "literal" }).hash?.salt).toHaveLength(500_000);
  });

  it("is no question for other digests, nor without a salt", () => {
    const sha1 = storedOf(Buffer.from("salt"), "SHA-1");
    expect(describedOf(sha1, { sha256Salt: "literal" })).toEqual({ hash: sha1, warnings: [] });
    const unsalted = { algorithm: "SHA-256", value: sha256(PASSWORD).toString("base64") };
    expect(describedOf(unsalted, {})).toEqual({ hash: unsalted, warnings: [] });
  });
});
