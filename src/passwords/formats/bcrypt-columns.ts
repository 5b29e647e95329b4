import type { PasswordMaterial, SourceValue } from "../../core/index.ts";
import { bcrypt } from "./bcrypt.ts";
import { readBcryptParts } from "./bcrypt-parts.ts";
import { isAbsent } from "./presence.ts";
import { malformed } from "./unusable.ts";

/** Bcrypt whose parts stand in columns of their own. */
export interface SaltedBcrypt {
  /** 31 characters; a whole `$2b$…` text is taken too, and then says everything by itself. */
  readonly value: SourceValue | undefined;
  /** 22 characters; the 29 of `$2b$10$` and salt are taken too. */
  readonly salt: SourceValue | undefined;
  /** A whole number or its text; when absent, `defaultWorkFactor` holds. */
  readonly workFactor: SourceValue | undefined;
  readonly defaultWorkFactor: number;
}

const PREFIXED_SALT = /^\$2[aby]\$(\d\d)\$(.{22})$/;

/**
 * Reads bcrypt from columns; without a value there is no material.
 *
 * @see docs/okta/password-hashes.md#bcrypt
 */
export function readSaltedBcrypt(found: SaltedBcrypt): PasswordMaterial {
  if (isAbsent(found.value)) return { kind: "none" };
  if (typeof found.value !== "string") return malformed("is not text");
  const value = found.value.trim();
  if (bcrypt.recognises(value)) return bcrypt.read(value);
  if (isAbsent(found.salt)) return malformed("has no salt beside it");
  if (typeof found.salt !== "string") return malformed("has a salt that is not text");
  const given = readWorkFactor(found.workFactor);
  if (Number.isNaN(given)) return malformed("has a work factor that is no whole number");
  const salt = found.salt.trim();
  const prefixed = PREFIXED_SALT.exec(salt);
  if (prefixed === null) {
    return readBcryptParts({ workFactor: given ?? found.defaultWorkFactor, salt, value });
  }
  const workFactor = Number(prefixed[1]);
  if (given !== undefined && given !== workFactor) {
    return malformed("has two work factors, one beside it and another in its salt");
  }
  return readBcryptParts({ workFactor, salt: prefixed[2] ?? "", value });
}

/** `undefined` when absent, `NaN` when it is no number. */
function readWorkFactor(found: SourceValue | undefined): number | undefined {
  if (isAbsent(found)) return undefined;
  if (typeof found === "number") return found;
  return typeof found === "string" && /^\s*\d{1,2}\s*$/.test(found) ? Number(found) : Number.NaN;
}
