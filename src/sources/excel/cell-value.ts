/** What a cell holds; a formula has its result. */
export type CellValue = string | number | boolean | Date | null;

const MIDNIGHT = "T00:00:00.000Z";
/** The day before the first one of a sheet: what has it is a time of day, or nothing. */
const NO_DAY = "1899-12-31T";
/** How Excel shows that a formula has no result. */
const ERROR =
  /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|BUSY!|GETTING_DATA)$/;

/**
 * A date without a time is `2026-03-01`, one with a time `2026-03-01T09:30:00`, a time of day
 * `09:30:00`; sheets know no zone. A formula without a result has no value.
 */
export function toSourceValue(value: CellValue): Exclude<CellValue, Date> {
  if (typeof value === "string") return ERROR.test(value) ? null : value;
  if (!(value instanceof Date)) return value;
  if (Number.isNaN(value.getTime())) return null;
  const text = value.toISOString();
  if (text < "1900") {
    return text.startsWith(NO_DAY) && !text.endsWith(MIDNIGHT) ? text.slice(11, 19) : null;
  }
  return text.endsWith(MIDNIGHT) ? text.slice(0, -MIDNIGHT.length) : text.slice(0, 19);
}
