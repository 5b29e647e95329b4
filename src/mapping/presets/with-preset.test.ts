import { describe, expect, it } from "vitest";

import type { SourceHead } from "../../core/index.ts";
import { builtInSchema } from "../../validation/index.ts";
import { parseMigrationConfig, planMapping, PRESETS, withPreset } from "../index.ts";
import type { MigrationConfig } from "../index.ts";

const SCHEMA = builtInSchema();

function headOf(columns: readonly string[]): SourceHead {
  return { description: "CSV", columns, samples: new Map() };
}

function configOf(text: string): MigrationConfig | undefined {
  const config = parseMigrationConfig(text, { fileName: "migration.yaml" });
  return withPreset(config, { name: undefined, hashes: undefined });
}

describe.each(PRESETS.map((preset) => [preset.name, preset] as const))(
  "the preset %s",
  (name, { needs, columns, notes, title }) => {
    const config = withPreset(undefined, { name, hashes: undefined });

    it("maps an export that has only what every export has", () => {
      const least = needs.map(([first = ""]) => first);
      if (name === "excel") least.push("login");
      const mapping = planMapping({
        head: headOf(least),
        config,
        schema: SCHEMA,
        needsSecrets: false,
      });
      expect(mapping.lines.some(({ attribute }) => attribute === "login")).toBe(true);
      for (const note of notes) expect(mapping.notes).toContain(note);
    });

    it("fills attributes that every org has, of columns that it names", () => {
      const known = [...needs.flat(), ...columns];
      if (name === "excel") known.push("login");
      const { lines } = planMapping({
        head: headOf(known),
        config,
        schema: SCHEMA,
        needsSecrets: false,
      });
      for (const { attribute } of lines) expect(SCHEMA.attributes.has(attribute)).toBe(true);
    });

    it("says in a line what it reads, and in sentences what it does", () => {
      expect(title.length).toBeLessThan(100);
      for (const note of notes) expect(note).toMatch(/\.$/);
    });
  },
);

describe("a preset below a config", () => {
  it("gives way to the operator's attributes, and leaves out what they omit", () => {
    const config = configOf(
      "source: {preset: clerk, path: u.csv}\nprofile:\n  login: username\n  mobilePhone: {omit: true}\n  city: {value: Berlin}\n",
    );
    const { lines } = planMapping({
      head: headOf(["primary_email_address", "password_digest", "username"]),
      config,
      schema: SCHEMA,
    });
    expect(Object.fromEntries(lines.map(({ attribute, from }) => [attribute, from]))).toEqual({
      login: "username",
      email: "primary_email_address",
      firstName: "first_name",
      lastName: "last_name",
      city: '"Berlin"',
    });
  });

  it("keeps its password column where the operator only adds to it", () => {
    const config = configOf(
      "source: {preset: devise, path: u.csv}\npassword: {pepper: {place: password-postfix}}\n",
    );
    expect(config?.password).toMatchObject({
      format: "bcrypt",
      hash: { column: "encrypted_password" },
      pepper: { place: "password-postfix" },
    });
    const own = configOf("source: {preset: devise, path: u.csv}\npassword: {hash: pw}\n");
    expect(own?.password).toMatchObject({ format: "auto", hash: { column: "pw" } });
  });

  it("reads by the operator's query or table in the place of its own", () => {
    const own = configOf("source: {preset: django, url: 'sqlite:db', table: people}");
    expect(own?.source?.database).toEqual({ table: "people" });
    const preset = configOf("source: {preset: django, url: 'sqlite:db'}");
    expect(preset?.source?.database?.query).toMatch(/FROM auth_user$/);
    expect(preset?.source?.location).toBe("sqlite:db");
  });

  it("takes a file of hashes only where the system has one", () => {
    const joined = withPreset(undefined, { name: "auth0", hashes: "hashes.ndjson" });
    expect(joined?.joins).toMatchObject([{ source: { location: "hashes.ndjson" }, as: "hashes" }]);
    expect(withPreset(undefined, { name: "auth0", hashes: undefined })?.joins).toEqual([]);
    expect(() => withPreset(undefined, { name: "clerk", hashes: "x" })).toThrow("is not for clerk");
    expect(() => withPreset(undefined, { name: undefined, hashes: "x" })).toThrow("needs a preset");
  });

  it("is refused by name where it is none, in the file with its line", () => {
    expect(() => configOf("source: {preset: auth1, path: u.csv}")).toThrow(
      /migration\.yaml:1 source\.preset.*Did you mean `auth0`\?/,
    );
  });
});
