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
/** Attributes whose values are text by the standard (RFC 4519, RFC 2798) or Active Directory's schema. */
const TEXTS: ReadonlySet<string> = new Set(
  "c cn co company department departmentnumber displayname dn employeenumber employeetype gecos generationqualifier givenname homephone homepostaladdress initials l mail mailnickname mobile name o ou pager personaltitle postaladdress postalcode preferredlanguage roomnumber samaccountname sn st street streetaddress telephonenumber title uid userprincipalname".split(
    " ",
  ),
);
const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const DELETE = 0x7f;

/** What was found of names: the same few come with every entry. */
const known = new Map<string, boolean>();
const MAX_KNOWN = 1_000;

/** Whether an attribute holds pictures, keys or identifiers of bytes, by its name. */
export function holdsBytes(attribute: string): boolean {
  const before = known.get(attribute);
  if (before !== undefined) return before;
  const [name = "", ...options] = attribute.toLowerCase().split(";");
  const found = BYTES.has(name) || options.includes("binary");
  if (known.size < MAX_KNOWN) known.set(attribute, found);
  return found;
}

/** Whether a decoded value is text that people wrote, and not bytes that could be decoded. */
export function isText(decoded: string): boolean {
  for (let at = 0; at < decoded.length; at += 1) {
    const code = decoded.charCodeAt(at);
    if (code === DELETE || (code < SPACE && code !== TAB && code !== LF && code !== CR))
      return false;
  }
  return true;
}

/**
 * A value as it goes into a record: text where it is some, else its bytes in base64; undefined for
 * bytes in an attribute such as `sn`, where base64 would be taken for a name.
 */
export function readValue(attribute: string, bytes: Buffer): string | undefined {
  if (!holdsBytes(attribute) && isUtf8(bytes)) {
    const text = bytes.toString("utf8");
    if (isText(text)) return text;
  }
  const [name = ""] = attribute.toLowerCase().split(";");
  return TEXTS.has(name) ? undefined : bytes.toString("base64");
}
