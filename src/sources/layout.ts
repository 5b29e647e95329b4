import { SourceError } from "../core/index.ts";
import type { Charset } from "./bytes/charset.ts";
import { CsvScanner } from "./csv/csv-scanner.ts";
import { readTableHeader } from "./csv/table-header.ts";
import { AttributeNames } from "./directories/attribute-names.ts";
import type { EntryScanner, ScanStart } from "./entry-scanner.ts";
import type { SourceFormat } from "./format.ts";
import { JsonArrayScanner } from "./json/json-array-scanner.ts";
import { lookAtJson } from "./json/look-at-json.ts";
import { findRecords, listsIn } from "./json/find-records.ts";
import { NdjsonScanner } from "./json/ndjson-scanner.ts";
import { LdifScanner } from "./ldif/ldif-scanner.ts";
import { lookAtLdif } from "./ldif/look-at-ldif.ts";
import { printableLocation, printableName } from "./printable-name.ts";

const OPEN_OBJECT = 0x7b;

/** How a source is written, found from its first bytes. */
export interface Layout {
  /** For people: `CSV`, `TSV`, `JSON`, `NDJSON`, `LDIF`. */
  readonly label: string;
  /** The header of a table; undefined where every record names its own. */
  readonly columns: readonly string[] | undefined;
  /** Bytes and lines before the first entry. */
  readonly skippedBytes: number;
  readonly skippedLines: number;
  /** @param resumed whether `start` is the position of an entry seen before */
  scanner(start: ScanStart, resumed: boolean): EntryScanner;
}

/** What is known and asked of a source before it is looked at. */
export interface LayoutRequest {
  readonly location: string;
  readonly format: SourceFormat | undefined;
  readonly delimiter: string | undefined;
  readonly charset: Charset;
  /** Where the list of records is inside of a JSON object. */
  readonly records: string | undefined;
}

/**
 * Finds out how a source is written.
 *
 * @param prefix its first bytes, without byte order mark
 * @param ended whether nothing follows them
 * @returns undefined when more bytes are needed
 * @throws {SourceError} SOURCE_UNREADABLE when it is empty; SOURCE_FORMAT_UNKNOWN, SOURCE_HEADER,
 *   SOURCE_ENCODING
 */
export function findLayout(
  prefix: Buffer,
  ended: boolean,
  request: LayoutRequest,
): Layout | undefined {
  const first = firstInkAt(prefix);
  if (first === -1) {
    if (ended) throw emptyError(request.location);
    return undefined;
  }
  const opener = String.fromCharCode(prefix[first] ?? 0);
  const { format } = request;
  if (prefix.toString("latin1", first, first + 4) === "PK\u0003\u0004") {
    throw unknownFormat(
      request.location,
      "is a zip archive or an Excel workbook.",
      "Give a workbook the extension .xlsx, or say `--format xlsx`; unpack any other archive.",
    );
  }
  if (prefix.subarray(0, OLE.length).equals(OLE)) {
    throw unknownFormat(
      request.location,
      "is a workbook of an old Excel (.xls), or another file of an old Office.",
      "Save it anew in Excel as .xlsx.",
    );
  }
  if (format === "ldif" || (format === undefined && opener !== "[" && opener !== "{")) {
    const look = lookAtLdif(prefix, ended);
    if (look === "more") return undefined;
    if (look === "ldif" || format === "ldif") return ldifLayout(look, request);
  }
  const table = format === "csv" || format === "tsv";
  if (!table && (format !== undefined || opener === "[" || opener === "{")) {
    return jsonLayout(prefix, first, ended, request);
  }
  return tableLayout(prefix, ended, request);
}

/** How files of Office began before 2007. */
const OLE = Buffer.from("d0cf11e0a1b11ae1", "hex");

/** First byte that is no white space; -1 when there is none. */
function firstInkAt(prefix: Buffer): number {
  return prefix.findIndex((byte) => byte > 0x20 || byte === 0);
}

function tableLayout(prefix: Buffer, ended: boolean, request: LayoutRequest): Layout | undefined {
  const { format, delimiter, charset, location } = request;
  const header = readTableHeader(prefix, ended, charset, {
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(format === "tsv" ? { preferred: "\t" } : {}),
  });
  if (header === undefined) return undefined;
  if (format === undefined && !looksLikeTable(header.columns)) {
    throw unknownFormat(
      location,
      "is in no format that can be recognised.",
      "Name its format with `--format csv`, `tsv`, `json`, `ndjson` or `ldif`.",
    );
  }
  return {
    label: header.delimiter === "\t" ? "TSV" : "CSV",
    columns: header.columns,
    skippedBytes: header.bytes,
    skippedLines: header.lines,
    scanner: (start) => new CsvScanner(header, charset, start),
  };
}

function ldifLayout(look: "ldif" | "other", { charset, location }: LayoutRequest): Layout {
  if (look === "other") {
    throw unknownFormat(
      location,
      "is no LDIF: its first entry does not begin with `dn:`.",
      "Check the file, or name its format with `--format`.",
    );
  }
  const names = new AttributeNames();
  return {
    label: "LDIF",
    columns: undefined,
    skippedBytes: 0,
    skippedLines: 0,
    scanner: (start) => new LdifScanner(charset, start, names),
  };
}

/** Without an extension to go by, one column or control characters are no sign of a table. */
function looksLikeTable(columns: readonly string[]): boolean {
  return columns.length > 1 && !columns.some((name) => /\p{Cc}/u.test(name));
}

function jsonLayout(
  prefix: Buffer,
  first: number,
  ended: boolean,
  request: LayoutRequest,
): Layout | undefined {
  const { charset, location, records } = request;
  if (records !== undefined && prefix[first] === OPEN_OBJECT && request.format !== "ndjson") {
    const found = findRecords(prefix, first, records, ended);
    if (found === "more") return undefined;
    if (found !== "none") {
      return {
        label: "JSON",
        columns: undefined,
        ...found,
        scanner: (start, resumed) =>
          new JsonArrayScanner(charset, start, { resumed, path: records }),
      };
    }
  }
  switch (lookAtJson(prefix, first, ended, request.format === "ndjson")) {
    case "more":
      return undefined;
    case "array":
      return {
        label: "JSON",
        columns: undefined,
        skippedBytes: first + 1,
        skippedLines: prefix.toString("latin1", 0, first).split("\n").length - 1,
        scanner: (start, resumed) => new JsonArrayScanner(charset, start, { resumed }),
      };
    case "lines":
      return {
        label: "NDJSON",
        columns: undefined,
        skippedBytes: 0,
        skippedLines: 0,
        scanner: (start) => new NdjsonScanner(charset, start),
      };
    case "single-object":
      throw singleObject(location, records, listsIn(prefix, first));
    case "other":
      throw unknownFormat(
        location,
        "is no JSON: it begins neither with `[` nor with `{`.",
        "Check the file, or name its format with `--format`.",
      );
  }
}

function singleObject(
  location: string,
  records: string | undefined,
  lists: readonly string[],
): SourceError {
  const shown = lists.map((path) => `\`${printableName(path)}\``).join(", ");
  return unknownFormat(
    location,
    records === undefined
      ? "holds one JSON object that spans the file, not an array of user objects."
      : `has no list of records at \`${printableName(records)}\`.`,
    lists.length === 0
      ? "Give an array of user objects, or one object per line (NDJSON)."
      : `It has lists of objects at ${shown}: name one with \`--records\`.`,
  );
}

function unknownFormat(location: string, what: string, hint: string): SourceError {
  return new SourceError({
    code: "SOURCE_FORMAT_UNKNOWN",
    message: `${printableLocation(location)} ${what}`,
    hint,
  });
}

function emptyError(location: string): SourceError {
  return new SourceError({
    code: "SOURCE_UNREADABLE",
    message: `${printableLocation(location)} is empty.`,
    hint: "Check the export that should have written it.",
  });
}
