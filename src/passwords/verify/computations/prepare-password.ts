import { transcode } from "node:buffer";
import { createHmac } from "node:crypto";
import type { ByteEncoding, PreparationStep } from "../../formats/computation.ts";
import { need } from "./bounds.ts";
import { digestOf } from "./hashers.ts";
import { joinBytes } from "./join-bytes.ts";

/** What PHP's `trim` drops: space, tab, line feed, carriage return, NUL, vertical tab. */
const TRIMMED = new Set([0x20, 0x09, 0x0a, 0x0d, 0x00, 0x0b]);

/**
 * The bytes that a computation hashes in the place of the password: always new ones, which the
 * caller fills with zeros after use. The password itself is left as it is.
 */
export function preparePassword(
  password: Uint8Array,
  steps: readonly PreparationStep[],
): Uint8Array {
  let bytes = joinBytes(password);
  for (const step of steps) {
    const next = apply(step, bytes);
    bytes.fill(0);
    bytes = next;
  }
  return bytes;
}

/** One step, into bytes of its own. */
function apply(step: PreparationStep, bytes: Uint8Array): Uint8Array {
  switch (step.step) {
    case "trim":
      return trim(bytes);
    case "utf16le":
      return toUtf16(bytes);
    case "prepend":
      return joinBytes(step.bytes, bytes);
    case "append":
      return joinBytes(bytes, step.bytes);
    case "digest":
      return written(digestOf(step.digest, bytes), step.encoding);
    case "hmac":
      need(step.digest !== "md4", "the digest of an HMAC");
      return written(createHmac(step.digest, step.key).update(bytes).digest(), step.encoding);
  }
}

function trim(bytes: Uint8Array): Uint8Array {
  const isKept = (byte: number): boolean => !TRIMMED.has(byte);
  const first = bytes.findIndex(isKept);
  if (first < 0) return new Uint8Array();
  return joinBytes(bytes.subarray(first, bytes.findLastIndex(isKept) + 1));
}

/** Without a string in between, which nothing could overwrite. */
function toUtf16(bytes: Uint8Array): Uint8Array {
  return bytes.length === 0 ? new Uint8Array() : transcode(bytes, "utf8", "utf16le");
}

function written(digest: Uint8Array, encoding: ByteEncoding): Uint8Array {
  const text = Buffer.from(digest.buffer, digest.byteOffset, digest.length).toString(encoding);
  digest.fill(0);
  return new TextEncoder().encode(text);
}
