import { ConfigError } from "../../core/index.ts";
import type { DatabaseQuery } from "../source-options.ts";

/** How a system writes a name. */
export interface Dialect {
  readonly quote: (name: string) => string;
  /** A key as it is compared: written so that it is taken as of the column's type, where that differs. */
  readonly literal: (key: number) => string;
  /** Whether text is compared with a key as the number that it holds, so that it may begin with zeros. */
  readonly comparesTextAsNumber: boolean;
}

const doubled = (quote: string) => (name: string) =>
  `${quote}${name.replaceAll(quote, quote + quote)}${quote}`;

/** The dialects of the systems that can be read. */
export const DIALECTS = {
  postgresql: {
    quote: doubled('"'),
    literal: (key: number) => `'${key}'`,
    comparesTextAsNumber: false,
  },
  sqlite: { quote: doubled('"'), literal: String, comparesTextAsNumber: false },
  mysql: { quote: doubled("`"), literal: String, comparesTextAsNumber: true },
  "sql-server": {
    quote: (name: string) => `[${name.replaceAll("]", "]]")}]`,
    literal: String,
    comparesTextAsNumber: true,
  },
} as const satisfies Readonly<Record<string, Dialect>>;

/** What is read, checked. */
export type Selection = DatabaseQuery & ({ readonly query: string } | { readonly table: string });

/**
 * What is to be read of a database.
 *
 * @param shown the database, for messages
 * @throws {ConfigError} SOURCE_MISSING when neither a query nor a table is named
 */
export function selectionOf(asked: DatabaseQuery | undefined, shown: string): Selection {
  const { query, table, key } = asked ?? {};
  const by = key === undefined ? {} : { key };
  if (query !== undefined && query.trim() !== "") return { query, ...by };
  if (table !== undefined && table.trim() !== "") return { table, ...by };
  throw new ConfigError({
    code: "SOURCE_MISSING",
    at: "source",
    message: `${shown} is a database, and nothing says what to read of it: neither a query nor a table.`,
    hint: 'Say it in migration.yaml: source: {url: "…", query: "SELECT …"}, or table: users in the place of query.',
  });
}

/**
 * The statement that gives the records.
 *
 * @param fromKey rows from this key on; all where undefined
 */
export function selectStatement(
  selection: Selection,
  { quote, literal }: Dialect,
  fromKey: number | undefined,
): string {
  const all = wholeStatement(selection, quote);
  const { key } = selection;
  if (key === undefined) return all;
  const where = fromKey === undefined ? "" : ` where ${quote(key)} >= ${literal(fromKey)}`;
  return `select * from (\n${all}\n) as okta_migrate_rows${where} order by ${quote(key)}`;
}

/** A statement that gives a row where a key is missing. */
export function missingKeyStatement(selection: Selection, { quote }: Dialect): string {
  const key = quote(selection.key ?? "");
  const all = wholeStatement(selection, quote);
  return `select 1 as missing from (\n${all}\n) as okta_migrate_rows where ${key} is null limit 1`;
}

function wholeStatement({ query, table }: Selection, quote: Dialect["quote"]): string {
  if (query !== undefined) return query.replace(/[\s;]+$/, "");
  const parts = (table ?? "").split(".").map((part) => quote(part.trim()));
  return `select * from ${parts.join(".")}`;
}
