import type { SourceValue } from "../../core/index.ts";
import { readBcryptParts } from "./bcrypt-parts.ts";
import type { BcryptComputation } from "./computation.ts";
import { malformed } from "./faults.ts";
import { isAbsent } from "./presence.ts";
import type { Beside, Fault } from "./stored-format.ts";

/** Bcrypt's usual work factor, taken where neither the record nor the config names one. */
export const USUAL_WORK_FACTOR = 10;

const VALUE = /^[./A-Za-z0-9]{31}$/;
const PREFIXED_SALT = /^\$2([aby])\$(\d\d)\$(.{22})$/;

/**
 * Whether value and salt are meant to be the halves of a bcrypt hash: the value is as long as no
 * digest, or the salt says so. A salt of 22 characters alone may be that of any hash.
 */
export function areBcryptHalves(value: string, { salt, params }: Beside): boolean {
  // Parameters name another scheme.
  if (params !== undefined || isAbsent(salt) || typeof salt !== "string") return false;
  return VALUE.test(value) || PREFIXED_SALT.test(salt.trim());
}

/**
 * Reads bcrypt whose salt, perhaps with `$2b$10$` in front, stands in a column of its own.
 *
 * @see docs/okta/password-hashes.md#bcrypt
 */
export function readBcryptHalves(value: string, beside: Beside): BcryptComputation | Fault {
  if (typeof beside.salt !== "string") return malformed("has a salt that is not text");
  const given = readWorkFactor(beside.rounds);
  if (Number.isNaN(given)) return malformed("has a work factor that is no whole number");
  const salt = beside.salt.trim();
  const prefixed = PREFIXED_SALT.exec(salt);
  if (prefixed === null) {
    return readBcryptParts({ version: "2b", cost: given ?? USUAL_WORK_FACTOR, salt, value });
  }
  const cost = Number(prefixed[2]);
  if (given !== undefined && given !== cost) {
    return malformed("has two work factors, one beside it and another in its salt");
  }
  const version = prefixed[1] === "a" ? "2a" : prefixed[1] === "y" ? "2y" : "2b";
  return readBcryptParts({ version, cost, salt: prefixed[3] ?? "", value });
}

/** `undefined` when absent, `NaN` when it is no number. */
function readWorkFactor(found: SourceValue | undefined): number | undefined {
  if (isAbsent(found)) return undefined;
  if (typeof found === "number") return found;
  return typeof found === "string" && /^\s*\d{1,2}\s*$/.test(found) ? Number(found) : Number.NaN;
}
