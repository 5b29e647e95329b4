/** What databases and their exports write where there is nothing, as a list of CEL. */
const NOTHING = String.raw`["", "NULL", "null", "\\N"]`;
/** How they write no. */
const NO = '["false", "False", "FALSE", "f", "F", "0", "no"]';
/** How they write yes. */
const YES = '["true", "True", "TRUE", "t", "T", "1", "yes"]';

/** An expression that is true where a column has no value, or the source has no such column. */
export function hasNone(column: string): string {
  return `string(row["${column}"]) in ${NOTHING}`;
}

/** An expression that is true unless a column says no. */
export function isNotFalse(column: string): string {
  return `!(string(row["${column}"]) in ${NO})`;
}

/** An expression that is true unless a column says yes. */
export function isNotTrue(column: string): string {
  return `!(string(row["${column}"]) in ${YES})`;
}
