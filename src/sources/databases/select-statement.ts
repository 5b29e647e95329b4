import { ConfigError } from "../../core/index.ts";
import type { DatabaseQuery } from "../source-options.ts";

/** How a system writes a name, and what it takes. */
export interface Dialect {
  readonly quote: (name: string) => string;
  /** A key as it is compared: written so that it is taken as of the column's type, where that differs. */
  readonly literal: (key: number) => string;
  /** Whether text is compared with a key as the number that it holds, so that it may begin with zeros. */
  readonly comparesTextAsNumber: boolean;
  /** Whether a query inside of another one may begin with WITH, and may be ordered. @default true */
  readonly nestsAll?: boolean;
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
    nestsAll: false,
  },
} as const satisfies Readonly<Record<string, Dialect>>;

/** What is read, checked. */
export type Selection = DatabaseQuery & ({ readonly query: string } | { readonly table: string });

/**
 * What is to be read of a database.
 *
 * @param shown the database, for messages
 * @throws {ConfigError} SOURCE_MISSING when neither a query nor a table is named; OPTION_INVALID for
 *   a query that the system can't order by a key
 */
export function selectionOf(
  asked: DatabaseQuery | undefined,
  shown: string,
  { nestsAll = true }: Partial<Dialect> = {},
): Selection {
  const { query, table, key } = asked ?? {};
  const by = key === undefined ? {} : { key };
  if (query !== undefined && query.trim() !== "") {
    if (key !== undefined && !nestsAll) assertNestable(query);
    return { query, ...by };
  }
  if (table !== undefined && table.trim() !== "") return { table, ...by };
  throw new ConfigError({
    code: "SOURCE_MISSING",
    at: "source",
    message: `${shown} is a database, and nothing says what to read of it: neither a query nor a table.`,
    hint: 'Say it in migration.yaml: source: {url: "…", query: "SELECT …"}, or table: users in the place of query.',
  });
}

/** Comments, texts and quoted names: what is written in them is no word of the query. */
const NO_WORDS = /--[^\n]*|\/\*[^]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\[(?:[^\]]|\]\])*\]/g;
const INNERMOST = /\([^()]*\)/g;

/** @throws {ConfigError} OPTION_INVALID for what SQL Server does not take inside of a query */
function assertNestable(query: string): void {
  let outer = query.replaceAll(NO_WORDS, " ");
  for (let before = ""; before !== outer;) {
    before = outer;
    outer = outer.replaceAll(INNERMOST, " ");
  }
  if (/^[\s;]*with\b/i.test(outer)) {
    throw unnestable("begins with WITH", "Make a view of it and name that as `table`");
  }
  if (/\border\s+by\b/i.test(outer) && !/\boffset\b|\btop\b/i.test(outer)) {
    throw unnestable("has an ORDER BY", "Leave it out, since rows are ordered by the key");
  }
}

function unnestable(what: string, remedy: string): ConfigError {
  return new ConfigError({
    code: "OPTION_INVALID",
    at: "source.query",
    message: `The query ${what}, and SQL Server can't order such a one by \`key\`.`,
    hint: `${remedy}; or leave \`key\` out.`,
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
