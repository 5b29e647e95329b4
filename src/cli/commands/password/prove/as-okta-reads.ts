import type { PasswordHash, Secret } from "../../../../core/index.ts";
import { type Reading, readStoredHash } from "../../../../passwords/formats/index.ts";

/** How an org reads the salt of SHA-256: from base64, as documented, or as the text that is sent. */
export type Sha256Salt = "decoded" | "literal";

/**
 * Reads a hash as Okta does that is sent it, from nothing but what is sent: what it computes at a
 * sign-in.
 *
 * @see docs/okta/password-hashes.md#shapes
 */
export function asOktaReads(
  hash: Secret<PasswordHash>,
  sha256Salt: Sha256Salt | undefined,
): Reading {
  const sent = hash.reveal();
  if (sha256Salt === "literal" && sent.algorithm === "SHA-256" && sent.salt !== undefined) {
    const salt = Buffer.from(sent.salt, "utf8").toString("base64");
    return readStoredHash({ ...sent, salt }, "okta");
  }
  return readStoredHash({ ...sent }, "okta");
}
