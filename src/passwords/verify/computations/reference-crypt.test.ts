import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lackOfCrypt, referenceCrypt } from "../../../../test/support/reference-crypt.ts";
import type { CryptComputation } from "../../formats/computation.ts";
import { checkComputation } from "./check-computation.ts";

const TIMES = 8;

/** Characters of `crypt(3)`'s alphabet. */
const saltOf = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(..."./09AZaz"), minLength, maxLength });

/** Passwords of all kinds, without NUL and not beyond what libxcrypt takes. */
const passwords = fc
  .oneof(
    fc.string({ unit: "grapheme", maxLength: 30 }),
    fc.string({ unit: "binary", minLength: 60, maxLength: 100 }),
    fc.constantFrom("", "Grüße", "😀😀😀", "x".repeat(72), "x".repeat(73), "é".repeat(150)),
  )
  .map((text) => text.replaceAll("\0", "x"));

const rounds = fc.option(fc.integer({ min: 1000, max: 1500 }), { nil: undefined });

/** Settings of each scheme that the system's `crypt(3)` has. */
const SETTINGS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  md5: saltOf(0, 8).map((salt) => `$1$${salt}$`),
  sha256: fc.tuple(rounds, saltOf(1, 16)).map(([count, salt]) => shaSetting("5", count, salt)),
  sha512: fc.tuple(rounds, saltOf(1, 16)).map(([count, salt]) => shaSetting("6", count, salt)),
  // 64 KiB to 1 MiB, in up to three lanes, with up to four times the reading.
  yescrypt: fc
    .record({
      settings: fc.constantFrom("j45", "j75", "j7.", "j75..", "j75./", "j75/.", "j75//", "j750./"),
      salt: fc.uint8Array({ maxLength: 32 }),
    })
    .map(({ settings, salt }) => `$y$${settings}$${littleEndian64(salt)}$`),
};

function shaSetting(mark: string, count: number | undefined, salt: string): string {
  return count === undefined ? `$${mark}$${salt}$` : `$${mark}$rounds=${count}$${salt}$`;
}

/** Written apart from the code under test. */
function littleEndian64(bytes: Uint8Array): string {
  const alphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const bits = [...bytes].map((byte) => [...byte.toString(2).padStart(8, "0")].reverse().join(""));
  const groups = bits.join("").match(/.{1,24}/g) ?? [];
  const digits = groups.flatMap((group) => group.match(/.{1,6}/g) ?? []);
  return digits
    .map((digit) => alphabet[Number.parseInt([...digit].reverse().join(""), 2)] ?? "")
    .join("");
}

describe.each(Object.entries(SETTINGS))("crypt(3) of the scheme %s", (scheme, settings) => {
  const [sample = ""] = fc.sample(settings, 1);
  const lack = lackOfCrypt(sample);

  it.skipIf(lack !== undefined)("agrees with the system's own, whatever the password", () => {
    const inputs = fc.array(fc.record({ password: passwords, setting: settings }), {
      minLength: TIMES,
      maxLength: TIMES,
    });
    fc.assert(
      fc.property(inputs, (asked) => {
        const bytes = asked.map(({ password, setting }) => ({
          password: Buffer.from(password),
          setting,
        }));
        const texts = referenceCrypt(bytes);
        for (const [index, { password }] of bytes.entries()) {
          const text = texts[index] ?? "";
          const computation = { kind: "crypt", preparation: [], scheme, text } as CryptComputation;
          expect(checkComputation(computation, password)).toBe(true);
          expect(checkComputation(computation, Buffer.from([...password, 33]))).toBe(false);
        }
      }),
      { numRuns: 3 },
    );
  });
});
