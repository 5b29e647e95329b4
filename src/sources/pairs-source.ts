import {
  isUnreadable,
  type SourceEntry,
  type SourceHead,
  type SourcePosition,
  type SourceValue,
  type UserSource,
} from "../core/index.ts";

/**
 * A source whose records hold some of their columns as a list of pairs, such as Cognito's
 * `Attributes`: each pair of Name and Value becomes a column, unless the record has one of that name.
 */
export class PairsSource implements UserSource {
  readonly name: string;
  readonly location: string;
  readonly replayable: boolean;
  readonly #source: UserSource;
  readonly #column: string;

  constructor(source: UserSource, column: string) {
    this.name = source.name;
    this.location = source.location;
    this.replayable = source.replayable;
    this.#source = source;
    this.#column = column;
  }

  async head(): Promise<SourceHead> {
    const { description, columns, samples, notes } = await this.#source.head();
    const unfolded = new Map<string, readonly SourceValue[]>();
    for (const column of columns) {
      if (column !== this.#column) unfolded.set(column, samples.get(column) ?? []);
    }
    for (const list of samples.get(this.#column) ?? []) {
      for (const [name, value] of pairsOf(list)) {
        if (!columns.includes(name)) unfolded.set(name, [...(unfolded.get(name) ?? []), value]);
      }
    }
    return {
      description,
      columns: [...unfolded.keys()],
      samples: unfolded,
      ...(notes === undefined ? {} : { notes }),
    };
  }

  async fingerprint(): Promise<string | undefined> {
    return await this.#source.fingerprint();
  }

  async *read(from?: SourcePosition): AsyncGenerator<readonly SourceEntry[]> {
    for await (const batch of this.#source.read(from)) {
      yield batch.map((entry) => (isUnreadable(entry) ? entry : this.#unfold(entry)));
    }
  }

  #unfold<Entry extends SourceEntry & { readonly fields: ReadonlyMap<string, SourceValue> }>(
    entry: Entry,
  ): Entry {
    const pairs = pairsOf(entry.fields.get(this.#column));
    const fields = new Map(entry.fields);
    if (pairs.length > 0) fields.delete(this.#column);
    for (const [name, value] of pairs) if (!fields.has(name)) fields.set(name, value);
    return { ...entry, fields };
  }
}

function pairsOf(list: SourceValue | undefined): readonly (readonly [string, SourceValue])[] {
  if (!Array.isArray(list)) return [];
  return (list as readonly SourceValue[]).flatMap((pair) => {
    if (typeof pair !== "object" || pair === null || Array.isArray(pair)) return [];
    const { Name: name, Value: value } = pair as Readonly<Record<string, SourceValue>>;
    return typeof name === "string" ? [[name, value ?? null] as const] : [];
  });
}
