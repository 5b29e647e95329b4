import { type Cell, cellText } from "./cell.ts";
import type { Column, RecordWriter } from "./record-writer.ts";

/** Records of one `INSERT`. */
const BATCH = 100;

/** Characters that a column of text takes. */
const TEXT_LENGTH = 1000;

const NUL = /\0/g;

/**
 * `CREATE TABLE` and `INSERT`s in ANSI SQL: names in double quotes, texts in single quotes with
 * quotes doubled, a backslash standing for itself. NUL, which no database takes, is left out.
 */
export function sqlWriter(columns: readonly Column[], table = "users"): RecordWriter {
  const names = columns.map(({ name }) => identifier(name));
  const types = columns.map(({ type }) =>
    type === "integer" ? "BIGINT" : `CHARACTER VARYING(${TEXT_LENGTH})`,
  );
  const lines = names.map((name, index) => `  ${name} ${types[index] ?? ""}`).join(",\n");
  const insert = `INSERT INTO ${identifier(table)} (${names.join(", ")}) VALUES\n`;
  let written = 0;
  return {
    head: `CREATE TABLE ${identifier(table)} (\n${lines}\n);\n`,
    before: () => {
      if (written % BATCH > 0) return ",\n";
      return written === 0 ? insert : `;\n${insert}`;
    },
    record: (cells) => {
      written += 1;
      return `(${cells.map(literal).join(", ")})`;
    },
    get tail() {
      return written === 0 ? "" : ";\n";
    },
  };
}

function identifier(name: string): string {
  return `"${name.replace(NUL, "").replaceAll('"', '""')}"`;
}

function literal(cell: Cell): string {
  if (cell === null) return "NULL";
  if (typeof cell === "number") return String(cell);
  if (typeof cell === "boolean") return cell ? "TRUE" : "FALSE";
  return `'${cellText(cell).replace(NUL, "").replaceAll("'", "''")}'`;
}
