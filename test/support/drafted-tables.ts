import type {
  DirectorySchema,
  SourceHead,
  SourceRecord,
  SourceValue,
} from "../../src/core/index.ts";
import {
  type DraftedMapping,
  type DraftingAnswers,
  draftMapping,
  type SourceFacts,
  type PresetName,
  SourceLook,
  withPreset,
} from "../../src/mapping/index.ts";
import { builtInSchema } from "../../src/validation/index.ts";

/** Records as objects, in order. */
export type Table = readonly Readonly<Record<string, SourceValue>>[];

/** What a draft is made with, besides the records. */
export interface DraftSetting {
  readonly head?: SourceHead;
  readonly schema?: DirectorySchema;
  readonly answers?: DraftingAnswers;
  /** @default users.csv */
  readonly location?: string;
  /** The preset that the source is drafted with. */
  readonly preset?: PresetName;
}

function recordsOf(table: Table): SourceRecord[] {
  return table.map((row, at) => ({
    seq: at + 1,
    line: at + 2,
    fields: new Map(Object.entries(row)),
  }));
}

/** The head of a source of these records, of which the first `sampled` are looked at. */
export function headOf(table: Table, sampled = 100): SourceHead {
  const samples = new Map<string, SourceValue[]>();
  for (const { fields } of recordsOf(table).slice(0, sampled)) {
    for (const [column, value] of fields) {
      const values = samples.get(column) ?? [];
      if (value !== "" && value !== null && values.length < 20) values.push(value);
      samples.set(column, values);
    }
  }
  return { description: "CSV", columns: [...samples.keys()], samples };
}

/** What is seen of these records. */
export function lookedAt(table: Table): SourceFacts {
  const look = new SourceLook([]);
  for (const record of recordsOf(table)) look.add(record);
  return look.facts(false);
}

/** The draft for a source of these records. */
export function draftOf(table: Table, setting: DraftSetting = {}): DraftedMapping {
  return draftMapping({
    source: { location: setting.location ?? "users.csv" },
    preset:
      setting.preset === undefined
        ? undefined
        : withPreset(undefined, { name: setting.preset, hashes: undefined }),
    head: setting.head ?? headOf(table),
    facts: lookedAt(table),
    schema: setting.schema ?? builtInSchema(),
    answers: setting.answers ?? {},
    month: "2026-11",
  });
}

/** As many records as wanted, each made from its number. */
export function rows(
  count: number,
  make: (number: number) => Readonly<Record<string, SourceValue>>,
): Table {
  return Array.from({ length: count }, (_, at) => make(at + 1));
}
