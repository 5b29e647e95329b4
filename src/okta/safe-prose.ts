const MAX_CHARS = 300;
/** Shorter material is too likely to be part of an innocent word. */
const MIN_SECRET_CHARS = 4;

/** A signed token as OAuth has them: it may be quoted in parts, or by another request than its own. */
const JWT = /\beyJ[\w-]{10,}(?:\.[\w-]*){0,4}/g;

/**
 * Makes the org's own words fit for the report of one record: control characters and line breaks
 * become spaces, secrets that were sent and whatever is signed are masked, 300 characters at most.
 */
export function safeProse(text: string, secrets: readonly string[]): string {
  const safe = maskSecrets(text, secrets)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]+/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim();
  if (safe.length <= MAX_CHARS) return safe;
  return `${safe.slice(0, MAX_CHARS - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** Masks secrets that were sent, should the org quote them, and whatever is signed. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  let safe = text;
  for (const secret of secrets) {
    if (secret.length < MIN_SECRET_CHARS) continue;
    safe = safe.replaceAll(secret, "[secret]").replaceAll(encodeURIComponent(secret), "[secret]");
  }
  return safe.replace(JWT, "[secret]");
}
