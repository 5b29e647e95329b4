// One hash of each kind as systems commonly set it. None has a password: every check is a wrong one,
// which takes as long as a right one.
const salt = new Uint8Array(16).fill(7);
const bytes = (length) => new Uint8Array(length).fill(1);
const BCRYPT_SALT = "abcdefghijklmnopqrstuu";
const BCRYPT_VALUE = "a".repeat(31);

export const BCRYPT_10 = {
  text: `$2b$10$${BCRYPT_SALT}${BCRYPT_VALUE}`,
  computation: bcrypt(10),
};

const digest = { kind: "digest", salted: "prefix", salt, rounds: 1, again: "digest" };
const crypt = (scheme, setting, length) => ({
  kind: "crypt",
  preparation: [],
  scheme,
  text: `${setting}${"a".repeat(length)}`,
});

/** What the table in docs/guides/size-the-hook.md shows. */
export const KINDS = [
  { name: "bcrypt 10", computation: BCRYPT_10.computation },
  { name: "bcrypt 12", computation: bcrypt(12) },
  {
    name: "PBKDF2-SHA256, 600,000 rounds (Django)",
    computation: pbkdf2("sha256", 600_000, 32),
  },
  { name: "PBKDF2-SHA512, 210,000 rounds", computation: pbkdf2("sha512", 210_000, 64) },
  {
    name: "PBKDF2-SHA512, 100,000 rounds (ASP.NET v3)",
    computation: pbkdf2("sha512", 100_000, 32),
  },
  { name: "PBKDF2-SHA1, 1,000 rounds (ASP.NET v2)", computation: pbkdf2("sha1", 1000, 32) },
  { name: "argon2id, 19 MiB, 2 passes", computation: argon2(19_456, 2, 1) },
  { name: "argon2id, 64 MiB, 3 passes, 4 lanes", computation: argon2(65_536, 3, 4) },
  {
    name: "scrypt, N 32768, r 8, p 1",
    computation: {
      kind: "scrypt",
      preparation: [],
      cost: 32_768,
      blockSize: 8,
      parallelization: 1,
      salt,
      key: bytes(64),
    },
  },
  {
    name: "Firebase's scrypt, rounds 8, mem_cost 14",
    computation: {
      kind: "firebase-scrypt",
      preparation: [],
      signerKey: bytes(64),
      saltSeparator: bytes(1),
      rounds: 8,
      memCost: 14,
      salt,
      value: bytes(64),
    },
  },
  { name: "$6$, 5,000 rounds", computation: crypt("sha512", "$6$saltsaltsaltsalt$", 86) },
  { name: "$5$, 5,000 rounds", computation: crypt("sha256", "$5$saltsaltsaltsalt$", 43) },
  { name: "$1$", computation: crypt("md5", "$1$saltsalt$", 22) },
  { name: "$y$j9T, 16 MiB", computation: crypt("yescrypt", "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$", 43) },
  { name: "phpass, 8,192 rounds", computation: phpass("md5", 13, 22) },
  { name: "Drupal 7, 32,768 rounds", computation: phpass("sha512", 15, 43) },
  {
    name: "salted SHA-256",
    computation: { ...digest, preparation: [], digest: "sha256", value: bytes(32) },
  },
  {
    name: "NTLM",
    computation: {
      ...digest,
      preparation: [{ step: "utf16le" }],
      salted: "none",
      salt: bytes(0),
      digest: "md4",
      value: bytes(16),
    },
  },
];

function bcrypt(cost) {
  const [salt, value] = [BCRYPT_SALT, BCRYPT_VALUE];
  return { kind: "bcrypt", preparation: [], version: "2b", cost, salt, value };
}

function pbkdf2(name, rounds, length) {
  return { kind: "pbkdf2", preparation: [], digest: name, rounds, salt, key: bytes(length) };
}

function argon2(memoryKib, passes, lanes) {
  const settings = { variant: "id", version: 19, memoryKib, passes, lanes };
  return { kind: "argon2", preparation: [], ...settings, salt, tag: bytes(32) };
}

function phpass(name, logRounds, length) {
  const value = "a".repeat(length);
  return { kind: "phpass", preparation: [], digest: name, logRounds, salt: "saltsalt", value };
}
