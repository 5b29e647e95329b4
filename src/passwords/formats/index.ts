/*
 * passwords/formats owns the recognition of stored password hashes: what a source holds becomes the
 * computation that it stands for, what is described to Okta, or an issue that says why nothing can
 * be. It is pure: it hashes nothing and checks no password. It must never quote the material it
 * reads, change a hash's bytes, choose between two meanings, or describe to Okta what would never
 * match at a sign-in.
 */
export { USUAL_WORK_FACTOR } from "./bcrypt-columns.ts";
export type { Computation, PreparationStep } from "./computation.ts";
export { FORMATS, type FormatName, HASH_FORMATS, type HashFormat } from "./format-table.ts";
export { formatPage } from "./format-page.ts";
export { holdsPasswordMaterial, holdsStoredHash } from "./material-shape.ts";
export { isAbsent } from "./presence.ts";
export { materialOf, readStoredHash, recogniseFormat } from "./read-stored-hash.ts";
export type { OktaReading } from "./okta-reading.ts";
export type {
  Beside,
  Pepper,
  PepperPlace,
  Presumption,
  SaltEncoding,
  SaltOrder,
} from "./stored-format.ts";
export type { OktaDescription, Reading, StoredHash } from "./stored-hash.ts";
export { widerReadings } from "./wider-readings.ts";
