import { statSync } from "node:fs";

import { ConfigError, InvariantError, type UserSource } from "../core/index.ts";
import { ByteSource } from "./byte-source.ts";
import { encodingOf } from "./bytes/charset.ts";
import { FileBytes, PipeBytes, type RawBytes } from "./bytes/raw-bytes.ts";
import { openDatabase } from "./databases/open-database.ts";
import { openDirectory } from "./directories/open-directory.ts";
import { ExcelSource } from "./excel/excel-source.ts";
import { delimiterOf, formatOfLocation, nameOfLocation } from "./format.ts";
import { PairsSource } from "./pairs-source.ts";
import type { SourceOptions } from "./source-options.ts";

/**
 * Opens a file, standard input, a database or a directory as a source of users. Nothing is read yet:
 * a file that is missing shows when its head, its fingerprint or its entries are asked for.
 *
 * @throws {ConfigError} OPTION_INVALID when the encoding or the separator is none, or an address can't
 *   be read, or has a format, an encoding or a separator beside it; SOURCE_MISSING when nothing says what to read of a database
 * @throws {SourceError} SOURCE_FORMAT_UNKNOWN for addresses of other schemes
 */
export function openSource(options: SourceOptions): UserSource {
  const server = openDatabase(options) ?? openDirectory(options);
  if (server !== undefined) {
    refuseFileOptions(options);
    return server;
  }
  const { location, encoding, delimiter } = options;
  const named = location === "-" ? undefined : formatOfLocation(location);
  const format = options.format ?? named;
  if (format === "xlsx") return openWorkbook(options);
  if (encoding !== undefined) encodingOf(encoding);
  const source = new ByteSource(rawBytes(options), {
    name: nameOfLocation(location),
    location,
    format,
    delimiter: delimiter === undefined ? undefined : delimiterOf(delimiter),
    encoding,
    records: options.records,
  });
  return options.pairs === undefined ? source : new PairsSource(source, options.pairs);
}

function openWorkbook({ location, sheet }: SourceOptions): UserSource {
  if (location !== "-" && !isPipe(location)) {
    return new ExcelSource({ name: nameOfLocation(location), location, sheet });
  }
  throw new ConfigError({
    code: "OPTION_INVALID",
    at: "[source]",
    message: "An Excel workbook can't be read from a pipe.",
    hint: "Save it to a file and name that, or pipe the sheet as CSV.",
  });
}

/** Rows and entries are no text of ours to decode: what can't be heeded is not passed over in silence. */
function refuseFileOptions({ format, encoding, delimiter }: SourceOptions): void {
  const given = Object.entries({ format, encoding, delimiter });
  const name = given.find(([, value]) => value !== undefined)?.[0];
  if (name === undefined) return;
  throw new ConfigError({
    code: "OPTION_INVALID",
    at: `--${name}`,
    message: `--${name} says how a file is read, and the source is a database or a directory.`,
    hint: "Leave it out: these say themselves how their values are written.",
  });
}

function rawBytes({ location, stdin }: SourceOptions): RawBytes {
  if (location === "-") {
    if (stdin === undefined) throw new InvariantError("standard input was not handed over");
    return new PipeBytes(location, stdin);
  }
  return isPipe(location) ? new PipeBytes(location) : new FileBytes(location);
}

/** Whether a path is a pipe, as in `import <(zcat users.csv.gz)`; what can't be told shows later. */
function isPipe(path: string): boolean {
  try {
    const stats = statSync(path);
    return !stats.isFile() && !stats.isDirectory();
  } catch {
    return false;
  }
}
