import type { SourceEntry, UserSource } from "../../core/index.ts";

/** A source that keeps what was read of it first. */
export interface KeepingSource extends UserSource {
  /** The first batch of the last reading; empty before it. */
  firstBatch(): readonly SourceEntry[];
}

/** The source, its first entries kept: one that can be read only once can't be asked for them later. */
export function keepFirstBatch(source: UserSource): KeepingSource {
  let kept: readonly SourceEntry[] = [];
  return {
    name: source.name,
    location: source.location,
    replayable: source.replayable,
    ...(source.isLive === undefined ? {} : { isLive: source.isLive }),
    ...(source.countsEntries === undefined ? {} : { countsEntries: source.countsEntries }),
    head: () => source.head(),
    fingerprint: () => source.fingerprint(),
    firstBatch: () => kept,
    read: async function* read(from) {
      kept = [];
      for await (const batch of source.read(from)) {
        if (kept.length === 0) kept = batch;
        yield batch;
      }
    },
  };
}
