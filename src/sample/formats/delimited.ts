import { cellText } from "./cell.ts";
import type { Column, RecordWriter } from "./record-writer.ts";

/** CSV as RFC 4180 has it, and the same with tabs; lines end in a line feed. */
export function delimitedWriter(columns: readonly Column[], delimiter: "," | "\t"): RecordWriter {
  const needsQuotes = delimiter === "," ? /[",\r\n]|^\s|\s$/ : /["\t\r\n]|^\s|\s$/;
  const field = (text: string): string =>
    needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const line = (texts: readonly string[]): string => {
    const fields = texts.map(field).join(delimiter);
    // An empty line would be no record.
    return `${fields === "" ? '""' : fields}\n`;
  };
  return {
    head: line(columns.map(({ name }) => name)),
    before: () => "",
    record: (cells) => line(cells.map(cellText)),
    tail: "",
  };
}
