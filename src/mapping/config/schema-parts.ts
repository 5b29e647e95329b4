import { z } from "zod";

/** No column or path of a source is longer. */
export const MAX_COLUMN_NAME = 1_000;

/** Text that is not empty; `what` completes "must be …". */
export function text(what: string, maxLength: number): z.ZodString {
  return z
    .string({ error: `must be ${what}, as text` })
    .max(maxLength, `is longer than ${maxLength} characters`)
    .regex(/\S/, `must be ${what}, and is empty`);
}

/** One of some names. */
export function choice<const Names extends readonly string[]>(
  names: Names,
): z.ZodEnum<{ [Name in Names[number]]: Name }> {
  return z.enum(names, { error: `must be one of ${names.join(", ")}` });
}

/** The name of a column. */
export const columnName = text("the name of a column", MAX_COLUMN_NAME);
