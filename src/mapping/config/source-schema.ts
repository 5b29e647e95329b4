import { z } from "zod";

import { PRESET_NAMES } from "../presets/presets.ts";
import { choice, columnName, MAX_COLUMN_NAME, text } from "./schema-parts.ts";

const MAX_QUERY = 100_000;
const MAX_ADDRESS = 2_000;
/** A password between the colon and the at sign of an address. */
const WITHOUT_PASSWORD = /^(?![a-z][a-z0-9+.-]*:\/\/[^/@]*:[^/@]*@)/i;

const address = text("an address", MAX_ADDRESS).regex(
  WITHOUT_PASSWORD,
  "has a password in it, which no file may hold: take it out, and put it into a file that OKTA_MIGRATE_SOURCE_PASSWORD_FILE names",
);

const file = z.strictObject({
  path: text("a path or `-`", MAX_COLUMN_NAME).meta({
    description: "A file, or `-` for standard input.",
  }),
  format: choice(["csv", "tsv", "json", "ndjson", "ldif", "xlsx"]).optional().meta({
    description: "The format; by default what the extension or the first bytes say.",
  }),
  encoding: text("the name of an encoding", 40).optional().meta({
    description: "The text encoding, such as utf-8, utf-16le or windows-1252.",
  }),
  delimiter: z
    .string({ error: "must be a separator, as text" })
    .min(1, "is empty")
    .optional()
    .meta({
      description: "What separates the columns of a table; by default found from its header.",
    }),
  records: text("keys joined by dots", MAX_COLUMN_NAME).optional().meta({
    description: "JSON: the keys to the list of records inside of an object, such as users.",
  }),
  pairs: columnName.optional().meta({
    description:
      "A column that holds a list of pairs of Name and Value: each becomes a column of its own.",
  }),
  sheet: text("the name of a sheet", 100).optional().meta({
    description: "Excel: the sheet that is read; by default the first.",
  }),
});

const server = z.strictObject({
  url: address.meta({
    description: "The address of a database or a directory, without a password.",
  }),
  query: text("a SELECT statement", MAX_QUERY).optional().meta({
    description: "Database: the statement whose rows are the records.",
  }),
  table: text("the name of a table", MAX_COLUMN_NAME).optional().meta({
    description: "Database: a table or view, in the place of a query.",
  }),
  key: columnName.optional().meta({
    description:
      "Database: a column of whole numbers by which rows are ordered and a resume takes up again.",
  }),
  filter: text("an LDAP filter", MAX_QUERY).optional().meta({
    description: "Directory: which entries are read.",
  }),
  attributes: z
    .array(text("the name of an attribute", MAX_COLUMN_NAME), {
      error: "must be a list of attributes",
    })
    .optional()
    .meta({ description: "Directory: the attributes that are asked for." }),
  bind: text("a distinguished name", MAX_COLUMN_NAME).optional().meta({
    description: "Directory: the distinguished name that signs in.",
  }),
  startTls: z.boolean({ error: "must be true or false" }).optional().meta({
    description: "Directory: whether a plain connection is turned into one over TLS first.",
  }),
  sendPasswordInClear: z.boolean({ error: "must be true or false" }).optional().meta({
    description:
      "Directory: whether the password of `bind` may go over a network without TLS. Say true only where there is none.",
  }),
});

const ONE_QUERY = { error: "has both `query` and `table`: give one" };

const preset = z.strictObject({
  preset: choice(PRESET_NAMES).meta({
    description: "The system that the export is of; it says where records and passwords are.",
  }),
  hashes: text("a path", MAX_COLUMN_NAME).optional().meta({
    description: "The file of password hashes, where the system exports them apart.",
  }),
  ...file.partial().shape,
  ...server.partial().shape,
});

/** The part `source` of `migration.yaml`. */
export const sourceSchema = z
  .union(
    [
      text("a path, `-` or an address", MAX_QUERY)
        .regex(WITHOUT_PASSWORD, "has a password in it, which no file may hold")
        .meta({ description: "A path, `-`, or an address." }),
      file,
      server.refine(hasOneQuery, ONE_QUERY),
      preset
        .refine(hasOneQuery, ONE_QUERY)
        .refine(({ path, url }) => path === undefined || url === undefined, {
          error: "has both `path` and `url`: give one",
        }),
    ],
    { error: "must be a path, `-`, an address, or an object with `path`, `url` or `preset`" },
  )
  .meta({
    title: "Source",
    description: "Where the records come from. A source on the command line wins.",
  });

/** What the schema gives for a `source` without mistakes. */
export type SourceShape = z.infer<typeof sourceSchema>;

function hasOneQuery({ query, table }: { query?: unknown; table?: unknown }): boolean {
  return query === undefined || table === undefined;
}
