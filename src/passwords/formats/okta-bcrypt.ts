import { readBcryptParts } from "./bcrypt-parts.ts";
import type { BcryptComputation } from "./computation.ts";
import { malformed } from "./faults.ts";
import { hasForeignKey } from "./okta-keys.ts";
import type { Fault, StoredObject } from "./stored-format.ts";

const KEYS = ["algorithm", "workFactor", "salt", "value", "saltOrder"];

/** Reads `{algorithm: "BCRYPT", workFactor, salt, value}`. */
export function readBcryptObject(object: StoredObject): BcryptComputation | Fault {
  const { workFactor, salt, value } = object;
  if (hasForeignKey(object, KEYS)) return malformed("has a key that BCRYPT does not know");
  if (typeof workFactor !== "number") return malformed("is BCRYPT without a numeric workFactor");
  if (typeof salt !== "string") return malformed("is BCRYPT without a salt");
  if (typeof value !== "string") return malformed("is BCRYPT without a value");
  return readBcryptParts({ version: "2b", cost: workFactor, salt, value });
}
