/** How the org reads what is described to it, where what is documented of it is contradicted. */
export interface OktaReading {
  /**
   * Whether the org decodes the salt of SHA-256 from base64, or takes its text as it stands.
   * Undefined: nobody found out, so that it is described as documented, with a warning.
   *
   * @see docs/okta/password-hashes.md#sha-256-salts
   */
  readonly sha256Salt?: "decoded" | "literal";
}
