import { plainName } from "./did-you-mean.ts";

/** Parts of a name that hint at password material or another secret, wherever they stand. */
const PARTS = [
  "password",
  "passwd",
  "passphrase",
  "passcode",
  "passwort",
  "kennwort",
  "motdepasse",
  "contrasena",
  "pwd",
  "hash",
  "salt",
  "pepper",
  "secret",
  "token",
  "credential",
  "bcrypt",
  "scrypt",
  "argon2",
  "pbkdf",
  "totp",
  "digest",
  "privatekey",
  "apikey",
  "encryptionkey",
  "signerkey",
  "recoveryanswer",
  "securityanswer",
];

/** Whole words of a name that do. */
const WORDS = new Set(["pw", "pass", "pin", "otp", "mfa", "2fa", "seed", "answer"]);

/** Whole words that do when the value looks random. */
const WEAK_WORDS = new Set([
  "key",
  "auth",
  "code",
  "verifier",
  "crypt",
  "encrypted",
  "iv",
  "nonce",
]);

/** Whether the name of a column or of a key inside one says that it holds a secret. */
export function isSecretName(name: string): boolean {
  const plain = plainName(name);
  if (PARTS.some((part) => plain.includes(part)) || plain.endsWith("pw")) return true;
  return wordsOf(name).some((word) => WORDS.has(word));
}

/** Whether a name may be that of a secret, so that a value that looks random counts as one. */
export function mayBeSecretName(name: string): boolean {
  return wordsOf(name).some((word) => WEAK_WORDS.has(word));
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/);
}
