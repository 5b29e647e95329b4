import { createHash } from "node:crypto";

import {
  type Issue,
  isUnreadable,
  type SourceEntry,
  type SourceHead,
  type SourcePosition,
  type SourceRecord,
  type SourceValue,
  type UserSource,
} from "../../core/index.ts";
import { printableLocation } from "../printable-name.ts";
import { JoinIndex, type Partner } from "./join-index.ts";
import { UsedPartners } from "./used-partners.ts";

const SAMPLED_PARTNERS = 20;
const TOLD_LINES = 5;

/** A further source, and how its records find those of the main one. */
export interface Join {
  readonly source: UserSource;
  /** The key of a joined record; undefined when it has none. Never throws. */
  keyOf(record: SourceRecord): string | undefined;
  /** The key that a main record asks for; undefined when it has none, an issue when it can't be told. Never throws. */
  askedBy(record: SourceRecord): string | Issue | undefined;
  /** The column of the main record that takes the joined one, or the list of them. */
  readonly as: string;
  readonly partners: "one" | "many";
}

/** What joining one source came to, over a whole reading of the main one. */
export interface JoinReport {
  /** Location of the joined source. */
  readonly source: string;
  /** Its readable records. */
  readonly records: number;
  /** Its entries that can't be read, or have no key, and the lines of the first of them. */
  readonly unusable: number;
  readonly unusableLines: readonly number[];
  /** Main records with a partner, and without. */
  readonly joined: number;
  readonly alone: number;
  /** Joined records that nobody asked for. */
  readonly unused: number;
}

/** What a joined source is put together from. */
export interface JoinedSourceOptions {
  readonly source: UserSource;
  readonly joins: readonly Join[];
  /** 32 random bytes, hex, anew at each call. */
  readonly encryptionKey: () => string;
  /** Called for each join when the main source was read from its start to its end. */
  readonly onJoined: (report: JoinReport) => void;
}

interface ReadyJoin extends Join {
  readonly index: JoinIndex;
  readonly samples: readonly SourceValue[];
  readonly unusable: number;
  readonly unusableLines: readonly number[];
}

/**
 * A source whose records are completed from others by key. Each joined source is read once and held
 * in a temporary file, not in memory. A record without a partner stays as it is; one with several
 * where one is meant has an issue.
 */
export class JoinedSource implements UserSource {
  readonly name: string;
  readonly location: string;
  readonly replayable: boolean;
  readonly isLive: boolean;
  readonly countsEntries: boolean;
  readonly #options: JoinedSourceOptions;
  #ready: Promise<readonly ReadyJoin[]> | undefined;

  constructor(options: JoinedSourceOptions) {
    this.name = options.source.name;
    this.location = options.source.location;
    this.replayable = options.source.replayable;
    this.isLive = options.source.isLive ?? false;
    this.countsEntries = options.source.countsEntries ?? false;
    this.#options = options;
  }

  async head(): Promise<SourceHead> {
    const { description, columns, samples, notes } = await this.#options.source.head();
    const joins = await this.#joins();
    const all = new Map(samples);
    for (const { as, samples: joined } of joins) all.set(as, joined);
    const names = joins.map(({ source }) => printableLocation(source.location)).join(", ");
    return {
      description: `${description}, joined with ${names}`,
      columns: [...new Set([...columns, ...joins.map(({ as }) => as)])],
      samples: all,
      ...(notes === undefined ? {} : { notes }),
    };
  }

  async fingerprint(): Promise<string | undefined> {
    const { source, joins } = this.#options;
    const main = await source.fingerprint();
    if (main === undefined) return undefined;
    const hash = createHash("sha256").update(main);
    for (const join of joins) {
      const joined = (await join.source.fingerprint()) ?? "";
      hash.update(JSON.stringify([join.as, join.partners, joined]));
    }
    return hash.digest("hex");
  }

  async *read(from?: SourcePosition): AsyncGenerator<readonly SourceEntry[]> {
    const joins = await this.#joins();
    const used = joins.map(() => new UsedPartners());
    for await (const batch of this.#options.source.read(from)) {
      yield batch.map((entry) => {
        if (isUnreadable(entry)) return entry;
        return joins.reduce<SourceRecord>(
          (record, join, at) => complete(record, join, used[at]),
          entry,
        );
      });
    }
    if ((from?.seq ?? 1) === 1) {
      joins.forEach((join, at) => this.#options.onJoined(reportOf(join, used[at])));
    }
  }

  async #joins(): Promise<readonly ReadyJoin[]> {
    this.#ready ??= this.#readAll();
    return await this.#ready;
  }

  async #readAll(): Promise<readonly ReadyJoin[]> {
    const ready: ReadyJoin[] = [];
    for (const join of this.#options.joins) {
      ready.push(await readJoin(join, this.#options.encryptionKey()));
    }
    return ready;
  }
}

async function readJoin(join: Join, encryptionKey: string): Promise<ReadyJoin> {
  const index = new JoinIndex(encryptionKey);
  const samples: SourceValue[] = [];
  const unusableLines: number[] = [];
  let unusable = 0;
  for await (const batch of join.source.read()) {
    for (const entry of batch) {
      const key = isUnreadable(entry) ? undefined : join.keyOf(entry);
      if (isUnreadable(entry) || key === undefined) {
        unusable += 1;
        if (unusableLines.length < TOLD_LINES) unusableLines.push(entry.line);
        continue;
      }
      index.add(key, entry);
      if (samples.length < SAMPLED_PARTNERS) samples.push(Object.fromEntries(entry.fields));
    }
  }
  index.finish();
  return {
    ...join,
    index,
    samples: join.partners === "many" ? samples.map((sample) => [sample]) : samples,
    unusable,
    unusableLines,
  };
}

function complete(
  record: SourceRecord,
  join: ReadyJoin,
  used: UsedPartners | undefined,
): SourceRecord {
  const key = join.askedBy(record);
  if (typeof key === "object") return { ...record, issues: [...(record.issues ?? []), key] };
  const partners = key === undefined ? [] : join.index.find(key);
  used?.note(partners.map(({ id }) => id));
  const [only, other] = partners;
  if (only === undefined) return record;
  if (join.partners === "one" && other !== undefined) {
    return { ...record, issues: [...(record.issues ?? []), ambiguous(join, only, other)] };
  }
  const fields = new Map(record.fields);
  fields.set(
    join.as,
    join.partners === "one" ? only.fields : partners.map((partner) => partner.fields),
  );
  return { ...record, fields };
}

function ambiguous({ source, as }: ReadyJoin, one: Partner, other: Partner): Issue {
  return {
    code: "JOIN_AMBIGUOUS",
    field: as,
    reason: `${printableLocation(source.location)} has several records for this one: lines ${one.line} and ${other.line}.`,
    hint: "Remove the wrong one there, choose a key that tells them apart, or set `many: true` where a list is meant.",
  };
}

function reportOf(join: ReadyJoin, used: UsedPartners | undefined): JoinReport {
  const { index, unusable, unusableLines } = join;
  return {
    source: join.source.location,
    records: index.records,
    unusable,
    unusableLines,
    joined: used?.asked ?? 0,
    alone: used?.alone ?? 0,
    unused: index.records - (used?.count ?? 0),
  };
}
