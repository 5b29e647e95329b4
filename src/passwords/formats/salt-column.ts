import type { SourceValue } from "../../core/index.ts";
import { decodeBytes, utf8 } from "./bytes.ts";
import { malformed } from "./faults.ts";
import { isAbsent } from "./presence.ts";
import type { Beside, Fault, Presumption, SaltEncoding } from "./stored-format.ts";

const ENCODINGS = ["text", "hex", "base64", "base64url"] as const satisfies readonly SaltEncoding[];
const MAX_LENGTH = 1024;

/** The bytes of a salt that stands beside its hash, and what was presumed to read them. */
export interface SaltReading {
  readonly bytes: Uint8Array;
  readonly presumes: Presumption;
}

/**
 * Reads the salt beside a hash in every way in which it can be read, or in the one that is said.
 * A number is read as the text that it is written as.
 *
 * @returns none where there is no salt; a fault where it is not in the encoding that is said
 */
export function readSaltColumn(beside: Beside): readonly SaltReading[] | Fault {
  const { salt, saltEncoding } = beside;
  if (isAbsent(salt)) return [];
  const text = textOf(salt);
  if (text === undefined) return malformed("has a salt that is not text");
  if (text.length > MAX_LENGTH) return malformed("has a salt that is too long to be one");
  if (saltEncoding !== undefined) {
    const bytes = decodeSalt(text, saltEncoding);
    if (bytes === undefined) return malformed(`has a salt that is not ${saltEncoding}`);
    return [{ bytes, presumes: {} }];
  }
  return everyReading(text);
}

function everyReading(text: string): readonly SaltReading[] {
  const readings: SaltReading[] = [];
  for (const saltEncoding of ENCODINGS) {
    // Both alphabets of base64 give the same bytes unless they differ in the text.
    if (saltEncoding === "base64url" && !/[-_]/.test(text)) continue;
    const bytes = decodeSalt(text, saltEncoding);
    if (bytes !== undefined) readings.push({ bytes, presumes: { saltEncoding } });
  }
  const [only] = readings;
  if (readings.length === 1 && only !== undefined) return [{ ...only, presumes: {} }];
  return readings;
}

/** White space around text may be part of the salt, around an encoding it is not. */
function decodeSalt(text: string, encoding: SaltEncoding): Uint8Array | undefined {
  if (encoding === "text") return utf8(text);
  const trimmed = text.trim();
  const digits = encoding === "hex" && /^0x/i.test(trimmed) ? trimmed.slice(2) : trimmed;
  const bytes = decodeBytes(digits, encoding);
  return bytes === undefined || bytes.length === 0 ? undefined : bytes;
}

function textOf(salt: SourceValue): string | undefined {
  if (typeof salt === "string") return salt;
  return typeof salt === "number" && Number.isSafeInteger(salt) ? String(salt) : undefined;
}
