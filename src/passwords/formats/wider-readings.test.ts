import { createHash, createHmac, pbkdf2Sync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { besideOf, pepperAt, publishedHashes } from "../../../test/support/published-hashes.ts";
import { referenceValue, storedValue } from "../../../test/support/reference-computation.ts";
import { readStoredHash } from "./read-stored-hash.ts";
import type { Beside } from "./stored-format.ts";
import type { StoredHash } from "./stored-hash.ts";
import { widerReadings } from "./wider-readings.ts";

const PASSWORD = "crème brûlée";
const PUBLISHED = ["digests", "ldap", "frameworks", "databases"]
  .flatMap(publishedHashes)
  .filter(({ format }) => format !== "ntlm" && format !== "ldap-crypt")
  .map((published, index) => ({ name: `${published.format} ${index + 1}`, published }));

function md5(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("md5");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

function holds({ computation }: StoredHash, password: string): boolean {
  const one = computation.reveal();
  if (one.kind === "digest" && one.digest === "md4") return false;
  return referenceValue(one, password)?.equals(storedValue(one) ?? Buffer.of(1)) === true;
}

/** The reading that a known password singles out. */
function detected(hash: string, beside: Beside): StoredHash | undefined {
  return widerReadings(hash, beside).find((one) => holds(one, PASSWORD));
}

/** What `migration.yaml` would then say, read again. */
function asConfigured(hash: string, beside: Beside, { format, presumes }: StoredHash): StoredHash {
  const { pepperPlace, ...settings } = presumes;
  const { pepper } = beside;
  const peppered =
    pepper === undefined ? {} : { pepper: { ...pepper, place: pepperPlace ?? pepper.place } };
  const reading = readStoredHash(hash, format, { ...beside, ...peppered, ...settings });
  if (reading.kind !== "stored") throw new Error(`${format} is ${reading.kind}`);
  return reading.stored;
}

describe("the wider readings of a hash", () => {
  it.each(PUBLISHED)("hold the published one, known by its password: $name", ({ published }) => {
    const { salt, rounds } = besideOf(published);
    const beside = {
      ...(salt === undefined ? {} : { salt }),
      ...(rounds === undefined || published.format.startsWith("bare") ? {} : { rounds }),
    };
    const known =
      published.format === "bare-pbkdf2-sha256" ? { ...beside, rounds: 80_000 } : beside;
    const own = widerReadings(published.hash, known).filter(
      ({ format, presumes }) =>
        format === published.format && (presumes.rounds ?? rounds) === rounds,
    );
    expect(own.filter((one) => holds(one, published.password))).toHaveLength(1);
  });

  const salt = "a1b2c3d4e5f6a7b8";
  const raw = Buffer.from(salt, "hex");
  const utf16 = Buffer.from(PASSWORD, "utf16le");
  const tenTimes = (text: string): string => {
    let value = createHash("md5").update(text).digest();
    for (let round = 1; round < 10; round += 1) value = createHash("md5").update(value).digest();
    return value.toString("hex");
  };

  it.each<[string, string, Beside, Partial<StoredHash>]>([
    [
      "salt as text, before",
      md5(salt, PASSWORD),
      { salt },
      { format: "md5", presumes: { saltOrder: "prefix", saltEncoding: "text" } },
    ],
    [
      "salt from hexadecimal, behind",
      md5(PASSWORD, raw),
      { salt },
      { format: "md5", presumes: { saltOrder: "postfix", saltEncoding: "hex" } },
    ],
    [
      "UTF-16",
      md5(raw, utf16),
      { salt },
      { presumes: { saltOrder: "prefix", saltEncoding: "hex", passwordEncoding: "utf16le" } },
    ],
    ["ten rounds", tenTimes(PASSWORD), {}, { format: "md5", presumes: { rounds: 10 } }],
    [
      "MD5 of MD5 and a salt",
      md5(md5(PASSWORD), salt),
      { salt },
      { format: "md5-of-md5", presumes: { saltOrder: "postfix", saltEncoding: "text" } },
    ],
    [
      "an HMAC keyed by the salt",
      createHmac("sha256", raw).update(PASSWORD).digest("base64"),
      { salt },
      { format: "hmac-sha256", presumes: { saltOrder: "prefix", saltEncoding: "hex" } },
    ],
    [
      "an HMAC keyed by the password",
      createHmac("sha1", PASSWORD).update(salt).digest("hex"),
      { salt },
      { format: "hmac-sha1", presumes: { saltOrder: "postfix", saltEncoding: "text" } },
    ],
    [
      "PBKDF2 without a mark",
      pbkdf2Sync(PASSWORD, raw, 1000, 32, "sha512").toString("base64"),
      { salt },
      { format: "bare-pbkdf2-sha512", presumes: { saltEncoding: "hex", rounds: 1000 } },
    ],
  ])("find the lines of migration.yaml: %s", (_what, hash, beside, expected) => {
    const found = detected(hash, beside);
    expect(found).toMatchObject(expected);
    if (found === undefined) return;
    expect(holds(asConfigured(hash, beside, found), PASSWORD)).toBe(true);
  });

  it("find the place of a pepper", () => {
    const hash = md5(PASSWORD, "salz", "pfeffer");
    const beside = {
      salt: "salz",
      pepper: pepperAt("password-postfix", Buffer.from("pfeffer")),
    };
    const found = detected(hash, beside);
    expect(found?.presumes).toEqual({
      pepperPlace: "salt-postfix",
      saltOrder: "postfix",
      saltEncoding: "text",
    });
    if (found !== undefined) expect(holds(asConfigured(hash, beside, found), PASSWORD)).toBe(true);
  });

  it("begin with the likely ones, are bounded, and are never the same twice", () => {
    const beside = { salt: "c0ffee00", pepper: pepperAt("password-prefix", Buffer.from("p")) };
    const readings = widerReadings("ab".repeat(16), beside);
    expect(readings[0]?.format).toBe("md5");
    expect(readings.length).toBeGreaterThan(100);
    expect(readings.length).toBeLessThanOrEqual(600);
    expect(widerReadings("ab".repeat(16), {}).map(({ format }) => format)).toContain("ntlm");
    expect(JSON.stringify(readings)).not.toMatch(/c0ffee|abab/);
  });

  it("of a marked hash are those of its mark", () => {
    const readings = widerReadings("{SSHA}0c0blFTXXNuAMHECS4uxrj3ZieMoWImr", { salt: "x" });
    expect(new Set(readings.map(({ format }) => format))).toEqual(new Set(["ldap-ssha"]));
    expect(widerReadings(undefined, {})).toEqual([]);
    expect(widerReadings("Sommer2024!", {})).toEqual([]);
  });

  it("of a marked hash whose shape two systems share are those of both", () => {
    const hash = `sha1$abcdefgh$${createHmac("sha1", "abcdefgh").update(PASSWORD).digest("hex")}`;
    expect(detected(hash, {})?.format).toBe("werkzeug-hmac");
  });
});
