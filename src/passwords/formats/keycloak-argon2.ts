import { hasMemoryForLanes, isAffordableArgon2, isArgon2Salt } from "./argon2-limits.ts";
import type { Argon2Computation } from "./computation.ts";
import { malformed } from "./faults.ts";
import { valueAt } from "./json-object.ts";
import type { Fault, StoredObject } from "./stored-format.ts";

const VARIANTS: Readonly<Record<string, Argon2Computation["variant"]>> = {
  id: "id",
  i: "i",
  d: "d",
};
const VERSIONS: Readonly<Record<string, number>> = { "1.0": 16, "1.3": 19 };
const TAG_LENGTHS = [16, 20, 32, 64];

/** What a Keycloak credential says of Argon2. */
export interface KeycloakArgon2 {
  readonly passes: number;
  readonly salt: Uint8Array | undefined;
  readonly tag: Uint8Array | undefined;
  /** `additionalParameters`: each a list of one text. */
  readonly parameters: StoredObject | undefined;
}

/** Reads Keycloak's Argon2, within what one check may cost: at most 1 GiB and 1,000 passes. */
export function readKeycloakArgon2(found: KeycloakArgon2): Argon2Computation | Fault {
  const { passes, salt, tag, parameters } = found;
  const variant = named(VARIANTS, oneOf(parameters, "type"));
  const version = named(VERSIONS, oneOf(parameters, "version"));
  const settings = {
    memoryKib: Number(oneOf(parameters, "memory")),
    passes,
    lanes: Number(oneOf(parameters, "parallelism")),
  };
  const tagLength = Number(oneOf(parameters, "hashLength"));
  if (variant === undefined || version === undefined) {
    return malformed("is Keycloak's Argon2 without its type or version");
  }
  const isThere = Object.values(settings).every((one) => Number.isSafeInteger(one) && one >= 1);
  if (!isThere || !isAffordableArgon2(settings) || !hasMemoryForLanes(settings)) {
    return malformed("is Keycloak's Argon2 whose settings are missing or beyond reason");
  }
  if (salt === undefined || !isArgon2Salt(salt)) {
    return malformed("is Keycloak's Argon2 with a damaged salt");
  }
  if (tag === undefined || tag.length !== tagLength || !TAG_LENGTHS.includes(tagLength)) {
    return malformed("is Keycloak's Argon2 with a damaged value");
  }
  return { kind: "argon2", preparation: [], variant, version, ...settings, salt, tag };
}

function oneOf(parameters: StoredObject | undefined, key: string): string | undefined {
  const value = valueAt(parameters, key);
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  const [only] = list;
  return list.length === 1 && typeof only === "string" ? only : undefined;
}

function named<T>(names: Readonly<Record<string, T>>, name: string | undefined): T | undefined {
  return name !== undefined && Object.hasOwn(names, name) ? names[name] : undefined;
}
