import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pepperAt } from "../../../test/support/published-hashes.ts";
import { referenceValue } from "../../../test/support/reference-computation.ts";
import { composeDigest } from "./digest-readings.ts";
import { type Salting } from "./fold-pepper.ts";
import { isFault, type PepperPlace } from "./stored-format.ts";

const bytes = fc.uint8Array({ minLength: 1, maxLength: 16 });
const password = fc.oneof(fc.string({ unit: "grapheme" }), fc.constant(""), fc.constant("\0é𝄞"));
const passwordPlace = fc.constantFrom<PepperPlace>("password-prefix", "password-postfix");
const saltPlace = fc.constantFrom<PepperPlace>("salt-prefix", "salt-postfix");
const order = fc.constantFrom("prefix" as const, "postfix" as const);
const salted = fc.record({ salted: order, salt: bytes });
const unsalted = fc.constant<Salting>({ salted: "none", salt: new Uint8Array() });

/** What a system hashes that adds its pepper first and its salt then, as SHA-256. */
function bySystem(
  { salted: place, salt }: Salting,
  pepper: { readonly place: PepperPlace; readonly bytes: Uint8Array },
  text: Buffer,
): Buffer {
  const peppered = {
    "password-prefix": [pepper.bytes, text],
    "password-postfix": [text, pepper.bytes],
    "salt-prefix": [text],
    "salt-postfix": [text],
  }[pepper.place];
  const saltParts = {
    "password-prefix": [salt],
    "password-postfix": [salt],
    "salt-prefix": [pepper.bytes, salt],
    "salt-postfix": [salt, pepper.bytes],
  }[pepper.place];
  const parts = place === "prefix" ? [...saltParts, ...peppered] : [...peppered, ...saltParts];
  return createHash("sha256").update(Buffer.concat(parts)).digest();
}

function composed(salting: Salting, place: PepperPlace, pepper: Uint8Array) {
  return composeDigest(
    { digest: "sha256", value: new Uint8Array(32), salting },
    { pepper: pepperAt(place, pepper) },
  );
}

describe("a pepper of a plain digest", () => {
  it("gives what the system computed, wherever salt and pepper stand", () => {
    const cases = fc.oneof(
      fc.tuple(fc.oneof(salted, unsalted), passwordPlace),
      fc.tuple(salted, saltPlace),
    );
    fc.assert(
      fc.property(cases, bytes, password, ([salting, place], pepper, text) => {
        const computation = composed(salting, place, pepper);
        if (isFault(computation)) throw new Error("no computation");
        const expected = bySystem(salting, { place, bytes: pepper }, Buffer.from(text));
        expect(referenceValue(computation, text)?.equals(expected)).toBe(true);
      }),
    );
  });

  it.each<[Salting["salted"], PepperPlace]>([
    ["none", "password-prefix"],
    ["none", "password-postfix"],
    ["prefix", "password-prefix"],
    ["postfix", "password-postfix"],
    ["prefix", "salt-prefix"],
    ["postfix", "salt-postfix"],
  ])("goes into the salt, so that Okta can take it: salt %s, pepper %s", (place, pepper) => {
    const salt = new Uint8Array(place === "none" ? [] : [1, 2]);
    const computation = composed({ salted: place, salt }, pepper, new Uint8Array([9]));
    expect(computation).toMatchObject({ preparation: [] });
  });

  it.each<[Salting["salted"], PepperPlace]>([
    ["prefix", "password-postfix"],
    ["postfix", "password-prefix"],
  ])("stays with the password where it has the salt on its other side: %s, %s", (place, pepper) => {
    const computation = composed(
      { salted: place, salt: new Uint8Array([1]) },
      pepper,
      new Uint8Array([9]),
    );
    expect(computation).toMatchObject({
      salted: place,
      salt: new Uint8Array([1]),
      preparation: [{ bytes: new Uint8Array([9]) }],
    });
  });

  it("that stands beside a salt needs one", () => {
    const none: Salting = { salted: "none", salt: new Uint8Array() };
    expect(composed(none, "salt-prefix", new Uint8Array([9]))).toHaveProperty("fault");
  });
});
