import { describe, expect, it } from "vitest";
import { draftOf, rows } from "../../../test/support/drafted-tables.ts";
import { builtInSchema } from "../../validation/index.ts";
import { parseMigrationConfig } from "../config/parse-migration-config.ts";
import { planMapping } from "../plan-mapping.ts";
import { withPreset } from "../presets/with-preset.ts";
import type { DraftedMapping } from "./drafted-mapping.ts";

const BCRYPT = "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";
const TABLE = rows(30, (n) => ({
  id: n,
  email: `p${n}@example.com`,
  encrypted_password: BCRYPT,
  phone: `030 12345${10 + n}`,
  city: "Berlin",
  customer_number: `K-${n}`,
}));

/** Attributes that a draft maps, by our own reading of it. */
function attributesOf({ text }: DraftedMapping): readonly string[] {
  const own = parseMigrationConfig(text, { fileName: "migration.yaml" });
  const config = withPreset(own, { name: undefined, hashes: undefined });
  const columns = Object.keys(TABLE[0] ?? {});
  const head = { description: "CSV", columns, samples: new Map() };
  return planMapping({ head, config, schema: builtInSchema() }).lines.map(
    ({ attribute }) => attribute,
  );
}

describe("the draft for an export that a preset knows", () => {
  const draft = draftOf(TABLE, { preset: "devise" });

  it("names the preset, and tells what it gives without saying it again", () => {
    expect(draft.text).toContain("\nsource:\n  preset: devise\n  path: users.csv\n\n");
    expect(draft.text).toContain("  #   login: email\n");
    expect(draft.text).not.toMatch(/^ {2}login:/m);
    expect(draft.password).toMatchObject({ byPreset: true, column: "encrypted_password" });
    expect(draft.text).toContain("# password:\n  # certain: by the preset devise");
    expect(draft.scenario).toBe("passwords");
  });

  it("adds what the preset leaves alone, and rules for the values of both", () => {
    expect(attributesOf(draft)).toEqual([
      "login",
      "email",
      "firstName",
      "lastName",
      "displayName",
      "mobilePhone",
      "city",
    ]);
    expect(draft.text).toContain("\nprofile:\n");
    expect(draft.proposed.map(({ column }) => column)).toEqual(["id", "customer_number"]);
    const answered = draftOf(TABLE, { preset: "devise", answers: { phoneCountry: "DE" } });
    expect(answered.text).toContain("\nclean:\n");
    expect(answered.text).toContain("\n  mobilePhone: {phone: DE}\n");
    expect(attributesOf(answered)).toContain("mobilePhone");
  });

  it("asks about the blocked only where the export says who they are", () => {
    expect(draft.questions.map(({ kind }) => kind)).not.toContain("where");
    expect(draft.text).not.toContain("locked_at");
    const table = TABLE.map((row) => ({ ...row, locked_at: "" }));
    const { questions, text } = draftOf(table, { preset: "devise" });
    expect(questions).toContainEqual(expect.objectContaining({ kind: "where", column: "devise" }));
    expect(text).toMatch(/^# where: .*locked_at/m);
  });

  it("says which # to take away where no line of its own is in force", () => {
    const table = rows(3, (n) => ({
      email: `p${n}@example.com`,
      encrypted_password: BCRYPT,
      number: n,
    }));
    const { text } = draftOf(table, { preset: "devise" });
    expect(text).toContain("\n# profile:\n");
    expect(text.replaceAll(/\s+#\s+/g, " ")).toContain("away, and that of `profile:`");
  });

  it("waits for the parameters of hashes that can't be read without them", () => {
    const users = rows(3, (n) => ({
      localId: `u${n}`,
      email: `p${n}@example.com`,
      passwordHash: "bG9uZyBlbm91Z2ggdG8gYmUgYSBoYXNo",
      salt: "c2FsdA==",
    }));
    const { passwordWarnings } = draftOf(users, { preset: "firebase" });
    expect(passwordWarnings).toHaveLength(1);
    expect(passwordWarnings[0]).toContain("OKTA_MIGRATE_HASH_PARAMS_FILE");
  });
});
