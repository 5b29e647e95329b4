import type { PasswordHash } from "../core/index.ts";
import { type HashShape, shapeLabel, shapeOf } from "../passwords/index.ts";
import type { PasswordKind } from "./invent-password.ts";

/** What one throw-away user finds out. */
export interface CanaryCase {
  readonly shape: HashShape;
  readonly password: PasswordKind;
  /** Records of the source that it stands for; undefined where none was read. */
  readonly records?: number;
}

/** A case for people. */
export function caseLabel({ shape, password }: CanaryCase): string {
  return `${shapeLabel(shape)}${KIND_LABELS[password]}`;
}

const KIND_LABELS: Readonly<Record<PasswordKind, string>> = {
  usual: "",
  accented: ", password with accents",
  long: ", password beyond 72 bytes",
};

/** Whether a salt has a second reading to be tried. @see docs/okta/password-hashes.md#shapes */
export function hasSaltConflict({ shape }: CanaryCase): boolean {
  return shape.algorithm === "SHA-256" && shape.saltOrder !== undefined;
}

/** The most users that a trial of these cases makes: with the control, and one for each second reading. */
export function mostUsers(cases: readonly CanaryCase[]): number {
  return 1 + cases.length + cases.filter(hasSaltConflict).length;
}

/** Algorithms by the names that an operator gives them; each stands for all its usual shapes. */
export const NAMED_ALGORITHMS = ["bcrypt", "sha-512", "sha-256", "sha-1", "md5", "pbkdf2"] as const;

/** A name of {@link NAMED_ALGORITHMS}. */
export type NamedAlgorithm = (typeof NAMED_ALGORITHMS)[number];

const DIGESTS = {
  "sha-512": "SHA-512",
  "sha-256": "SHA-256",
  "sha-1": "SHA-1",
  md5: "MD5",
} as const;

/** The cases of algorithms that are named: usual strengths, every place of a salt, every digest. */
export function namedCases(names: readonly NamedAlgorithm[]): readonly CanaryCase[] {
  return [...new Set(names)]
    .flatMap((name) => namedShapes(name))
    .map((shape) => ({ shape, password: "usual" }));
}

function namedShapes(name: NamedAlgorithm): readonly HashShape[] {
  if (name === "bcrypt") return [{ algorithm: "BCRYPT", workFactor: 10 }];
  if (name === "pbkdf2") {
    const algorithm = "PBKDF2";
    return [
      { algorithm, digestAlgorithm: "SHA256_HMAC", iterationCount: 100_000, keySize: 32 },
      { algorithm, digestAlgorithm: "SHA512_HMAC", iterationCount: 100_000, keySize: 64 },
    ];
  }
  const algorithm = DIGESTS[name];
  return [{ algorithm, saltOrder: "PREFIX" }, { algorithm, saltOrder: "POSTFIX" }, { algorithm }];
}

/**
 * Adds what documents leave open about bcrypt, tried with the cheapest of its cases: letters beyond
 * ASCII, in which faulty versions differ, and passwords longer than bcrypt can see.
 *
 * @see docs/okta/password-hashes.md#bcrypt
 */
export function withOddPasswords(cases: readonly CanaryCase[]): readonly CanaryCase[] {
  const cheapest = cases
    .map(({ shape }) => shape)
    .filter((shape) => shape.algorithm === "BCRYPT")
    .toSorted((left, right) => left.workFactor - right.workFactor)[0];
  if (cheapest === undefined) return cases;
  return [
    ...cases,
    { shape: cheapest, password: "accented" },
    { shape: cheapest, password: "long" },
  ];
}

/** Counts the shapes of the hashes that a source would send; keeps nothing of the hashes. */
export class ShapeTally {
  readonly #byKind = new Map<string, { shape: HashShape; records: number }>();

  /** Counts one record's hash. */
  add(hash: PasswordHash): void {
    const shape = shapeOf(hash);
    const kind = kindOf(shape);
    const known = this.#byKind.get(kind);
    if (known === undefined) {
      this.#byKind.set(kind, { shape, records: 1 });
      return;
    }
    known.records += 1;
    if (isHarder(shape, known.shape)) known.shape = shape;
  }

  /** One case for each shape, what most records have first. */
  cases(): readonly CanaryCase[] {
    return [...this.#byKind.values()]
      .toSorted((left, right) => right.records - left.records)
      .map(({ shape, records }) => ({ shape, password: "usual", records }));
  }
}

/** Rounds of PBKDF2 differ from record to record: an org that takes the most takes the others. */
function kindOf(shape: HashShape): string {
  return JSON.stringify(shape.algorithm === "PBKDF2" ? { ...shape, iterationCount: 0 } : shape);
}

function isHarder(shape: HashShape, known: HashShape): boolean {
  return (
    shape.algorithm === "PBKDF2" &&
    known.algorithm === "PBKDF2" &&
    shape.iterationCount > known.iterationCount
  );
}
