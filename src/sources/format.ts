import { ConfigError, SourceError } from "../core/index.ts";
import { printableName } from "./printable-name.ts";

/** The formats of files. `json` is an array of objects, `ndjson` one object a line. */
export type SourceFormat = "csv" | "tsv" | "json" | "ndjson" | "ldif" | "xlsx";

const BY_EXTENSION: ReadonlyMap<string, SourceFormat> = new Map([
  ["csv", "csv"],
  ["tsv", "tsv"],
  ["json", "json"],
  ["ndjson", "ndjson"],
  ["jsonl", "ndjson"],
  ["ldif", "ldif"],
  ["xlsx", "xlsx"],
]);

/**
 * The format that a location's extension names, `.gz` aside; undefined when it names none.
 *
 * @throws {SourceError} SOURCE_FORMAT_UNKNOWN for an address of no kind that is known
 */
export function formatOfLocation(location: string): SourceFormat | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(location)?.[1];
  if (scheme !== undefined) {
    throw new SourceError({
      code: "SOURCE_FORMAT_UNKNOWN",
      message: `A source with a ${scheme.toLowerCase()}:// address can't be read.`,
      hint: "Known are postgres, mysql, sqlserver, sqlite, ldap and ldaps; else export the users to CSV or NDJSON, and give that file.",
    });
  }
  const extension = /\.([a-z0-9]+?)(?:\.gz)?$/i.exec(location)?.[1]?.toLowerCase() ?? "";
  return BY_EXTENSION.get(extension);
}

/**
 * The separator of an option: one ASCII character, or `tab` and `\t` for a tab.
 *
 * @throws {ConfigError} OPTION_INVALID
 */
export function delimiterOf(text: string): string {
  const delimiter = text === "\\t" || text.toLowerCase() === "tab" ? "\t" : text;
  if (/^[\t\u0020-\u007e]$/.test(delimiter) && delimiter !== '"') return delimiter;
  throw new ConfigError({
    code: "OPTION_INVALID",
    at: "--delimiter",
    message: `"${printableName(text)}" can't separate the columns of a table.`,
    hint: "Give one ASCII character that is no quote, such as `;`, or `tab`.",
  });
}

/** The file's name without its folder and its extensions, such as `users`. */
export function nameOfLocation(location: string): string {
  if (location === "-") return "stdin";
  const file = location.split(/[/\\]/).findLast((part) => part !== "") ?? location;
  const name = file
    .replace(/\.gz$/i, "")
    .replace(/(?!^)\.(?:csv|tsv|json|ndjson|jsonl|ldif|txt|xlsx)$/i, "");
  return printableName(name);
}
