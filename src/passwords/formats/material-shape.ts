/** Marks of stored hashes wherever they stand in a text. Every repetition is bounded: texts are long. */
const MARKS =
  /\$2[a-z]?\$\d|\$argon2|\$(?:1|3|5|6|7|P|H|S|y|gy|apr1|sha1|md5|scrypt|NT|ml|s0|[1-9a-f][0-9a-f]{4,5})\$|\$pbkdf2|\{(?:s?sha[-\d]{0,4}|s?md5|crypt|bcrypt|scrypt|argon2|noop|nt|nthash|ntlm|clear|cleartext|plain|plaintext|sasl|(?:x-)?pbkdf2[-\w@]{0,40})\}|pbkdf2[_:]sha|\b(?:scrypt|bcrypt|argon2|sha(?:1|224|256|384|512)|md5)[:$]|\bmd5[0-9a-f]{32}\b|0x0[12]00[0-9a-f]{48}|AQAAAA[A-Za-z0-9+/]{40}/i;

/** Digests of SHA-1 and longer, whole: hexadecimal of 40 and more, base64 of 32 and 64 bytes. */
const WHOLE_DIGEST =
  /^\s*(?:0x)?(?:\*?[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128}|[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==)\s*$/i;

/** A JSON or query text that names a secret before a colon or an equals sign. */
const NAMED_SECRET =
  /(?:password|passwd|passphrase|pwd|hash|salt|pepper|secret|token|credential|private_?key|api_?key)[\w-]{0,40}\\?["']?\s{0,8}[:=]/i;

/**
 * Whether a text holds a stored hash, or a digest that may be one, by its shape alone. Errs towards
 * yes.
 */
export function holdsStoredHash(text: string): boolean {
  return MARKS.test(text) || WHOLE_DIGEST.test(text);
}

/**
 * Whether a text may hold password material: a stored hash, or a secret that it names itself, as
 * JSON text does. A clear-text password has no shape: columns of such must be known by name.
 */
export function holdsPasswordMaterial(text: string): boolean {
  return holdsStoredHash(text) || NAMED_SECRET.test(text);
}
