import { describe, expect, it } from "vitest";
import { Secret } from "../../core/index.ts";
import {
  type Beside,
  FORMATS,
  type FormatName,
  readStoredHash,
  type StoredHash,
} from "../../passwords/formats/index.ts";
import { computeHash } from "../../passwords/index.ts";
import { firebaseParams, inventFirebaseProject } from "./firebase-project.ts";
import { inventCredentials, inventPool } from "./invent-credentials.ts";
import { hasSaltColumn, SAMPLE_HASHES, settingsOf } from "./sample-hashes.ts";

/** What `password:` in `migration.yaml` would say of a format. */
function besideOf(format: FormatName, salt: Secret | undefined): Beside {
  const { format: _, params, ...settings } = settingsOf(format);
  return {
    ...settings,
    ...(salt === undefined ? {} : { salt: salt.reveal() }),
    ...(params === undefined ? {} : { params: firebaseParams(inventFirebaseProject(3)) }),
  };
}

async function opens(stored: StoredHash, password: Secret): Promise<boolean> {
  const computed = await computeHash(stored.computation.reveal(), password);
  return JSON.stringify(computed.reveal()) === JSON.stringify(stored.computation.reveal());
}

describe("invented credentials", () => {
  it("can be of every format that is known", () => {
    expect(SAMPLE_HASHES).toEqual(FORMATS.map(({ name }) => name));
  });

  it.each(SAMPLE_HASHES)(
    "of %s are read as that and opened by their password alone",
    async (format) => {
      const [credential, ...others] = await inventPool(format, 2, { seed: 3 });
      if (credential === undefined) throw new Error("none was made");
      expect(others).toHaveLength(1);
      const { hash, password, salt } = credential;
      expect(salt !== undefined).toBe(hasSaltColumn(format));
      const asked = settingsOf(format)["format"] === undefined ? "auto" : format;
      const reading = readStoredHash(hash.reveal(), asked, besideOf(format, salt));
      expect(reading).toMatchObject({ kind: "stored", stored: { format } });
      if (reading.kind !== "stored") return;
      expect(await opens(reading.stored, password)).toBe(true);
      expect(await opens(reading.stored, new Secret(`${password.reveal()}x`))).toBe(false);
    },
  );

  it("come in turn, and a format's are the same whatever the others are", async () => {
    const mixed = await inventCredentials({ count: 7, seed: 3, formats: ["ldap-ssha", "bcrypt"] });
    expect(mixed.map(({ format }) => format)).toEqual([
      "ldap-ssha",
      "bcrypt",
      "ldap-ssha",
      "bcrypt",
      "ldap-ssha",
      "bcrypt",
      "ldap-ssha",
    ]);
    const alone = await inventCredentials({ count: 4, seed: 3, formats: ["ldap-ssha"] });
    const hashes = mixed.filter(({ format }) => format === "ldap-ssha");
    expect(hashes.map(({ hash }) => hash.reveal())).toEqual(alone.map(({ hash }) => hash.reveal()));
  });

  it("are no more than a format's pool, however many users there are", async () => {
    const credentials = await inventCredentials({
      count: 1_000_000,
      seed: 3,
      formats: ["ldap-md5", "django-md5"],
    });
    expect(credentials).toHaveLength(256);
    expect(new Set(credentials.map(({ hash }) => hash.reveal())).size).toBe(256);
  });

  it("are the same for the same seed, hashes included, and print as secrets", async () => {
    const first = await inventCredentials({ count: 3, seed: 3 });
    const again = await inventCredentials({ count: 3, seed: 3 });
    expect(again.map(({ hash }) => hash.reveal())).toEqual(first.map(({ hash }) => hash.reveal()));
    expect(JSON.stringify(first)).not.toContain("$2b$");
  });
});
