import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type {
  Argon2Computation,
  Computation,
  CryptComputation,
  DigestComputation,
  FirebaseScryptComputation,
  HmacComputation,
  Pbkdf2Computation,
  PhpassComputation,
  ScryptComputation,
} from "../../formats/computation.ts";
import { NotComputableError } from "./bounds.ts";
import { checkComputation } from "./check-computation.ts";

const NONE = new Uint8Array();
const BYTES = Buffer.alloc(32, 1);
const crypt = (scheme: CryptComputation["scheme"], text: string): CryptComputation => ({
  kind: "crypt",
  preparation: [],
  scheme,
  text,
});
const BCRYPT = { kind: "bcrypt", preparation: [], version: "2b", cost: 10 } as const;
const SALT = "abcdefghijklmnopqrstuu";
const VALUE = "a".repeat(31);
const PBKDF2: Pbkdf2Computation = {
  kind: "pbkdf2",
  preparation: [],
  digest: "sha256",
  rounds: 1000,
  salt: BYTES,
  key: BYTES,
};
const DIGEST: DigestComputation = {
  kind: "digest",
  preparation: [],
  digest: "sha256",
  salted: "none",
  salt: NONE,
  rounds: 1,
  again: "digest",
  value: BYTES,
};
const HMAC: HmacComputation = {
  kind: "hmac",
  preparation: [],
  digest: "sha256",
  keyed: "salt",
  salt: BYTES,
  value: BYTES,
};
const ARGON2: Argon2Computation = {
  kind: "argon2",
  preparation: [],
  variant: "id",
  version: 19,
  memoryKib: 64,
  passes: 1,
  lanes: 1,
  salt: BYTES,
  tag: BYTES,
};
const SCRYPT: ScryptComputation = {
  kind: "scrypt",
  preparation: [],
  cost: 16,
  blockSize: 1,
  parallelization: 1,
  salt: BYTES,
  key: BYTES,
};
const FIREBASE: FirebaseScryptComputation = {
  kind: "firebase-scrypt",
  preparation: [],
  signerKey: BYTES,
  saltSeparator: NONE,
  rounds: 1,
  memCost: 1,
  salt: BYTES,
  value: BYTES,
};
const PHPASS: PhpassComputation = {
  kind: "phpass",
  preparation: [],
  digest: "md5",
  logRounds: 8,
  salt: "saltsalt",
  value: "a".repeat(22),
};

const sound: readonly Computation[] = [
  { ...BCRYPT, cost: 4, salt: SALT, value: VALUE },
  PBKDF2,
  DIGEST,
  HMAC,
  ARGON2,
  SCRYPT,
  FIREBASE,
  PHPASS,
  crypt("md5", `$1$salt$${"a".repeat(22)}`),
  crypt("sha256", `$5$rounds=1000$salt$${"a".repeat(43)}`),
  crypt("sha512", `$6$rounds=1000$salt$${"a".repeat(86)}`),
  crypt("yescrypt", `$y$j/.$ab/$${"a".repeat(43)}`),
];

const beyond: Readonly<Record<string, Computation>> = {
  "bcrypt of days": { ...BCRYPT, cost: 31, salt: SALT, value: VALUE },
  "bcrypt of no cost": { ...BCRYPT, cost: Number.NaN, salt: SALT, value: VALUE },
  "bcrypt with a broken salt": { ...BCRYPT, salt: `${SALT.slice(1)}$`, value: VALUE },
  "bcrypt without a value": { ...BCRYPT, salt: SALT, value: "" },
  "PBKDF2 of no rounds": { ...PBKDF2, rounds: 0 },
  "PBKDF2 of half a round": { ...PBKDF2, rounds: 0.5 },
  "PBKDF2 of billions of rounds": { ...PBKDF2, rounds: 4_000_000_000 },
  "PBKDF2 without a key": { ...PBKDF2, key: NONE },
  "PBKDF2 over MD4": { ...PBKDF2, digest: "md4" },
  "a digest of no value": { ...DIGEST, value: NONE },
  "a digest of billions of rounds": { ...DIGEST, rounds: 4_000_000_000 },
  "an HMAC of no value": { ...HMAC, value: NONE },
  "an HMAC over MD4": { ...HMAC, digest: "md4" },
  "Argon2 of 4 GiB": { ...ARGON2, memoryKib: 4 * 1024 * 1024 },
  "Argon2 of a million passes": { ...ARGON2, memoryKib: 65_536, passes: 1_000_000 },
  "Argon2 with less memory than lanes need": { ...ARGON2, memoryKib: 8, lanes: 2 },
  "Argon2 of an unknown version": { ...ARGON2, version: 18 },
  "Argon2 without a tag": { ...ARGON2, tag: NONE },
  "Argon2 with a short salt": { ...ARGON2, salt: BYTES.subarray(0, 7) },
  "scrypt of 4 GiB": { ...SCRYPT, cost: 2 ** 22, blockSize: 8 },
  "scrypt of endless lanes": { ...SCRYPT, cost: 2 ** 14, parallelization: 2 ** 24 },
  "scrypt of a cost that is no power of two": { ...SCRYPT, cost: 1000 },
  "scrypt without a key": { ...SCRYPT, key: NONE },
  "Firebase's scrypt of a memory cost that it has not": { ...FIREBASE, memCost: 15 },
  "Firebase's scrypt without a value": { ...FIREBASE, signerKey: NONE, value: NONE },
  "phpass of minutes": { ...PHPASS, logRounds: 30 },
  "phpass without a value": { ...PHPASS, value: "" },
  "SHA crypt of billions of rounds": crypt("sha512", `$6$rounds=999999999$salt$${"a".repeat(86)}`),
  "crypt without a value": crypt("sha256", "$5$salt$"),
  // N = 2^21, r = 32.
  "yescrypt of 8 GiB": crypt("yescrypt", `$y$jIT$ab/$${"a".repeat(43)}`),
  "yescrypt with settings that end too soon": crypt("yescrypt", `$y$j9z$ab/$${"a".repeat(43)}`),
};

describe("material that is damaged or asks for too much", () => {
  it.each(Object.keys(beyond))("is not begun: %s", (name) => {
    const computation = beyond[name];
    if (computation === undefined) throw new Error("no such computation");
    const check = (): boolean => checkComputation(computation, Buffer.from("x"));
    expect(check).toThrow(NotComputableError);
    // Nothing of the material is quoted.
    expect(check).toThrow(/^[a-zA-Z0-9' ]+ is damaged or beyond bounds$/);
  });

  it("a password that is longer than any system takes is not begun either", () => {
    expect(() => checkComputation(DIGEST, Buffer.alloc(4097))).toThrow(NotComputableError);
  });
});

describe("material that is sound", () => {
  it("is wrong for any password that is not its own, and leaves the password as it was", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...sound),
        fc.string({ unit: "binary", maxLength: 80 }),
        (computation, password) => {
          const bytes = Buffer.from(password);
          expect(checkComputation(computation, bytes)).toBe(false);
          expect(bytes).toEqual(Buffer.from(password));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("any text in the place of a crypt text is computed or refused, and matches nothing", () => {
    const marks = fc.constantFrom(
      "$1$",
      "$apr1$",
      "$5$",
      "$6$",
      "$5$rounds=",
      "$y$j",
      "$y$j45$",
      "",
    );
    const rest = fc.string({ unit: fc.constantFrom(..."./09AZaz$=j é"), maxLength: 60 });
    const schemes = fc.constantFrom("md5", "apr1", "sha256", "sha512");
    fc.assert(
      fc.property(marks, rest, schemes, (mark, tail, scheme) => {
        const text = `${mark}${tail}`;
        let isRight = false;
        try {
          isRight = checkComputation(crypt(scheme, text), Buffer.from("x"));
        } catch (error) {
          expect(error).toBeInstanceOf(NotComputableError);
        }
        expect(isRight).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
