import { ConfigError, Secret } from "../../core/index.ts";

const KEY_BYTES = 32;
/** Standard or URL-safe base64 of 32 bytes, padded or not. */
const ENCODED_KEY = /^[A-Za-z0-9+/_-]{43}=?$/;

/** The key that opens a sealed store: 32 bytes. */
export type SealKey = Secret<Uint8Array>;

/**
 * Reads a seal key as it stands in its file or variable: 32 bytes in base64, space around it ignored.
 *
 * @param at the variable that it comes from, for messages
 * @throws {ConfigError} SEAL_KEY_INVALID
 */
export function parseSealKey(text: Secret, at: string): SealKey {
  const encoded = text.reveal().trim();
  const bytes = Buffer.from(encoded, "base64");
  if (ENCODED_KEY.test(encoded) && bytes.length === KEY_BYTES) {
    return new Secret(Uint8Array.from(bytes));
  }
  throw new ConfigError({
    code: "SEAL_KEY_INVALID",
    at,
    message: `${at} gives no seal key: it must be ${KEY_BYTES} bytes in base64 and nothing else.`,
    hint: "Make one: openssl rand -base64 32 > seal.key && chmod 600 seal.key",
  });
}
