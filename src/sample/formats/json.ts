import type { Column, RecordWriter } from "./record-writer.ts";

/** One object a line. */
export function ndjsonWriter(columns: readonly Column[]): RecordWriter {
  const object = objectWriter(columns);
  return { head: "", before: () => "", record: (cells) => `${object(cells)}\n`, tail: "" };
}

/** An array of objects, each on a line of its own. */
export function jsonWriter(columns: readonly Column[]): RecordWriter {
  const object = objectWriter(columns);
  let between = "";
  return {
    head: "[\n",
    before: () => between,
    record: (cells) => {
      between = ",\n";
      return object(cells);
    },
    get tail() {
      return between === "" ? "]\n" : "\n]\n";
    },
  };
}

function objectWriter(columns: readonly Column[]): RecordWriter["record"] {
  const keys = columns.map(({ name }) => `${JSON.stringify(name)}:`);
  return (cells) => {
    let text = "{";
    for (let index = 0; index < keys.length; index += 1) {
      text += `${index === 0 ? "" : ","}${keys[index] ?? ""}${JSON.stringify(cells[index] ?? null)}`;
    }
    return `${text}}`;
  };
}
