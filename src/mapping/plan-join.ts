import type { Issue, SourceHead, SourceRecord } from "../core/index.ts";
import { isAbsent } from "../passwords/formats/index.ts";
import type { ConfiguredJoin, MigrationConfig } from "./config/migration-config.ts";
import { createEnvironment } from "./expressions/cel-environment.ts";
import { compileExpression } from "./expressions/compile-expression.ts";
import { foundByCel } from "./expressions/found-by-cel.ts";
import { mistakesError } from "./mistakes.ts";
import { withKnownColumns } from "./presets/fit-preset.ts";
import { printableText, showColumns, showName } from "./show-name.ts";
import { findColumnPath, readColumnPath } from "./values/column-path.ts";

/** Reads a key of a record; undefined where it has none. Never throws. */
export type KeyReader = (record: SourceRecord) => string | undefined;

/** The keys by which two sources are joined. */
export interface JoinKeys {
  /** The key of a joined record. A number that is not exact is none: it may be that of another one. */
  readonly keyOf: KeyReader;
  /** The key that a main record asks for; an issue where it is a number that is not exact. */
  readonly askedBy: (record: SourceRecord) => string | Issue | undefined;
}

/**
 * Works out how records of a joined source find those of the main one.
 *
 * @throws {ConfigError} CONFIG_INVALID when a key is neither a column nor an expression, or what is
 *   joined would stand in the place of a column
 */
export function planJoin(
  join: ConfiguredJoin,
  heads: { readonly main: SourceHead; readonly joined: SourceHead },
  config: MigrationConfig,
): JoinKeys {
  const at = `join[${config.joins.indexOf(join) + 1}]`;
  const refuse = (key: string, text: string): never => {
    throw mistakesError(config.fileName, [{ line: join.line, path: `${at}.${key}`, text }]);
  };
  const read = (text: string, key: string, { columns }: SourceHead): ValueReader => {
    const reader = readValue(text, columns);
    return typeof reader === "string" ? refuse(key, `${reader} ${showColumns(columns)}`) : reader;
  };
  if (heads.main.columns.includes(join.as)) {
    refuse("as", `The source has a column ${showName(join.as)} already: choose another name.`);
  }
  const keyOf = read(join.key, "key", heads.joined);
  const askedBy = read(join.to, "to", withKnownColumns(heads.main, config.preset));
  return {
    keyOf: (record) => toKey(keyOf(record)),
    askedBy: (record) => {
      const found = askedBy(record);
      return isImprecise(found) ? impreciseKey(join.as) : toKey(found);
    },
  };
}

/** Reads what stands where a key is looked for. Never throws. */
type ValueReader = (record: SourceRecord) => unknown;

/** A reader for a column or an expression, or why the text is neither. */
function readValue(text: string, columns: readonly string[]): ValueReader | string {
  const path = findColumnPath(text, new Set(columns));
  if (path !== undefined) return (record) => readColumnPath(record, path);
  const environment = createEnvironment(columns);
  const compiled = compileExpression(text, { environment, hidden: new Set() });
  if (compiled.kind === "compiled") {
    return (record) => foundByCel(compiled.evaluate(record));
  }
  return compiled.kind === "unknown-variable"
    ? `There is no column ${showName(compiled.name)}.`
    : `${showName(text)} is neither a column nor an expression: ${printableText(compiled.reason)}.`;
}

function toKey(found: unknown): string | undefined {
  if (isImprecise(found)) return undefined;
  if (typeof found === "number" || typeof found === "bigint") return String(found);
  return typeof found === "string" && !isAbsent(found) ? found : undefined;
}

/** Several numbers of a source come to this one. */
function isImprecise(found: unknown): boolean {
  return typeof found === "number" && Number.isInteger(found) && !Number.isSafeInteger(found);
}

function impreciseKey(as: string): Issue {
  return {
    code: "NUMBER_IMPRECISE",
    field: as,
    reason: `The key by which ${as} is joined is a whole number beyond 9,007,199,254,740,991, whose last digits are lost.`,
    hint: "Give it as text in both sources, so that nobody gets what is another's.",
  };
}
