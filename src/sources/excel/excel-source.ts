import { createHash } from "node:crypto";
import { ReadableStream } from "node:stream/web";

import {
  type SourceEntry,
  SourceError,
  type SourceHead,
  type SourcePosition,
  type SourceValue,
  type UserSource,
} from "../../core/index.ts";
import { FileBytes, unreadableSource } from "../bytes/raw-bytes.ts";
import { printableLocation, printableName } from "../printable-name.ts";
import { SAMPLED_RECORDS, SourceSample } from "../source-sample.ts";
import { readHeader, type SheetColumn } from "./sheet-header.ts";
import { type CellValue, toSourceValue } from "./cell-value.ts";

const BATCH = 1_000;

/**
 * A sheet of an Excel workbook: its first row with anything in it names the columns, each further one
 * is a record, empty rows are passed over. A record's line is its row.
 */
export class ExcelSource implements UserSource {
  readonly name: string;
  readonly location: string;
  readonly replayable = true;
  readonly #bytes: FileBytes;
  readonly #sheet: string | undefined;

  constructor(options: {
    readonly name: string;
    readonly location: string;
    readonly sheet: string | undefined;
  }) {
    this.name = options.name;
    this.location = options.location;
    this.#bytes = new FileBytes(options.location);
    this.#sheet = options.sheet;
  }

  async head(): Promise<SourceHead> {
    let columns: readonly SheetColumn[] = [];
    const known = (header: readonly SheetColumn[]): void => {
      columns = header;
    };
    const entries: SourceEntry[] = [];
    for await (const entry of this.#entries(known)) {
      entries.push(entry);
      if (entries.length === SAMPLED_RECORDS) break;
    }
    const sample = new SourceSample(columns.map(({ name }) => name));
    sample.add(entries);
    const count = columns.length === 1 ? "1 column" : `${columns.length} columns`;
    const sheet = this.#sheet === undefined ? "first sheet" : `sheet ${printableName(this.#sheet)}`;
    return {
      description: `Excel, ${sheet}, ${count}`,
      columns: sample.columns,
      samples: sample.samples,
    };
  }

  async fingerprint(): Promise<string | undefined> {
    const hash = createHash("sha256");
    for await (const chunk of this.#bytes.open(0)) hash.update(chunk);
    return hash.update(this.#sheet ?? "").digest("hex");
  }

  async *read(from?: SourcePosition): AsyncGenerator<readonly SourceEntry[]> {
    const first = from?.seq ?? 1;
    let batch: SourceEntry[] = [];
    for await (const entry of this.#entries(() => undefined)) {
      if (entry.seq < first) continue;
      batch.push(entry);
      if (batch.length === BATCH) {
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  }

  async *#entries(onHeader: (header: readonly SheetColumn[]) => void): AsyncGenerator<SourceEntry> {
    let header: readonly SheetColumn[] | undefined;
    let seq = 0;
    for await (const { index, values } of this.#rows()) {
      if (values.every((value) => value === null || value === "")) continue;
      if (header === undefined) {
        header = readHeader(values, this.location);
        onHeader(header);
        continue;
      }
      seq += 1;
      const fields = new Map<string, SourceValue>();
      for (const { name, at } of header) fields.set(name, toSourceValue(values[at] ?? null));
      yield { seq, line: index + 1, fields };
    }
    if (header === undefined) throw this.#emptySheet();
  }

  async *#rows(): AsyncGenerator<{ readonly index: number; readonly values: CellValue[] }> {
    const { streamXlsxRows } = await import("hucre/xlsx");
    const bytes = this.#bytes.open(0);
    const stream = ReadableStream.from(bytes);
    const sheet = this.#sheet === undefined ? {} : { sheet: this.#sheet };
    try {
      yield* streamXlsxRows(stream, sheet);
    } catch (error) {
      throw this.#explain(error);
    } finally {
      // Whoever stops before the end leaves the library's stream as it is, and the file open.
      await bytes.return(undefined);
    }
  }

  #explain(error: unknown): SourceError {
    const name = error instanceof Error ? error.name : "";
    if (name === "EncryptedFileError") {
      return unfit(this.location, "is protected by a password.", "Save it without one.", error);
    }
    if (!LIBRARY_ERRORS.includes(name)) return unreadableSource(this.location, error);
    return unfit(
      this.location,
      "is no Excel workbook (.xlsx) that can be read.",
      "Save it anew in Excel, or save the sheet as CSV (UTF-8).",
      error,
    );
  }

  #emptySheet(): SourceError {
    return this.#sheet === undefined
      ? unfit(this.location, "has an empty first sheet.", SHEET_HINT)
      : unfit(
          this.location,
          `has no sheet named ${printableName(this.#sheet)}, or an empty one.`,
          SHEET_HINT,
        );
  }
}

const LIBRARY_ERRORS = [
  "HucreError",
  "ParseError",
  "ZipError",
  "XmlError",
  "UnsupportedFormatError",
];

const SHEET_HINT = "Name the sheet that holds the users with --sheet, as its tab has it.";

function unfit(location: string, what: string, hint: string, cause?: unknown): SourceError {
  return new SourceError({
    code: "SOURCE_UNREADABLE",
    message: `${printableLocation(location)} ${what}`,
    hint,
    cause,
  });
}
