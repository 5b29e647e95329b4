import type { SourceValue } from "../../core/index.ts";
import { type FormatName, readStoredHash } from "../../passwords/formats/index.ts";
import { type DateShape, dateShapeOf } from "./date-shape.ts";
import { type Mask, maskOf } from "./mask.ts";

/** What is kept of a value: its kind and its pattern, and nothing that it says. */
export type ValueShape =
  | { readonly kind: "text"; readonly mask: Mask; readonly isNumber: boolean }
  | { readonly kind: "mail"; readonly local: Mask; readonly length: number }
  | { readonly kind: "date"; readonly date: DateShape }
  | { readonly kind: "phone"; readonly mask: Mask }
  | { readonly kind: "hex"; readonly groups: readonly number[]; readonly isUpper: boolean }
  | { readonly kind: "locale"; readonly separator: string }
  | { readonly kind: "zone" }
  | { readonly kind: "url"; readonly scheme: string; readonly length: number }
  | { readonly kind: "hash"; readonly format: FormatName; readonly isObject: boolean }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "list"; readonly elements: readonly ValueShape[] }
  | { readonly kind: "object"; readonly entries: readonly (readonly [string, ValueShape])[] };

/** What a column's name says of its values. */
export interface NameHints {
  readonly isPassword: boolean;
  readonly isPhone: boolean;
}

const MAIL = /^[^\s@"<>]{1,200}@[^\s@"<>]+\.[^\s@"<>]+$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const HEX = /^[0-9a-f]{16,128}$/i;
const PHONE = /^\+?[\d(][\d ()./-]{4,28}\d$/;
const LOCALE = /^[a-z]{2}([_-])[A-Z]{2}$/;
const ZONE =
  /^(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc)\/[\w/+-]+$/;
const URL = /^(https?:\/\/)[^\s]+$/i;
/** How stored hashes begin that a mark tells. */
const MARKED =
  /^(?:[$*{]|U\$|AQAAAA|0x0[12]00|(?:md5|sha\d+|pbkdf2|bcrypt|scrypt|argon2)[\w]*[$:])/;
/** Formats that nothing but their length tells. */
const BARE: ReadonlySet<FormatName> = new Set<FormatName>([
  "md5",
  "sha1",
  "sha224",
  "sha256",
  "sha384",
  "sha512",
  "ntlm",
  "aspnet-identity-v2",
]);
const MAX_ELEMENTS = 20;
const MAX_KEYS = 50;
const MAX_DEPTH = 6;

/** What the name of a column says. */
export function hintsOf(column: string): NameHints {
  return {
    isPassword: /passw|pwd|passphrase|hash|digest|credential|secret/i.test(column),
    isPhone: /phone|mobile|cell|tel|fax/i.test(column),
  };
}

/** The shape of a value that is there. */
export function shapeOfValue(value: SourceValue, hints: NameHints, depth = 0): ValueShape {
  if (typeof value === "boolean") return { kind: "boolean", value };
  if (typeof value === "object" && value !== null) return shapeOfNested(value, hints, depth);
  const isNumber = typeof value === "number";
  const text = value === null ? "" : String(value);
  return (isNumber ? undefined : shapeOfText(text, hints)) ?? plainShape(text, isNumber);
}

/** The pattern of a text, whatever it may be. */
export function plainShape(text: string, isNumber: boolean): ValueShape {
  return { kind: "text", mask: maskOf(text), isNumber };
}

function shapeOfText(text: string, hints: NameHints): ValueShape | undefined {
  const hash = hashShape(text, hints);
  if (hash !== undefined) return hash;
  if (MAIL.test(text)) {
    return { kind: "mail", local: maskOf(text.slice(0, text.indexOf("@"))), length: text.length };
  }
  const date = dateShapeOf(text);
  if (date !== undefined) return { kind: "date", date };
  if (UUID.test(text) || (HEX.test(text) && /[a-f]/i.test(text))) {
    const groups = text.split("-").map((group) => group.length);
    return { kind: "hex", groups, isUpper: /[A-F]/.test(text) };
  }
  if (PHONE.test(text) && (text.startsWith("+") || hints.isPhone)) {
    return { kind: "phone", mask: maskOf(text) };
  }
  const separator = LOCALE.exec(text)?.[1];
  if (separator !== undefined) return { kind: "locale", separator };
  if (ZONE.test(text)) return { kind: "zone" };
  const scheme = URL.exec(text)?.[1];
  return scheme === undefined ? undefined : { kind: "url", scheme, length: text.length };
}

function hashShape(value: SourceValue, { isPassword }: NameHints): ValueShape | undefined {
  const isObject = typeof value !== "string";
  if (isObject ? !isPassword : !isPassword && !MARKED.test(value)) return undefined;
  const reading = readStoredHash(value, "auto");
  const format =
    reading.kind === "stored"
      ? reading.stored.format
      : reading.kind === "ambiguous"
        ? reading.candidates[0]?.format
        : undefined;
  if (format === undefined || (BARE.has(format) && !isPassword)) return undefined;
  return { kind: "hash", format, isObject };
}

function shapeOfNested(value: SourceValue & object, hints: NameHints, depth: number): ValueShape {
  const hash = hashShape(value, hints);
  if (hash !== undefined) return hash;
  const inner = (one: SourceValue) =>
    depth >= MAX_DEPTH ? plainShape("", false) : shapeOfValue(one, hints, depth + 1);
  if (Array.isArray(value)) {
    const elements = value as readonly SourceValue[];
    return { kind: "list", elements: elements.slice(0, MAX_ELEMENTS).map(inner) };
  }
  const entries = Object.entries(value as Readonly<Record<string, SourceValue>>);
  return {
    kind: "object",
    entries: entries
      .slice(0, MAX_KEYS)
      .map(([key, one], index) => [keyOf(key, index), inner(one)] as const),
  };
}

/** A key is a name like a column's; one that may be a value is replaced. */
function keyOf(key: string, index: number): string {
  return /^[A-Za-z_]{1,40}$/.test(key) ? key : `key${index + 1}`;
}
