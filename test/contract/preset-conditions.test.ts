import { describe, expect, it } from "vitest";
import type { SourceRecord, SourceValue } from "../../src/core/index.ts";
import { planMapping, PRESETS, type PresetName, withPreset } from "../../src/mapping/index.ts";
import { builtInSchema } from "../../src/validation/index.ts";

type Row = Readonly<Record<string, SourceValue>>;

/** What of a preset's conditions says of a record; undefined where the preset has no such condition. */
function judge(name: PresetName, which: "where" | "unblocked", row: Row): unknown {
  const config = withPreset(undefined, { name, hashes: undefined });
  const { needs, unblocked } = PRESETS.find((one) => one.name === name) ?? { needs: [] };
  const expression = which === "where" ? config?.where?.expression : unblocked;
  if (config === undefined || expression === undefined) return undefined;
  const columns = [...needs.map(([first = ""]) => first), "login", ...Object.keys(row)];
  const { accepts } = planMapping({
    head: { description: "CSV", columns, samples: new Map() },
    config: { ...config, where: { expression, line: undefined } },
    schema: builtInSchema(),
    needsSecrets: false,
  });
  const record: SourceRecord = { seq: 1, line: 2, fields: new Map(Object.entries(row)) };
  return accepts?.(record);
}

/** Presets with what their exports hold of somebody who was deleted there. */
const DELETED: readonly (readonly [PresetName, Row])[] = [
  ["supabase", { deleted_at: "2026-01-01 00:00:00+00" }],
  ["laravel", { deleted_at: "2026-01-01 00:00:00" }],
  ["devise", { deleted_at: "2026-01-01T00:00:00Z" }],
  ["wordpress", { deleted: 1 }],
  ["wordpress", { deleted: "1" }],
];

/** The same for somebody who is blocked, as JSON, a database or a table has it. */
const BLOCKED: readonly (readonly [PresetName, Row])[] = [
  ["auth0", { blocked: true }],
  ["firebase", { disabled: true }],
  ["cognito", { Enabled: false }],
  ["keycloak", { enabled: false }],
  ["entra", { accountEnabled: false }],
  ["entra-b2c", { accountEnabled: false }],
  ["fusionauth", { active: false }],
  ["ping", { enabled: false }],
  ["django", { is_active: "f" }],
  ["django", { is_active: "False" }],
  ["django", { is_active: 0 }],
  ["devise", { locked_at: "2026-01-01 00:00:00" }],
  ["wordpress", { spam: "1" }],
  ["drupal", { status: "0" }],
  ["drupal", { status: 0 }],
  ["spring-security", { enabled: false }],
  ["spring-security", { enabled: "0" }],
];

describe("the deleted of an export", () => {
  it.each(DELETED)("are left out: %s, %j", (name, row) => {
    expect(judge(name, "where", row)).toBe(false);
  });
});

describe("the blocked of an export", () => {
  it.each(BLOCKED)("are told by the condition that is offered: %s, %j", (name, row) => {
    expect(judge(name, "unblocked", row)).toBe(false);
    expect(judge(name, "where", row)).not.toBe(false);
  });
});

const OPPOSITES: Readonly<Record<string, string>> = { f: "t", False: "True", "0": "1", "1": "0" };

describe("everybody else", () => {
  const opposite = (value: SourceValue): SourceValue => {
    if (typeof value === "boolean") return !value;
    if (typeof value === "number") return 1 - value;
    return typeof value === "string" ? (OPPOSITES[value] ?? "") : "";
  };
  it.each([...DELETED, ...BLOCKED])("stays: %s without or with the opposite of %j", (name, row) => {
    const empty = Object.fromEntries(Object.keys(row).map((column) => [column, null]));
    const sound = Object.fromEntries(
      Object.entries(row).map(([column, value]) => [column, opposite(value)]),
    );
    for (const one of [{}, empty, sound]) {
      expect(judge(name, "where", one)).not.toBe(false);
      expect(judge(name, "unblocked", one)).not.toBe(false);
    }
  });

  it.each(["NULL", "null", String.raw`\N`])("stays where a table says %s for nothing", (text) => {
    expect(judge("laravel", "where", { deleted_at: text })).toBe(true);
  });
});

it("every condition of a preset is tried here", () => {
  const withWhere = PRESETS.filter(
    ({ name }) => withPreset(undefined, { name, hashes: undefined })?.where !== undefined,
  );
  const names = (table: typeof DELETED): Set<string> => new Set(table.map(([name]) => name));
  expect(names(DELETED)).toEqual(new Set(withWhere.map(({ name }) => name)));
  const blocked = PRESETS.filter(({ unblocked }) => unblocked !== undefined);
  expect(names(BLOCKED)).toEqual(new Set(blocked.map(({ name }) => name)));
});
