import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import type { SealKey } from "./seal-key.ts";

const KEY_BYTES = 32;
const CONTEXT = "okta-migrate sealed store v1: ";

/** The keys of one store, each for one purpose; all follow from the seal key and the store's salt. */
export interface StoreKeys {
  /** Turns folded logins and short names into row keys. */
  readonly logins: Uint8Array;
  /** Seals rows. */
  readonly rows: Uint8Array;
  /** Vouches that a short name leads to a login. */
  readonly shortNames: Uint8Array;
  /** Stands in the store, to tell a wrong key at once. */
  readonly check: Uint8Array;
}

/** Derives a store's keys (HKDF with SHA-256). @param salt of the store's own, so that no two stores share a key */
export function deriveStoreKeys(key: SealKey, salt: Uint8Array): StoreKeys {
  const derive = (purpose: string): Uint8Array =>
    new Uint8Array(hkdfSync("sha256", key.reveal(), salt, CONTEXT + purpose, KEY_BYTES));
  return {
    logins: derive("logins"),
    rows: derive("rows"),
    shortNames: derive("short names"),
    check: derive("key check"),
  };
}

/** Whether two values of 32 bytes are one; takes the same time wherever they differ. */
export function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}

/** HMAC-SHA256 over parts, kept apart by their lengths. */
export function macOf(key: Uint8Array, ...parts: readonly (string | Uint8Array)[]): Buffer {
  const mac = createHmac("sha256", key);
  for (const part of parts) {
    const bytes = typeof part === "string" ? Buffer.from(part, "utf8") : part;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    mac.update(length).update(bytes);
  }
  return mac.digest();
}
