import type { Issue } from "../core/index.ts";
import { printableName } from "./printable-name.ts";

/** What to do about bytes that are no text in the encoding taken. */
export const ENCODING_HINT =
  "Save the file as UTF-8, or name its encoding, for example with `--encoding latin1` or `utf16le`.";

/** Why a record of the source could not be read. None of them quotes the record. */
export const unreadable = {
  quoteOpen: (): Issue => ({
    code: "UNREADABLE_QUOTE_OPEN",
    reason: "A quote opens a value of this record and is not closed where the value ends.",
    hint: "Close the quote, or write the value in quotes with each quote inside it doubled.",
  }),
  textAfterQuote: (): Issue => ({
    code: "UNREADABLE_TEXT_AFTER_QUOTE",
    reason: "Text follows the quote that closes a value.",
    hint: "Double each quote that belongs to a quoted value, or remove the text after it.",
  }),
  fieldCount: (found: string, wanted: number, lines: number): Issue => ({
    code: "UNREADABLE_FIELD_COUNT",
    reason: `The record has ${found} where the header names ${wanted}.`,
    hint:
      lines > 1
        ? "Its quoted value runs over several lines: look for a quote that is not closed on the first."
        : "Add what is missing, or write a value that holds the separator in quotes.",
  }),
  lineTooLong: (maxBytes: number): Issue => ({
    code: "UNREADABLE_TOO_LONG",
    reason: `The record is longer than ${maxBytes / 1_048_576} MiB.`,
    hint: "Remove what no user record needs, such as pictures, from it.",
  }),
  encoding: (label: string): Issue => ({
    code: "UNREADABLE_ENCODING",
    reason: `The record holds bytes that are no ${label} text.`,
    hint: ENCODING_HINT,
  }),
  databaseText: (): Issue => ({
    code: "UNREADABLE_ENCODING",
    reason: "The row holds bytes in a text column that are no text in the database's encoding.",
    hint: "Mend the row in the database, or leave the column out of the query.",
  }),
  attributeText: (attribute: string): Issue => ({
    code: "UNREADABLE_ENCODING",
    reason: `The attribute ${printableName(attribute)} holds bytes that are no UTF-8 text.`,
    hint: "Mend the value in the directory.",
  }),
  json: (): Issue => ({
    code: "UNREADABLE_JSON",
    reason: "The record is not valid JSON.",
    hint: "Write it as one JSON object.",
  }),
  jsonNoObject: (): Issue => ({
    code: "UNREADABLE_JSON",
    reason: "The record is JSON, but no object.",
    hint: "Write it as one JSON object with an attribute a key.",
  }),
  jsonRestLost: (): Issue => ({
    code: "UNREADABLE_JSON",
    reason: "The element that opens here is broken, and nothing that follows it could be read.",
    hint: "Mend the element; with one object per line (NDJSON) a broken one costs only itself.",
  }),
  jsonElementMissing: (): Issue => ({
    code: "UNREADABLE_JSON",
    reason: "A comma of the array has no element after or before it.",
    hint: "Remove the comma, or put back the element that is missing.",
  }),
  jsonArrayOpen: (): Issue => ({
    code: "UNREADABLE_JSON",
    reason: "The file ends before its array is closed: it may have been cut short.",
    hint: "Get the whole file again, or close the array with `]` when nothing is missing.",
  }),
  jsonObjectOpen: (): Issue => ({
    code: "UNREADABLE_JSON",
    reason:
      "The file ends before the object around its list is closed: it may have been cut short.",
    hint: "Get the whole file again, or close the object with `}` when nothing is missing.",
  }),
  jsonTrailing: (): Issue => ({
    code: "UNREADABLE_JSON",
    reason: "Something follows the end of the array and was not read.",
    hint: "Put all records into one array, or write one object per line (NDJSON).",
  }),
  ldifNoDn: (): Issue => ({
    code: "UNREADABLE_LDIF",
    reason: "The entry does not begin with its distinguished name (`dn:`).",
    hint: "Put its `dn:` first, or remove the empty line that cuts it off from what stands above.",
  }),
  ldifTwoEntries: (line: number): Issue => ({
    code: "UNREADABLE_LDIF",
    reason: `Another \`dn:\` stands inside the entry, in line ${line}.`,
    hint: "Put an empty line between the two entries.",
  }),
  ldifLine: (line: number): Issue => ({
    code: "UNREADABLE_LDIF",
    reason: `Line ${line} of the entry is no attribute with its value, and continues none.`,
    hint: "Begin it with the attribute and a colon, or with a space where it continues the line above.",
  }),
  ldifBase64: (line: number): Issue => ({
    code: "UNREADABLE_LDIF",
    reason: `The value after \`::\` in line ${line} is no base64.`,
    hint: "Export the entry again; each line that continues the value begins with a space.",
  }),
  ldifElsewhere: (line: number): Issue => ({
    code: "UNREADABLE_LDIF",
    reason: `A value stands in another file, which line ${line} names (\`:<\`). Such files are not read.`,
    hint: "Export the entry with its values in it, or remove the line.",
  }),
  ldifChange: (): Issue => ({
    code: "UNREADABLE_LDIF",
    reason: "This is the change of an entry, and not an entry (`changetype` is not `add`).",
    hint: "Export the entries as they are, for example with `ldapsearch` or `slapcat`.",
  }),
  ldifCutShort: (code: string): Issue => ({
    code: "UNREADABLE_LDIF",
    reason: `The search that wrote the file ended with LDAP error ${code}: entries are missing.`,
    hint: "Export again, with a sign-in that may read all entries, or in pages (`ldapsearch -E pr=500/noprompt`).",
  }),
} as const;
