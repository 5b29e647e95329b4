import type { SourceValue } from "../../core/index.ts";
import type { FormatName } from "../../passwords/formats/index.ts";
import type { InventedCredential } from "../credentials/invent-credentials.ts";
import { cellText } from "../formats/cell.ts";
import type { PseudoRandom } from "../pseudo-random.ts";
import type { Category, ColumnProfile } from "./column-profile.ts";
import { inventValue } from "./invent-value.ts";
import type { SourceProfile } from "./profile-records.ts";
import { arePublic } from "./public-vocabulary.ts";
import { shapeOfValue, type ValueShape } from "./value-shape.ts";

/** A value for a column, or the credential whose hash belongs there. */
export type InventedCell =
  | { readonly value: SourceValue }
  | { readonly credential: InventedCredential; readonly isObject: boolean };

/** Invents the values of one column. @param ordinal of the record, from 0 */
export type ColumnInventor = (ordinal: number) => InventedCell;

/** What is drawn for a column. */
export interface InventorTools {
  readonly profile: SourceProfile;
  readonly random: PseudoRandom;
  /** Known passwords and their hashes, by format. */
  readonly pools: ReadonlyMap<FormatName, readonly InventedCredential[]>;
}

const GAP: InventedCell = { value: null };

/** How a column's values are invented: gaps as often as it has them, then as its values are. */
export function columnInventor(column: ColumnProfile, tools: InventorTools): ColumnInventor {
  const { profile, random } = tools;
  const { filled } = column;
  const invent = chooseInventor(column, tools);
  return (ordinal) => (random.below(profile.records) < filled ? invent(ordinal) : GAP);
}

function chooseInventor(column: ColumnProfile, tools: InventorTools): ColumnInventor {
  const { counted, categories } = column;
  if (counted !== undefined && arePublic(counted.map(({ text }) => text))) {
    return drawCategory(counted, tools.random);
  }
  const isPlain = column.shapes.every(({ kind }) => kind === "text" || kind === "boolean");
  if (isPlain && categories !== undefined) {
    return drawCategory(relabelled(categories, column, tools), tools.random);
  }
  const { greatest } = column;
  if (isPlain && column.isUnique && greatest !== undefined && greatest >= 1000) {
    return countOn(column, greatest, tools.profile);
  }
  return drawShape(column, tools);
}

/** Numbers above all that are there, in order, written as the source writes them. */
function countOn(
  column: ColumnProfile,
  greatest: number,
  { forbidden }: SourceProfile,
): ColumnInventor {
  const [shape] = column.shapes;
  const isNumber = shape?.kind === "text" && shape.isNumber;
  const width = shape?.kind === "text" ? shape.mask.length : 0;
  const scale = 10 ** Math.max(0, String(greatest).length - 2);
  let next = (Math.floor(greatest / scale) + 1) * scale;
  return () => {
    while (forbidden.has(String(next).padStart(width, "0")) || forbidden.has(String(next)))
      next += 1;
    const value = next;
    next += 1;
    return { value: isNumber ? value : String(value).padStart(width, "0") };
  };
}

function drawShape(column: ColumnProfile, tools: InventorTools): ColumnInventor {
  const { random, pools } = tools;
  const { forbidden } = tools.profile;
  const { shapes, years, isUnique } = column;
  return (ordinal) => {
    const shape = shapes[random.below(shapes.length)];
    if (shape === undefined) return GAP;
    if (shape.kind === "hash") return drawHash(shape, pools, random);
    const ordinalWithin = isUnique ? ordinal + 1 : undefined;
    return { value: inventValue(shape, { random, forbidden, years, ordinal: ordinalWithin }) };
  };
}

function drawHash(
  { format, isObject }: ValueShape & { readonly kind: "hash" },
  pools: InventorTools["pools"],
  random: PseudoRandom,
): InventedCell {
  const pool = pools.get(format) ?? [];
  const credential = pool[random.below(pool.length)];
  return credential === undefined ? GAP : { credential, isObject };
}

/** Other labels in the place of the values, as long as they and as often. */
function relabelled(
  categories: readonly Category[],
  column: ColumnProfile,
  { random, profile }: InventorTools,
): readonly Category[] {
  const taken = new Set<string>();
  return categories.map((category) => {
    const shape = shapeOfValue(category.value, { isPassword: false, isPhone: false });
    if (shape.kind === "hash") return { ...category, value: null };
    const context = {
      random,
      forbidden: profile.forbidden,
      years: column.years,
      ordinal: undefined,
    };
    let value = inventValue(shape, context);
    for (let trial = 0; trial < 20 && taken.has(cellText(value)); trial += 1) {
      value = inventValue(shape, context);
    }
    taken.add(cellText(value));
    return { ...category, value };
  });
}

function drawCategory(categories: readonly Category[], random: PseudoRandom): ColumnInventor {
  const total = categories.reduce((sum, { count }) => sum + count, 0);
  return () => {
    let left = random.below(total);
    for (const { count, value } of categories) {
      if (left < count) return { value };
      left -= count;
    }
    return GAP;
  };
}
