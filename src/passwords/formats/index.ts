/*
 * passwords/formats owns the recognition of stored password hashes: what a source holds becomes the
 * shape in which Okta takes it, or an issue that says why it can't be carried. It is pure: it hashes
 * nothing and checks no password. It must never quote the material it reads, change a hash's bytes,
 * or pass on a hash that Okta would store and then never accept at a sign-in.
 */
export { readSaltedBcrypt, type SaltedBcrypt } from "./bcrypt-columns.ts";
export { HASH_FORMATS, type HashFormat, recogniseFormat } from "./carried.ts";
export { holdsPasswordMaterial, holdsStoredHash } from "./material-shape.ts";
export { isAbsent } from "./presence.ts";
export { readStoredHash } from "./read-stored-hash.ts";
