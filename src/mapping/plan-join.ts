import type { SourceHead, SourceRecord } from "../core/index.ts";
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
  readonly keyOf: KeyReader;
  readonly askedBy: KeyReader;
}

/**
 * Works out how records of a joined source find those of the main one.
 *
 * @throws {ConfigError} CONFIG_INVALID when a key is neither a column nor an expression
 */
export function planJoin(
  join: ConfiguredJoin,
  heads: { readonly main: SourceHead; readonly joined: SourceHead },
  config: MigrationConfig,
): JoinKeys {
  const at = `join[${config.joins.indexOf(join) + 1}]`;
  const read = (text: string, key: string, { columns }: SourceHead): KeyReader => {
    const reader = readKey(text, columns);
    if (typeof reader !== "string") return reader;
    throw mistakesError(config.fileName, [
      { line: join.line, path: `${at}.${key}`, text: `${reader} ${showColumns(columns)}` },
    ]);
  };
  return {
    keyOf: read(join.key, "key", heads.joined),
    askedBy: read(join.to, "to", withKnownColumns(heads.main, config.preset)),
  };
}

/** A reader for a column or an expression, or why the text is neither. */
function readKey(text: string, columns: readonly string[]): KeyReader | string {
  const path = findColumnPath(text, new Set(columns));
  if (path !== undefined) return (record) => toKey(readColumnPath(record, path));
  const environment = createEnvironment(columns);
  const compiled = compileExpression(text, { environment, hidden: new Set() });
  if (compiled.kind === "compiled") {
    return (record) => toKey(foundByCel(compiled.evaluate(record)));
  }
  return compiled.kind === "unknown-variable"
    ? `There is no column ${showName(compiled.name)}.`
    : `${showName(text)} is neither a column nor an expression: ${printableText(compiled.reason)}.`;
}

function toKey(found: unknown): string | undefined {
  if (typeof found === "number" || typeof found === "bigint") return String(found);
  return typeof found === "string" && !isAbsent(found) ? found : undefined;
}
