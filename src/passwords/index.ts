/*
 * passwords owns what a stored password hash means: here, checking a password against any hash that
 * is known, in worker threads; against a hash in the shapes Okta takes; and making hashes in these
 * shapes for invented and for throw-away users. It must never print, store or put into an error a
 * password, a hash or a salt. Recognising and describing formats is the pure part, behind its own
 * door in formats/.
 */
export { computeHash } from "./verify/compute-hash.ts";
export { hashBcrypt } from "./verify/hash-bcrypt.ts";
export { hashForOkta, type HashingOptions, type SaltReading } from "./verify/hash-for-okta.ts";
export { type HashShape, shapeLabel, shapeOf } from "./verify/hash-shape.ts";
export { openVerifier, type VerifierOptions } from "./verify/open-verifier.ts";
export type { PasswordVerifier, Question, Verdict } from "./verify/password-verifier.ts";
export { verifyPassword } from "./verify/verify-password.ts";
