import { z } from "zod";

import { columnName, text } from "./schema-parts.ts";
import { sourceSchema } from "./source-schema.ts";

const MAX_JOINS = 10;
const MAX_EXPRESSION = 10_000;
const IDENTIFIER = /^[A-Za-z_]\w*$/;

/** The part `join` of `migration.yaml`. */
export const joinSchema = z
  .array(
    z.strictObject({
      source: sourceSchema,
      key: text("a column or an expression", MAX_EXPRESSION).meta({
        description: "Column, or expression, of this source that tells whose record it is.",
      }),
      to: text("a column or an expression", MAX_EXPRESSION).meta({
        description: "Column, or expression, of the main source that has the same value.",
      }),
      as: columnName
        .regex(IDENTIFIER, "must be a name of letters, digits and underscores")
        .meta({ description: "The column of the main record that takes what is joined." }),
      many: z.boolean({ error: "must be true or false" }).optional().meta({
        description: "Whether several records may have one key: the column is a list then.",
        default: false,
      }),
    }),
    { error: "must be a list of sources, each with `source`, `key`, `to` and `as`" },
  )
  .max(MAX_JOINS, `must name at most ${MAX_JOINS} sources`)
  .refine((joins) => new Set(joins.map(({ as }) => as)).size === joins.length, {
    error: "names one column (`as`) twice",
  })
  .meta({
    title: "Join",
    description: "Further sources whose records are added to those of the main one, by a key.",
  });

/** What the schema gives for `join`. */
export type JoinShape = z.infer<typeof joinSchema>;
