import { randomBytes } from "node:crypto";

/** Bytes that nobody can foretell: fit for passwords and salts. */
export const secretRandomBytes = (count: number): Uint8Array => randomBytes(count);
