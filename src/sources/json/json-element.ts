import type { Issue, SourceValue } from "../../core/index.ts";
import type { Charset } from "../bytes/charset.ts";
import { unreadable } from "../unreadable.ts";

/** Longest JSON object; it bounds what a file that is no list of users makes us hold. */
export const MAX_JSON_ELEMENT_BYTES = 16_777_216;

/** Reads one JSON object; what is wrong with it is an issue, which never quotes it. */
export function parseElement(
  bytes: Buffer,
  from: number,
  to: number,
  charset: Charset,
): ReadonlyMap<string, SourceValue> | Issue {
  const text = charset.decode(bytes, from, to);
  if (!charset.isSound(text, bytes, from, to)) return unreadable.encoding(charset.label);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return unreadable.json();
  }
  if (!isObject(value)) return unreadable.jsonNoObject();
  const fields = new Map<string, SourceValue>();
  for (const key of Object.keys(value)) fields.set(key, value[key] ?? null);
  return fields;
}

function isObject(value: unknown): value is Readonly<Record<string, SourceValue>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
