import { isUtf8 } from "node:buffer";

/** Attributes whose values are bytes, even where they happen to be text. */
const BYTES: ReadonlySet<string> = new Set([
  "audio",
  "cacertificate",
  "jpegphoto",
  "logonhours",
  "ms-ds-consistencyguid",
  "msexchmailboxguid",
  "objectguid",
  "objectsid",
  "photo",
  "sidhistory",
  "thumbnaillogo",
  "thumbnailphoto",
  "usercertificate",
  "userpkcs12",
  "usersmimecertificate",
]);
const NOT_IN_TEXT = /(?![\t\n\r\u{80}-\u{9f}])\p{Cc}/u;

/** Whether an attribute holds pictures, keys or identifiers of bytes, by its name. */
export function holdsBytes(attribute: string): boolean {
  const [name = "", ...options] = attribute.toLowerCase().split(";");
  return BYTES.has(name) || options.includes("binary");
}

/** A value as it goes into a record: text where it is some, else its bytes in base64. */
export function readValue(attribute: string, bytes: Buffer): string {
  if (holdsBytes(attribute) || !isUtf8(bytes)) return bytes.toString("base64");
  const text = bytes.toString("utf8");
  return NOT_IN_TEXT.test(text) ? bytes.toString("base64") : text;
}
