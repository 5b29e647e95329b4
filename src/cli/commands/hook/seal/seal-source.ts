import { type Issue, isUnreadable, type SourceEntry } from "../../../../core/index.ts";
import type { LoginHash, Sealing } from "../../../../hook/index.ts";
import type { PreparedSealing } from "./prepare-sealing.ts";

/** What became of the entries of a source; `records` is the sum of the others. */
export interface SealCounts {
  readonly records: number;
  readonly sealed: number;
  /** Nothing is stored of a password. */
  readonly withoutPassword: number;
  /** The entry, or the hash in it, can't be read. */
  readonly unreadable: number;
  /** A login that an earlier record has. */
  readonly duplicate: number;
  readonly withoutLogin: number;
}

/** An entry that was not sealed though it should have been. */
export interface NotSealed {
  readonly line: number;
  readonly issue: Issue;
}

/** Who hears of a sealing as it goes on. */
export interface SealListener {
  onRead(records: number): void;
  onNotSealed(entry: NotSealed): void;
}

/**
 * Reads a source to its end, or until the signal fires, and adds its hashes to a store.
 *
 * @throws {SourceError} when the source can't be read on
 */
export async function sealSource(
  { source, mapping }: PreparedSealing,
  sealing: Sealing,
  { signal, listener }: { readonly signal: AbortSignal; readonly listener: SealListener },
): Promise<SealCounts> {
  const counts = {
    records: 0,
    sealed: 0,
    withoutPassword: 0,
    unreadable: 0,
    duplicate: 0,
    withoutLogin: 0,
  };
  const read = (
    entry: SourceEntry,
  ): LoginHash | "withoutPassword" | "unreadable" | "withoutLogin" => {
    const { line } = entry;
    if (isUnreadable(entry)) {
      listener.onNotSealed({ line, issue: entry.issue });
      return "unreadable";
    }
    const reading = mapping.readPassword(entry);
    if (reading.kind === "absent") return "withoutPassword";
    if (reading.kind !== "stored") {
      listener.onNotSealed({ line, issue: reading.issue });
      return "unreadable";
    }
    const { login } = mapping.map(entry).draft;
    return login.trim() === "" ? "withoutLogin" : { login, hash: reading.stored };
  };
  for await (const batch of source.read()) {
    if (signal.aborted) break;
    const hashes: LoginHash[] = [];
    for (const entry of batch) {
      const found = read(entry);
      if (typeof found === "string") counts[found] += 1;
      else hashes.push(found);
    }
    const { sealed, duplicate } = await sealing.add(hashes);
    counts.sealed += sealed;
    counts.duplicate += duplicate;
    counts.records += batch.length;
    listener.onRead(counts.records);
  }
  return counts;
}
