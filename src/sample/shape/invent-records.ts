import type { Secret, SourceValue } from "../../core/index.ts";
import type { FormatName } from "../../passwords/formats/index.ts";
import { type InventedCredential, inventPool } from "../credentials/invent-credentials.ts";
import { hasSaltColumn, type SampleHash } from "../credentials/sample-hashes.ts";
import type { Cell } from "../formats/cell.ts";
import { seedPseudoRandom } from "../pseudo-random.ts";
import { columnInventor, type InventedCell } from "./column-inventor.ts";
import type { ColumnProfile } from "./column-profile.ts";
import type { SourceProfile } from "./profile-records.ts";

/** A record that has the shape of a source's, and none of its values. */
export interface InventedRecord {
  /** In the order of the columns. */
  readonly cells: readonly Cell[];
  /** Whom the password is for; empty where no column says it. */
  readonly login: string;
  /** Of the first hash in the record; undefined where there is none. */
  readonly password: Secret | undefined;
}

/** What {@link inventRecords} needs to know. */
export interface InventRecordsOptions {
  readonly count: number;
  readonly seed: number;
}

const SEED_OF_RECORDS = 0x5eed_11fe;
const POOL = 128;

/** Records of a profile, one by one; hashes come from a pool whose passwords are known. */
export async function inventRecords(
  profile: SourceProfile,
  { count, seed }: InventRecordsOptions,
): Promise<Iterable<InventedRecord>> {
  const saltAt = saltColumn(profile.columns);
  const pools = await inventPools(profile.columns, {
    seed,
    most: Math.min(POOL, count),
    unsalted: saltAt < 0,
  });
  return generate({ profile, count, seed, pools, saltAt, loginAt: loginColumn(profile.columns) });
}

/** The formats of the hashes that a source holds. */
function hashFormatsOf(columns: readonly ColumnProfile[]): readonly SampleHash[] {
  const formats = columns.flatMap(({ shapes }) =>
    shapes.flatMap((shape) => (shape.kind === "hash" ? [shape.format] : [])),
  );
  return [...new Set(formats)];
}

function* generate(given: {
  readonly profile: SourceProfile;
  readonly count: number;
  readonly seed: number;
  readonly pools: ReadonlyMap<FormatName, readonly InventedCredential[]>;
  readonly saltAt: number;
  readonly loginAt: number;
}): Generator<InventedRecord, void> {
  const { profile, count, seed, pools, saltAt, loginAt } = given;
  const random = seedPseudoRandom(seed ^ SEED_OF_RECORDS);
  const inventors = profile.columns.map((column) =>
    columnInventor(column, { profile, random, pools }),
  );
  for (let ordinal = 0; ordinal < count; ordinal += 1) {
    const invented = inventors.map((invent) => invent(ordinal));
    const held = invented.find((cell) => "credential" in cell);
    const cells = invented.map(cellOf);
    // A hash that holds its own salt has none beside it.
    if (held !== undefined && saltAt >= 0) cells[saltAt] = held.credential.salt?.reveal() ?? null;
    const login = cells[loginAt];
    yield {
      cells,
      login: typeof login === "string" ? login : "",
      password: held?.credential.password,
    };
  }
}

/** The hash is revealed here, since the file is what it is for. */
function cellOf(cell: InventedCell): Cell {
  if ("value" in cell) return cell.value;
  const text = cell.credential.hash.reveal();
  return cell.isObject ? (JSON.parse(text) as SourceValue) : text;
}

async function inventPools(
  columns: readonly ColumnProfile[],
  {
    seed,
    most,
    unsalted,
  }: { readonly seed: number; readonly most: number; readonly unsalted: boolean },
): Promise<ReadonlyMap<FormatName, readonly InventedCredential[]>> {
  const pools = new Map<FormatName, readonly InventedCredential[]>();
  for (const format of hashFormatsOf(columns)) {
    const isBare = unsalted && hasSaltColumn(format);
    pools.set(format, await inventPool(format, most, { seed, unsalted: isBare }));
  }
  return pools;
}

/** The column of salts that stand beside their hashes; -1 where there is none. */
function saltColumn(columns: readonly ColumnProfile[]): number {
  return columns.findIndex(({ name }) => /^(?:password|hash)?[\s._-]*salt$/i.test(name));
}

/** The column that people sign in with, by its name or else by its mails; -1 where there is none. */
function loginColumn(columns: readonly ColumnProfile[]): number {
  const named = columns.findIndex(
    ({ name }) => /^(?:user[\s._-]*)?(?:login|name)$/i.test(name) && /login|user/i.test(name),
  );
  if (named >= 0) return named;
  return columns.findIndex(({ shapes }) => {
    const mails = shapes.filter(({ kind }) => kind === "mail").length;
    return mails > 0 && mails * 2 >= shapes.length;
  });
}
