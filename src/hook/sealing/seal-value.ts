import { createCipheriv, createDecipheriv } from "node:crypto";

const ALGORITHM = "aes-256-gcm";
/** First byte of every sealed value. */
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const LEAST_BYTES = 1 + NONCE_BYTES + TAG_BYTES;
const CONTEXT = Buffer.from("okta-migrate sealed row", "utf8");

/** What a value is sealed with and for. */
export interface Sealing {
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** Key of the row that it belongs to; it can be opened as that row's only. */
  readonly row: Uint8Array;
}

/**
 * Seals a value with AES-256-GCM: version, nonce, ciphertext, tag.
 *
 * @param randomBytes fit for secrets; gives the nonce
 */
export function sealValue(
  value: Uint8Array,
  { key, row }: Sealing,
  randomBytes: (count: number) => Uint8Array,
): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(boundTo(row));
  const sealed = [cipher.update(value), cipher.final()];
  return Buffer.concat([Buffer.of(VERSION), nonce, ...sealed, cipher.getAuthTag()]);
}

/** Opens a sealed value; undefined where a bit of it, its row or its key is not what it was. */
export function openValue(sealed: Uint8Array, { key, row }: Sealing): Buffer | undefined {
  if (sealed.length < LEAST_BYTES || sealed[0] !== VERSION) return undefined;
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const body = sealed.subarray(1 + NONCE_BYTES, -TAG_BYTES);
  try {
    const opener = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
    opener.setAAD(boundTo(row)).setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([opener.update(body), opener.final()]);
  } catch {
    return undefined;
  }
}

function boundTo(row: Uint8Array): Buffer {
  return Buffer.concat([CONTEXT, Buffer.of(VERSION), row]);
}
