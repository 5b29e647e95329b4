/** What a cell holds; a formula has its result. */
export type CellValue = string | number | boolean | Date | null;

const MIDNIGHT = "T00:00:00.000Z";

/** A date without a time is `2026-03-01`, one with a time `2026-03-01T09:30:00`; sheets know no zone. */
export function toSourceValue(value: CellValue): Exclude<CellValue, Date> {
  if (!(value instanceof Date)) return value;
  if (Number.isNaN(value.getTime())) return null;
  const text = value.toISOString();
  return text.endsWith(MIDNIGHT) ? text.slice(0, -MIDNIGHT.length) : text.slice(0, 19);
}
