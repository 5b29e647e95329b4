import type { PasswordMaterial } from "../../core/index.ts";
import { readBcryptParts } from "./bcrypt-parts.ts";
import { hasForeignKey } from "./okta-keys.ts";
import type { StoredObject } from "./stored-format.ts";
import { malformed } from "./unusable.ts";

const KEYS = ["algorithm", "workFactor", "salt", "value", "saltOrder"];

/** Reads `{algorithm: "BCRYPT", workFactor, salt, value}`. */
export function readBcryptObject(object: StoredObject): PasswordMaterial {
  const { workFactor, salt, value } = object;
  if (hasForeignKey(object, KEYS)) return malformed("has a key that BCRYPT does not know");
  if (typeof workFactor !== "number") return malformed("is BCRYPT without a numeric workFactor");
  if (typeof salt !== "string") return malformed("is BCRYPT without a salt");
  if (typeof value !== "string") return malformed("is BCRYPT without a value");
  return readBcryptParts({ workFactor, salt, value });
}
