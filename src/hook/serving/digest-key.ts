import { hkdfSync } from "node:crypto";
import { Secret } from "../../core/index.ts";

const KEY_BYTES = 32;

/** The key of the digests that stand for logins in logs: the same in all that share a secret. */
export function digestKeyOf(secret: Secret<Uint8Array>): Secret<Uint8Array> {
  const info = "okta-migrate hook log digests";
  return new Secret(new Uint8Array(hkdfSync("sha256", secret.reveal(), "", info, KEY_BYTES)));
}
