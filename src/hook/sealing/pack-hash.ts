import { Secret } from "../../core/index.ts";
import type { Computation, StoredHash } from "../../passwords/formats/index.ts";

/** What is kept of a stored hash: all that checking a password needs. */
export type KeptHash = Pick<StoredHash, "format" | "label" | "computation">;

/** Marks bytes in JSON. */
const BYTES = "$bytes";

/** A hash as bytes, in the clear. The caller seals them and fills them with zeros. */
export function packHash({ format, label, computation }: KeptHash): Buffer {
  const packed = { format, label, computation: computation.reveal() };
  return Buffer.from(JSON.stringify(packed, markBytes), "utf8");
}

/** Reads what {@link packHash} wrote, and no one else can have written. */
export function unpackHash(bytes: Buffer): KeptHash {
  const { format, label, computation } = JSON.parse(bytes.toString("utf8"), readBytes) as Pick<
    KeptHash,
    "format" | "label"
  > & { readonly computation: Computation };
  return { format, label, computation: new Secret(computation) };
}

function markBytes(this: unknown, key: string, value: unknown): unknown {
  // A Buffer has become an object of its own before it gets here.
  const found = (this as Readonly<Record<string, unknown>>)[key];
  return found instanceof Uint8Array ? { [BYTES]: Buffer.from(found).toString("base64") } : value;
}

function readBytes(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !(BYTES in value)) return value;
  return Uint8Array.from(Buffer.from(String(value[BYTES]), "base64"));
}
