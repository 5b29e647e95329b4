import { createCipheriv, createHash, createHmac, pbkdf2Sync, scryptSync } from "node:crypto";
import type { Computation, PreparationStep } from "../../src/passwords/formats/index.ts";

const MAX_MEMORY = 2 ** 28;

/**
 * What a computation gives for a password, by Node's own OpenSSL and the documented formulas, to be
 * compared with the value that it holds; undefined for what OpenSSL does not have.
 */
export function referenceValue(computation: Computation, password: string): Buffer | undefined {
  const bytes = prepare(computation.preparation, password);
  switch (computation.kind) {
    case "digest":
      return computation.digest === "md4" ? undefined : digestOf(computation, bytes);
    case "hmac": {
      const { digest, keyed, salt } = computation;
      const [key, message] = keyed === "salt" ? [salt, bytes] : [bytes, salt];
      return createHmac(digest, key).update(message).digest();
    }
    case "pbkdf2": {
      const { digest, rounds, salt, key } = computation;
      return pbkdf2Sync(bytes, salt, rounds, key.length, digest);
    }
    case "scrypt": {
      const { cost, blockSize, parallelization, salt, key } = computation;
      const settings = { N: cost, r: blockSize, p: parallelization, maxmem: MAX_MEMORY };
      return scryptSync(bytes, salt, key.length, settings);
    }
    case "firebase-scrypt": {
      const { signerKey, saltSeparator, rounds, memCost, salt } = computation;
      const settings = { N: 2 ** memCost, r: rounds, p: 1, maxmem: MAX_MEMORY };
      const key = scryptSync(bytes, Buffer.concat([salt, saltSeparator]), 32, settings);
      return createCipheriv("aes-256-ctr", key, Buffer.alloc(16)).update(signerKey);
    }
    case "bcrypt":
    case "argon2":
    case "crypt":
    case "phpass":
      return undefined;
  }
}

/** The value that a computation's password must give. */
export function storedValue(computation: Computation): Buffer | undefined {
  if ("key" in computation) return Buffer.from(computation.key);
  if ("tag" in computation) return Buffer.from(computation.tag);
  if ("value" in computation && typeof computation.value !== "string") {
    return Buffer.from(computation.value);
  }
  return undefined;
}

function digestOf(
  { digest, salted, salt, rounds, again }: Extract<Computation, { kind: "digest" }>,
  password: Buffer,
): Buffer {
  const withSalt = (bytes: Buffer): Buffer =>
    Buffer.concat(
      salted === "prefix" ? [salt, bytes] : salted === "postfix" ? [bytes, salt] : [bytes],
    );
  let value = createHash(digest).update(withSalt(password)).digest();
  for (let round = 1; round < rounds; round += 1) {
    const input = again === "digest-and-salt" ? withSalt(value) : value;
    value = createHash(digest).update(input).digest();
  }
  return value;
}

function prepare(steps: readonly PreparationStep[], password: string): Buffer {
  let bytes: Buffer = Buffer.from(password, "utf8");
  for (const step of steps) bytes = prepareBy(step, bytes, password);
  return bytes;
}

function prepareBy(step: PreparationStep, bytes: Buffer, password: string): Buffer {
  switch (step.step) {
    case "trim":
      return Buffer.from(bytes.toString("utf8").trim());
    case "utf16le":
      return Buffer.from(password, "utf16le");
    case "prepend":
      return Buffer.concat([step.bytes, bytes]);
    case "append":
      return Buffer.concat([bytes, step.bytes]);
    case "digest":
      return Buffer.from(createHash(step.digest).update(bytes).digest(step.encoding));
    case "hmac":
      return Buffer.from(createHmac(step.digest, step.key).update(bytes).digest(step.encoding));
  }
}
