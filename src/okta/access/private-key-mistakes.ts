/** What was given in the place of a private key, and how to get at the key. */
export interface KeyFormMistake {
  readonly message: string;
  readonly hint: string;
}

const PUBLIC_HALF: KeyFormMistake = {
  message: "This is a public key; the private one is needed.",
  hint: "Take the file that was made with it. The Admin Console shows a private key only once, when it is made: without it, make a new pair there.",
};

/** Texts that are taken for private keys, by how they begin. */
const MISTAKES: readonly (readonly [RegExp, KeyFormMistake])[] = [
  [
    /^-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type:.*ENCRYPTED/m,
    {
      message: "The private key is encrypted with a passphrase.",
      hint: "Decrypt it into a file of your own: (umask 077; openssl pkey -in key.pem -out plain.pem).",
    },
  ],
  [/^-----BEGIN (?:RSA )?PUBLIC KEY-----/m, PUBLIC_HALF],
  [
    /^-----BEGIN CERTIFICATE-----/m,
    {
      message: "This is a certificate; the private key is needed.",
      hint: "Give the file that holds the private key alone.",
    },
  ],
  [
    /^-----BEGIN OPENSSH PRIVATE KEY-----/m,
    {
      message: "The private key is in the form of OpenSSH.",
      hint: "Convert a copy of it: ssh-keygen -p -m PKCS8 -f copy-of-key.",
    },
  ],
];

/** Names what was given instead of a private key; undefined where it looks like one. */
export function keyFormMistake(text: string): KeyFormMistake | undefined {
  if (text.startsWith("{")) return jwkMistake(text);
  return MISTAKES.find(([pattern]) => pattern.test(text))?.[1];
}

function jwkMistake(text: string): KeyFormMistake | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {
      message: "The private key looks like a JWK, but it is no JSON.",
      hint: "Give the whole JWK, from { to }, as the Admin Console shows it.",
    };
  }
  const keys: unknown = isObject(value) ? value["keys"] : undefined;
  if (Array.isArray(keys) && keys.length !== 1) {
    return {
      message: `There are ${keys.length} keys in the JWK set; one is needed.`,
      hint: "Give the one key that the app is to use, as a JWK of its own.",
    };
  }
  const jwk: unknown = Array.isArray(keys) ? keys[0] : value;
  return isObject(jwk) && "kty" in jwk && !("d" in jwk) ? PUBLIC_HALF : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
