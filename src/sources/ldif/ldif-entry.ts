import type { Issue, SourceValue } from "../../core/index.ts";
import type { AttributeNames } from "../directories/attribute-names.ts";
import { readValue } from "../directories/attribute-value.ts";
import { EntryFields } from "../directories/entry-fields.ts";
import { unreadable } from "../unreadable.ts";

/** A line of LDIF with the lines that continue it. */
interface LogicalLine {
  text: string;
  /** Line of the file at which it begins. */
  readonly line: number;
}

/** An attribute, how its value is written, and the value as it stands. */
const ATTRIBUTE = /^([A-Za-z0-9][A-Za-z0-9.;_-]*):([:<]?) *([^]*)$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * Reads one entry of LDIF (RFC 2849); what is wrong with it is an issue, which never quotes it.
 *
 * @param firstLine line of the file at which it begins
 * @param names how attributes are spelled in this source
 */
export function parseLdifEntry(
  text: string,
  firstLine: number,
  names: AttributeNames,
): ReadonlyMap<string, SourceValue> | Issue {
  const entry = new EntryFields(names);
  let position = 0;
  for (const { text: content, line } of unfold(text, firstLine)) {
    if (content.startsWith("#")) continue;
    const [, name = "", mark = "", written = ""] = ATTRIBUTE.exec(content) ?? [];
    const folded = name.toLowerCase();
    if (position === 0 && folded !== "dn") return unreadable.ldifNoDn();
    if (name === "") return unreadable.ldifLine(line);
    if (position > 0 && folded === "dn") return unreadable.ldifTwoEntries(line);
    position += 1;
    if (mark === "<") return unreadable.ldifElsewhere(line);
    const bytes = mark === ":" ? decodeBase64(written) : undefined;
    if (mark === ":" && bytes === undefined) return unreadable.ldifBase64(line);
    const value = bytes === undefined ? written : readValue(name, bytes);
    if (value === undefined) return unreadable.attributeText(name);
    if (folded === "changetype") {
      if (value.trim().toLowerCase() !== "add") return unreadable.ldifChange();
    } else if (folded !== "control" || entry.fields.size > 1) {
      entry.add(folded === "dn" ? "dn" : name, value);
    }
  }
  return entry.fields;
}

/** Joins each line with those that begin with a space behind it. */
function unfold(text: string, firstLine: number): readonly LogicalLine[] {
  const lines: LogicalLine[] = [];
  let line = firstLine;
  for (const physical of text.split("\n")) {
    const content = physical.endsWith("\r") ? physical.slice(0, -1) : physical;
    const last = lines.at(-1);
    if (last !== undefined && content.startsWith(" ")) last.text += content.slice(1);
    else lines.push({ text: content, line });
    line += 1;
  }
  return lines;
}

/** Undefined when it is no base64. */
function decodeBase64(written: string): Buffer | undefined {
  const digits = written.replaceAll(" ", "");
  return BASE64.test(digits) ? Buffer.from(digits, "base64") : undefined;
}
