/*
 * Stands in, for the time being, for what other rooms will show at their doors: the verifier in worker
 * threads, the wider readings of a value, the reading of a record, and the secrets of hashes.
 */
import type { Clock, Secret, SourceRecord, SourceValue } from "../../../core/index.ts";
import type { Mapping, MigrationConfig } from "../../../mapping/index.ts";
import {
  type Beside,
  type Computation,
  type HashFormat,
  type Reading,
  readStoredHash,
  type StoredHash,
} from "../../../passwords/formats/index.ts";
import { verifyPassword } from "../../../passwords/index.ts";

/** As in `passwords/verify/password-verifier.ts`. */
export interface PasswordVerifier {
  verify(question: {
    readonly computation: Secret<Computation>;
    readonly password: Uint8Array;
    readonly deadlineMs?: number;
  }): Promise<"right" | "wrong" | "full" | "late" | "unable">;
  readonly load: { readonly running: number; readonly waiting: number };
  close(): Promise<void>;
}

/** Stands in for `HashSecrets` of `mapping`. */
export interface HashSecrets {
  readonly pepper?: Secret<Uint8Array>;
  readonly params?: Secret<Readonly<Record<string, SourceValue>>>;
}

/** Stands in for `config.password.settings.okta.sha256Salt`. */
export function sha256SaltOf(
  _config: MigrationConfig | undefined,
): "decoded" | "literal" | undefined {
  return undefined;
}

/** Stands in for `openVerifier` of `passwords`. */
export function openVerifier(_options: {
  readonly maxWaiting?: number;
  readonly clock: Clock;
}): PasswordVerifier {
  return {
    load: { running: 0, waiting: 0 },
    verify: async ({ computation, password }) => {
      const hash = oktaHashOf(computation.reveal());
      const text = Buffer.from(password).toString("utf8");
      password.fill(0);
      if (hash === undefined) return "unable";
      return (await verifyPassword(hash, text)) ? "right" : "wrong";
    },
    close: () => Promise.resolve(),
  };
}

/** Stands in for `widerReadings` of `passwords/formats`. */
export function widerReadings(
  found: SourceValue | undefined,
  beside: Beside,
): readonly StoredHash[] {
  if (beside.pepper !== undefined) return [];
  const reading = readStoredHash(found, "auto", beside);
  if (reading.kind === "stored") return [reading.stored];
  if (reading.kind === "ambiguous") return reading.candidates;
  return typeof found === "string" ? bareDigests(found.trim(), beside) : [];
}

/** Stands in for `readStoredHash`, which does not know bare digests yet. */
export function readAs(
  found: SourceValue | undefined,
  format: HashFormat,
  beside: Beside,
): Reading {
  const reading = readStoredHash(found, format, beside);
  if (reading.kind === "stored" || typeof found !== "string") return reading;
  const stored = bareDigests(found.trim(), beside).find(
    ({ presumes }) =>
      presumes.saltOrder === beside.saltOrder && presumes.saltEncoding === beside.saltEncoding,
  );
  return stored === undefined ? reading : { kind: "stored", stored };
}

/** Stands in for `mapping.readPassword(record)`. */
export function readPassword(mapping: Mapping, record: SourceRecord): Reading {
  const { password } = mapping.map(record).draft;
  if (password.kind === "none") return { kind: "absent" };
  if (password.kind === "hash") return readStoredHash({ ...password.hash.reveal() }, "okta");
  return { kind: "unusable", format: undefined, issue: password.issue };
}

const BARE = { 32: "MD5", 40: "SHA-1", 64: "SHA-256", 128: "SHA-512" } as const;

function bareDigests(text: string, beside: Beside): readonly StoredHash[] {
  const algorithm = BARE[text.length as keyof typeof BARE];
  if (algorithm === undefined || !/^[0-9a-f]+$/i.test(text)) return [];
  const value = Buffer.from(text, "hex").toString("base64");
  if (typeof beside.salt !== "string") return storedOf({ algorithm, value }, {});
  const { salt } = beside;
  return (["text", "hex", "base64"] as const).flatMap((saltEncoding) =>
    (["prefix", "postfix"] as const).flatMap((saltOrder) =>
      storedOf(
        {
          algorithm,
          value,
          saltOrder: saltOrder.toUpperCase(),
          salt: Buffer.from(salt, saltEncoding === "text" ? "utf8" : saltEncoding).toString(
            "base64",
          ),
        },
        { saltOrder, saltEncoding },
      ),
    ),
  );
}

function storedOf(
  hash: Readonly<Record<string, string>>,
  presumes: StoredHash["presumes"],
): readonly StoredHash[] {
  const reading = readStoredHash(hash, "okta");
  return reading.kind === "stored" ? [{ ...reading.stored, presumes }] : [];
}

function oktaHashOf(computation: Computation): Parameters<typeof verifyPassword>[0] | undefined {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
  if (computation.preparation.length > 0) return undefined;
  if (computation.kind === "bcrypt") {
    const { cost, salt, value } = computation;
    return { algorithm: "BCRYPT", workFactor: cost, salt, value };
  }
  if (computation.kind === "digest" && computation.rounds === 1) {
    const names = { md5: "MD5", sha1: "SHA-1", sha256: "SHA-256", sha512: "SHA-512" } as const;
    const algorithm = names[computation.digest as keyof typeof names];
    const value = base64(computation.value);
    if (computation.salted === "none") return { algorithm, value };
    const saltOrder = computation.salted === "prefix" ? "PREFIX" : "POSTFIX";
    return { algorithm, value, saltOrder, salt: base64(computation.salt) };
  }
  if (computation.kind === "pbkdf2") {
    return {
      algorithm: "PBKDF2",
      digestAlgorithm: computation.digest === "sha256" ? "SHA256_HMAC" : "SHA512_HMAC",
      iterationCount: computation.rounds,
      keySize: computation.key.length,
      salt: base64(computation.salt),
      value: base64(computation.key),
    };
  }
  return undefined;
}
