import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pepperAt } from "../../../test/support/published-hashes.ts";
import { referenceValue } from "../../../test/support/reference-computation.ts";
import type { HashFormat } from "./format-table.ts";
import { materialOf, readStoredHash } from "./read-stored-hash.ts";
import type { Beside } from "./stored-format.ts";
import type { StoredHash } from "./stored-hash.ts";

const PASSWORD = "crème brûlée 🍮";
const DIGESTS = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"] as const;

function hashOf(digest: string, ...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash(digest);
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function readingsOf(hash: string, format: HashFormat, beside: Beside = {}): readonly StoredHash[] {
  const reading = readStoredHash(hash, format, beside);
  return reading.kind === "stored"
    ? [reading.stored]
    : reading.kind === "ambiguous"
      ? reading.candidates
      : [];
}

function holds({ computation }: StoredHash, value: Buffer): boolean {
  return referenceValue(computation.reveal(), PASSWORD)?.equals(value) === true;
}

describe("a bare digest", () => {
  it.each(DIGESTS)("of %s is read in every way it is written", (digest) => {
    const value = hashOf(digest, PASSWORD);
    const hex = value.toString("hex");
    const base64 = value.toString("base64");
    const texts = [hex, hex.toUpperCase(), `0x${hex}`, base64, base64.replace(/=+$/, "")];
    for (const text of [...texts, value.toString("base64url")]) {
      const [only, ...others] = readingsOf(text, digest);
      expect(others).toEqual([]);
      expect(only?.presumes).toEqual({});
      expect(only !== undefined && holds(only, value)).toBe(true);
    }
  });

  it.each(DIGESTS)(
    "of %s that was cut, or is written otherwise than said, is malformed",
    (digest) => {
      const value = hashOf(digest, PASSWORD);
      const codeOf = (text: string, beside: Beside = {}): unknown => {
        const material = materialOf(readStoredHash(text, digest, beside));
        return material.kind === "unusable" ? material.issue.code : material.kind;
      };
      const hex = value.toString("hex");
      expect(codeOf(hex.slice(0, -1))).toBe("PASSWORD_MALFORMED");
      expect(codeOf(hex.slice(0, -2))).toBe("PASSWORD_MALFORMED");
      expect(codeOf(`${hex}00`)).toBe("PASSWORD_MALFORMED");
      expect(codeOf(value.toString("base64").slice(0, -4))).toBe("PASSWORD_MALFORMED");
      expect(codeOf(hex, { encoding: "base64" })).toBe("PASSWORD_MALFORMED");
      expect(codeOf(value.toString("base64"), { encoding: "hex" })).toBe("PASSWORD_MALFORMED");
      expect(codeOf(hex, { rounds: 0 })).toBe("PASSWORD_MALFORMED");
      expect(codeOf(hex, { rounds: "many" })).toBe("PASSWORD_MALFORMED");
      expect(codeOf(hex, { salt: "zz", saltEncoding: "hex" })).toBe("PASSWORD_MALFORMED");
      expect(codeOf(hex, { salt: ["x"] })).toBe("PASSWORD_MALFORMED");
    },
  );

  it("of 32 hexadecimal digits can be MD5 or NTLM, and nothing is chosen", () => {
    const reading = readStoredHash(hashOf("md5", PASSWORD).toString("hex"), "auto");
    if (reading.kind !== "ambiguous") throw new Error(reading.kind);
    expect(reading.candidates.map(({ format }) => format)).toEqual(["md5", "ntlm"]);
    expect(reading.issue).toEqual({
      code: "PASSWORD_AMBIGUOUS",
      reason:
        "The password hash can be read in several ways: nothing says whether it is md5 or ntlm.",
      hint: "Write in migration.yaml, under password: `format: md5 | ntlm` (one of each); okta-migrate password detect finds it out with one known password.",
    });
    expect(materialOf(reading)).toMatchObject({ kind: "unusable", mustMend: true });
  });

  it("with a salt is no NTLM, which has none", () => {
    const hash = hashOf("md5", "ab", PASSWORD).toString("hex");
    const beside = { salt: "xyz", saltOrder: "prefix" } as const;
    expect(readingsOf(hash, "auto", beside).map(({ format }) => format)).toEqual(["md5"]);
  });

  it("whose salt's place and encoding are open has a reading for each, and one of them holds", () => {
    const salts = fc.constantFrom<[Beside["saltEncoding"], (bytes: Buffer) => string]>(
      ["hex", (bytes) => bytes.toString("hex")],
      ["base64", (bytes) => bytes.toString("base64")],
      ["base64url", (bytes) => `${bytes.toString("base64url")}`],
    );
    const order = fc.constantFrom("prefix" as const, "postfix" as const);
    fc.assert(
      fc.property(
        salts,
        order,
        fc.uint8Array({ minLength: 3, maxLength: 24 }),
        (how, place, raw) => {
          const salt = Buffer.from(raw);
          const value = hashOf(
            "sha256",
            ...(place === "prefix" ? [salt, PASSWORD] : [PASSWORD, salt]),
          );
          const readings = readingsOf(value.toString("hex"), "auto", { salt: how[1](salt) });
          const right = readings.filter((one) => holds(one, value));
          expect(right).toHaveLength(1);
          expect(right[0]?.presumes.saltOrder).toBe(place);
          expect(readings.length).toBeGreaterThanOrEqual(4);
        },
      ),
    );
  });

  it("tells in one line each what must be said of its salt", () => {
    const reading = readStoredHash("ab".repeat(20), "auto", { salt: "c0ffee" });
    expect(reading.kind === "ambiguous" && reading.issue).toMatchObject({
      reason:
        "The password hash can be read in several ways: nothing says whether its salt goes before or behind the password and whether its salt is written as text or hex.",
    });
    expect(JSON.stringify(reading)).not.toMatch(/c0ffee|abab/);
  });

  it("whose salt can only be text is open in its order alone", () => {
    const readings = readingsOf("ab".repeat(20), "auto", { salt: "ä?" });
    expect(readings.map(({ presumes }) => presumes)).toEqual([
      { saltOrder: "prefix" },
      { saltOrder: "postfix" },
    ]);
  });

  it("with several rounds, or of UTF-16, is for the hook", () => {
    const hash = hashOf("sha1", PASSWORD).toString("hex");
    for (const beside of [{ rounds: 1000 }, { passwordEncoding: "utf16le" }] as const) {
      expect(readingsOf(hash, "auto", beside)[0]?.okta.kind).toBe("hook");
    }
    expect(readingsOf(hash, "auto", { rounds: "1000" })[0]?.label).toBe("sha1 1000");
    expect(readingsOf(hash, "auto", { rounds: 1 })[0]?.okta.kind).toBe("hash");
  });

  it("whose salt is a pepper alone has it for a salt", () => {
    const value = hashOf("sha256", PASSWORD, "pepper");
    const pepper = pepperAt("salt-prefix", Buffer.from("pepper"));
    const beside = { pepper, saltOrder: "postfix" } as const;
    const [only] = readingsOf(value.toString("hex"), "auto", beside);
    expect(only !== undefined && holds(only, value)).toBe(true);
  });
});

describe("a digest that `auto` can't find", () => {
  const nested = hashOf("md5", hashOf("md5", PASSWORD).toString("hex"), "salz");

  it("is read when it is named", () => {
    const beside = { salt: "salz", saltOrder: "postfix", saltEncoding: "text" } as const;
    const [only] = readingsOf(nested.toString("hex"), "md5-of-md5", beside);
    expect(only !== undefined && holds(only, nested)).toBe(true);
    expect(only?.okta.kind).toBe("hook");
  });

  it("has its pepper beside the password, or beside the salt", () => {
    const inside = hashOf("sha1", hashOf("md5", PASSWORD, "pfeffer").toString("hex"));
    const outside = hashOf("sha1", "pfeffer", "salz", hashOf("md5", PASSWORD).toString("hex"));
    const bytes = Buffer.from("pfeffer");
    const [first] = readingsOf(inside.toString("hex"), "sha1-of-md5", {
      pepper: pepperAt("password-postfix", bytes),
    });
    const [second] = readingsOf(outside.toString("hex"), "sha1-of-md5", {
      pepper: pepperAt("salt-prefix", bytes),
      salt: "salz",
      saltOrder: "prefix",
      saltEncoding: "text",
    });
    expect(first !== undefined && holds(first, inside)).toBe(true);
    expect(second !== undefined && holds(second, outside)).toBe(true);
  });

  it("is an HMAC without a key", () => {
    const reading = readStoredHash("ab".repeat(32), "hmac-sha256");
    expect(reading).toMatchObject({ kind: "unusable", issue: { code: "PASSWORD_MALFORMED" } });
  });

  it("is an HMAC whose key is the salt, the password, or the pepper", () => {
    const beside = { salt: "abc!", pepper: pepperAt("password-prefix", Buffer.from("k")) } as const;
    const keyed = readingsOf("ab".repeat(32), "hmac-sha256", { salt: "abc!" });
    expect(keyed.map(({ computation }) => computation.reveal())).toMatchObject([
      { keyed: "salt", salt: new Uint8Array([97, 98, 99, 33]) },
      { keyed: "password" },
    ]);
    const peppered = readingsOf("ab".repeat(32), "hmac-sha256", beside);
    expect(peppered.map(({ computation }) => computation.reveal())).toMatchObject([
      { keyed: "salt", preparation: [{ step: "prepend" }] },
      { keyed: "salt", preparation: [{ step: "append" }] },
    ]);
  });

  it("is PBKDF2 in columns, which needs its salt and its rounds", () => {
    const key = "ab".repeat(32);
    const codeOf = (beside: Beside) => readStoredHash(key, "bare-pbkdf2-sha256", beside).kind;
    expect(codeOf({ salt: "é", rounds: "4096" })).toBe("stored");
    expect(codeOf({ salt: "é" })).toBe("unusable");
    expect(codeOf({ rounds: 4096 })).toBe("unusable");
  });
});
