import { createHash, createHmac, pbkdf2Sync } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import type { SourceValue } from "../../core/index.ts";
import type { Computation, PreparationStep } from "./computation.ts";
import { FORMATS, type HashFormat, readStoredHash } from "./index.ts";
import type { Beside, StoredFormat, StoredObject } from "./stored-format.ts";

interface Vector {
  readonly format: HashFormat;
  readonly hash: SourceValue;
  readonly salt?: string;
  readonly params?: StoredObject;
  readonly password: string | null;
  readonly source: string;
  /** It holds only by the other reading of the documentation. */
  readonly conflict?: boolean;
}

const FOLDER = new URL("../../../fixtures/passwords/", import.meta.url);
/** More rounds than a unit test should wait for. */
const MANY_ROUNDS = 50_000;

const VECTORS = ["bcrypt", "pbkdf2", "exports", "okta-published"]
  .flatMap(
    (family) => JSON.parse(readFileSync(new URL(`${family}.json`, FOLDER), "utf8")) as Vector[],
  )
  .map((vector, index) => ({ ...vector, title: `${vector.format} ${index}` }));

function besideOf({ salt, params }: Vector): Beside {
  return {
    ...(salt === undefined ? {} : { salt }),
    ...(params === undefined ? {} : { params }),
  };
}

function computationOf(vector: Vector, format: HashFormat): Computation | undefined {
  const reading = readStoredHash(vector.hash, format, besideOf(vector));
  return reading.kind === "stored" ? reading.stored.computation.reveal() : undefined;
}

describe("every published hash", () => {
  it.each(VECTORS)("is read in its format, and gives no other one: $title", (vector) => {
    expect(readStoredHash(vector.hash, vector.format, besideOf(vector)).kind).not.toBe("unusable");
    const found = readStoredHash(vector.hash, "auto", besideOf(vector));
    if (found.kind === "stored") expect(found.stored.format).toBe(vector.format);
    else expect(found.kind).toBe("ambiguous");
  });

  it("tells where it is from", () => {
    const untold = VECTORS.filter(({ source }) => source.length < 10);
    expect(untold.map(({ title }) => title)).toEqual([]);
  });

  it("stands there for each format of a system of its own", () => {
    const shown = new Set(VECTORS.map(({ format }) => format));
    const marked = /^(?!bare).*(?:bcrypt|pbkdf2|aspnet|keycloak|fusionauth|auth0|okta)/;
    const missing = FORMATS.filter(({ name }) => marked.test(name) && !shown.has(name));
    expect(missing.map(({ name }) => name)).toEqual([]);
  });
});

describe("a published hash that Node can compute", () => {
  const computed = VECTORS.filter((vector) => {
    const computation = computationOf(vector, vector.format);
    if (vector.password === null || computation === undefined) return false;
    return answerOf(computation, vector.password) !== undefined;
  });

  it("is one of many", () => {
    expect(computed.length).toBeGreaterThan(40);
  });

  it.each(computed)("is that of its password, and of no other: $title", (vector) => {
    const computation = computationOf(vector, vector.format);
    if (computation === undefined || vector.password === null) throw new Error("it was read above");
    // Two of Okta's own examples take the text of the salt as it is, which no other one does.
    const isRight = vector.conflict !== true;
    expect(answerOf(computation, vector.password)).toBe(isRight);
    expect(answerOf(computation, `${vector.password}x`)).toBe(false);
  });
});

/** Whether the password is right, by Node alone; undefined for what a unit test does not compute. */
function answerOf(computation: Computation, password: string): boolean | undefined {
  const prepared = computation.preparation.reduce(prepare, Buffer.from(password));
  switch (computation.kind) {
    case "pbkdf2": {
      const { digest, rounds, salt, key } = computation;
      if (rounds > MANY_ROUNDS) return undefined;
      return pbkdf2Sync(prepared, salt, rounds, key.length, digest).equals(key);
    }
    case "digest": {
      const { digest, salted, salt, rounds, again, value } = computation;
      if (digest === "md4" || again !== "digest") return undefined;
      let bytes = Buffer.concat(salted === "prefix" ? [salt, prepared] : [prepared, salt]);
      for (let round = 0; round < rounds; round += 1) {
        bytes = createHash(digest).update(bytes).digest();
      }
      return bytes.equals(value);
    }
    case "hmac": {
      const { digest, keyed, salt, value } = computation;
      const [key, message] = keyed === "salt" ? [salt, prepared] : [prepared, salt];
      return createHmac(digest, key).update(message).digest().equals(value);
    }
    case "bcrypt":
    case "argon2":
    case "scrypt":
    case "firebase-scrypt":
    case "crypt":
    case "phpass":
      return undefined;
  }
}

function prepare(bytes: Buffer, step: PreparationStep): Buffer {
  switch (step.step) {
    case "prepend":
      return Buffer.concat([step.bytes, bytes]);
    case "append":
      return Buffer.concat([bytes, step.bytes]);
    case "utf16le":
      return Buffer.from(bytes.toString(), "utf16le");
    case "trim":
      return Buffer.from(bytes.toString().trim());
    case "digest":
      return Buffer.from(createHash(step.digest).update(bytes).digest(step.encoding));
    case "hmac":
      return Buffer.from(createHmac(step.digest, step.key).update(bytes).digest(step.encoding));
  }
}

describe("the text of a published hash", () => {
  const formats = FORMATS as readonly StoredFormat[];
  const written = VECTORS.filter(
    ({ format, hash }) =>
      typeof hash === "string" && formats.some((one) => one.name === format && "write" in one),
  );

  it.each(written)("is written again as it was read: $title", (vector) => {
    const format = formats.find(({ name }) => name === vector.format);
    const computation = computationOf(vector, vector.format);
    if (computation === undefined) return;
    const text = format?.write?.(computation);
    expect(readStoredHash(text, vector.format)).toMatchObject({ kind: "stored" });
    expect(computationOf({ ...vector, hash: text ?? "" }, vector.format)).toEqual(computation);
  });
});
