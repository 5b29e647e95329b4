import { isUnreadable, type SourceEntry, type SourceValue } from "../../core/index.ts";
import { seedPseudoRandom } from "../pseudo-random.ts";
import { ColumnProfile } from "./column-profile.ts";
import { ForbiddenValues } from "./forbidden-values.ts";

/** What is learnt of a source: the shape of its columns, and which values must not appear again. */
export interface SourceProfile {
  readonly columns: readonly ColumnProfile[];
  readonly forbidden: ForbiddenValues;
  /** Records that could be read. */
  readonly records: number;
  /** Entries that could not. */
  readonly unreadable: number;
  /** Whether there are hashes of a format that is known. */
  readonly holdsHashes: boolean;
}

/** Objects with more keys than this have no columns. */
const MAX_COLUMNS = 1000;
const SEED_OF_PROFILE = 0x5eed_1142;

/**
 * Measures a source, in memory that does not grow with it.
 *
 * @param entries as a source gives them
 * @param columns those that are known beforehand, in order; others follow as they appear
 */
export async function profileRecords(
  entries: AsyncIterable<readonly SourceEntry[]>,
  columns: readonly string[],
  seed: number,
): Promise<SourceProfile> {
  const random = seedPseudoRandom(seed ^ SEED_OF_PROFILE);
  const profiles = new Map(columns.map((name) => [name, new ColumnProfile(name, random)]));
  const forbidden = new ForbiddenValues();
  let [records, unreadable] = [0, 0];
  for await (const batch of entries) {
    for (const entry of batch) {
      if (isUnreadable(entry)) {
        unreadable += 1;
        continue;
      }
      records += 1;
      for (const [name, value] of entry.fields) {
        if (value === null || value === "") continue;
        forbid(value, forbidden);
        let profile = profiles.get(name);
        if (profile === undefined && profiles.size < MAX_COLUMNS) {
          profiles.set(name, (profile = new ColumnProfile(name, random)));
        }
        profile?.add(value);
      }
    }
  }
  const measured = [...profiles.values()];
  const holdsHashes = measured.some(({ shapes }) => shapes.some(({ kind }) => kind === "hash"));
  return { columns: measured, forbidden, records, unreadable, holdsHashes };
}

/** Every text and number of a value, within lists and objects too. */
function forbid(value: SourceValue, forbidden: ForbiddenValues): void {
  if (typeof value === "string" || typeof value === "number") forbidden.add(String(value));
  else if (typeof value === "object" && value !== null) {
    for (const inner of Object.values(value) as readonly SourceValue[]) forbid(inner, forbidden);
  }
}
