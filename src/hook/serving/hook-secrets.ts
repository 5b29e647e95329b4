import { createHash, timingSafeEqual } from "node:crypto";
import { ConfigError, Secret } from "../../core/index.ts";

/** The secrets that a caller may send: one, or several while one takes the place of another. */
export type HookSecrets = Secret<readonly Uint8Array[]>;

/** What HTTP can carry in a header, without space at its ends. */
const FIT_FOR_A_HEADER = /^[\x21-\x7e]+(?:[ \t]+[\x21-\x7e]+)*$/;

/**
 * Reads the secrets as they stand in their file: one a line, space around them ignored.
 *
 * @param at the variable that names the file, for messages
 * @throws {ConfigError} HOOK_SECRET_INVALID
 */
export function parseHookSecrets(text: Secret, at: string): HookSecrets {
  const lines = text
    .reveal()
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (lines.length > 0 && lines.every((line) => FIT_FOR_A_HEADER.test(line))) {
    return new Secret(lines.map(digestOf));
  }
  throw new ConfigError({
    code: "HOOK_SECRET_INVALID",
    at,
    message:
      lines.length === 0
        ? `The file that ${at} names is empty.`
        : `The file that ${at} names has a character that no HTTP header can carry.`,
    hint: "Put the secret that Okta sends into it, one a line: openssl rand -base64 32 > hook.secret",
  });
}

/** Whether a header is one of the secrets. Takes the same time whichever it resembles, and how far. */
export function isSecret(header: string | undefined, secrets: HookSecrets): boolean {
  const given = digestOf(header ?? "");
  let fits = 0;
  for (const secret of secrets.reveal()) fits |= Number(timingSafeEqual(given, secret));
  return fits === 1;
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text, "utf8").digest();
}
