import type { Profile, ProfileValue, SourceRecord, SourceValue } from "../../core/index.ts";

/** What was seen of one column or attribute. */
export interface SeenField {
  /** Records that have a value. */
  readonly filled: number;
  /** Characters of the longest one; of a list, of its longest element. */
  readonly longest: number;
}

/** Looks at every record of a run: how full and how long its columns and attributes are. */
export class FieldSurvey {
  readonly #columns = new Map<string, { filled: number; longest: number }>();
  readonly #attributes = new Map<string, { filled: number; longest: number }>();
  #records = 0;
  #lastSeq = 0;

  /** How many records were looked at. */
  get records(): number {
    return this.#records;
  }

  /** Takes one record, and the profile that it was mapped to; one that comes again counts once. */
  note(record: SourceRecord, profile: Profile): void {
    if (record.seq <= this.#lastSeq) return;
    this.#lastSeq = record.seq;
    this.#records += 1;
    for (const [column, value] of record.fields) noteIn(this.#columns, column, value);
    for (const attribute in profile) noteIn(this.#attributes, attribute, profile[attribute]);
  }

  /** What was seen of a column of the source. */
  column(name: string): SeenField {
    return this.#columns.get(name) ?? NOTHING;
  }

  /** What was seen of an attribute. */
  attribute(name: string): SeenField {
    return this.#attributes.get(name) ?? NOTHING;
  }

  /** The columns that any record had, first seen first. */
  columns(): readonly string[] {
    return [...this.#columns.keys()];
  }
}

const NOTHING: SeenField = { filled: 0, longest: 0 };

function noteIn(
  seen: Map<string, { filled: number; longest: number }>,
  name: string,
  value: SourceValue | ProfileValue | undefined,
): void {
  let field = seen.get(name);
  if (field === undefined) seen.set(name, (field = { filled: 0, longest: 0 }));
  const length = lengthOf(value);
  if (length === 0) return;
  field.filled += 1;
  if (length > field.longest) field.longest = length;
}

/** 0 for no value: white space only is none. */
function lengthOf(value: SourceValue | ProfileValue | undefined): number {
  if (typeof value === "string") return /\S/.test(value) ? value.length : 0;
  if (value === null || value === undefined) return 0;
  if (Array.isArray(value)) {
    return value.reduce<number>((most, item: SourceValue) => Math.max(most, lengthOf(item)), 0);
  }
  return typeof value === "object" ? JSON.stringify(value).length : String(value).length;
}
