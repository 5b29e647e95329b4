import { describe, expect, it } from "vitest";
import { foldLogin } from "../../core/index.ts";
import { readStoredHash } from "../../passwords/formats/index.ts";
import { inventCredentials, inventPool } from "../credentials/invent-credentials.ts";
import { SAMPLE_HASHES, settingsOf } from "../credentials/sample-hashes.ts";
import { type InventedUser, inventUsers } from "../people/invent-users.ts";
import { seedPseudoRandom } from "../pseudo-random.ts";
import { plantTroubles, type PlantedUser } from "./plant-troubles.ts";
import { respellLogin, spoilUser } from "./spoil-user.ts";
import { TROUBLE_KINDS, type TroubleShares } from "./trouble.ts";

const [first, ...rest] = await inventCredentials({ count: 3, seed: 7 });
if (first === undefined) throw new Error("no credential was invented");
const users: readonly InventedUser[] = [
  ...inventUsers({ count: 4000, seed: 7, credentials: [first, ...rest] }),
];
const plant = (shares: TroubleShares, seed = 7): readonly PlantedUser[] => [
  ...plantTroubles(users, { shares, seed }),
];
const EACH = Object.fromEntries(TROUBLE_KINDS.map((kind) => [kind, 0.05]));

describe("planted troubles", () => {
  it("have about the share that was asked for, and all others are as they were", () => {
    const planted = plant(EACH);
    for (const kind of TROUBLE_KINDS) {
      const count = planted.filter(({ trouble }) => trouble === kind).length;
      expect(count).toBeGreaterThan(140);
      expect(count).toBeLessThan(260);
    }
    for (const [index, { user, trouble }] of planted.entries()) {
      if (trouble === undefined) expect(user).toBe(users[index]);
      else expect(user).not.toBe(users[index]);
    }
  });

  it("are the same for the same seed, and others for another", () => {
    const kinds = (seed: number) => plant(EACH, seed).map(({ trouble }) => trouble);
    expect(kinds(7)).toEqual(kinds(7));
    expect(kinds(7)).not.toEqual(kinds(8));
  });

  it("of duplicates take the login of an earlier sound user in another spelling", () => {
    const seen = new Map<string, string>();
    let duplicates = 0;
    for (const { user, trouble } of plant(EACH)) {
      const folded = foldLogin(user.email);
      if (trouble === undefined) {
        expect(seen.has(folded)).toBe(false);
        seen.set(folded, user.email);
      } else if (trouble.startsWith("duplicate")) {
        duplicates += 1;
        expect(seen.get(folded)).toBeDefined();
        expect(seen.get(folded)).not.toBe(user.email);
      }
    }
    expect(duplicates).toBeGreaterThan(300);
  });

  it("of duplicates are none where no user is sound", () => {
    const planted = plant({ "duplicate-case": 1 });
    expect(planted[0]?.trouble).toBeUndefined();
    expect(planted.slice(1).every(({ trouble }) => trouble === "duplicate-case")).toBe(true);
  });

  it.each(["x@example.com", "BBB@example.com", "ä@example.com", "1@example.com"])(
    "respell %s whatever it is made of",
    (login) => {
      const random = seedPseudoRandom(1);
      const accented = respellLogin(login, "duplicate-accent", random);
      expect(accented).not.toBe(login);
      expect(foldLogin(accented)).toBe(foldLogin(login));
    },
  );

  it.each(SAMPLE_HASHES)("break hashes of %s so that nothing reads them", async (format) => {
    const [credential] = await inventPool(format, 1, { seed: 7 });
    const [user] = users;
    if (credential === undefined || user === undefined) throw new Error("none was made");
    const { hash, salt } = credential;
    const broken = spoilUser({ ...user, passwordHash: hash }, "broken-hash", seedPseudoRandom(1));
    const { format: asked = "auto", ...settings } = settingsOf(format);
    const beside = { ...settings, ...(salt === undefined ? {} : { salt: salt.reveal() }) };
    const named = asked === format ? format : "auto";
    expect(readStoredHash(broken.passwordHash.reveal(), named, beside)).toMatchObject({
      kind: "unusable",
      issue: { code: "PASSWORD_MALFORMED" },
    });
  });
});
