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
const MAX_MEMORY_KIB = 2 ** 20;
const MAX_PASSES = 1000;
const MAX_LANES = 255;
const MIN_KIB_A_LANE = 8;
const SALT_LENGTHS = { least: 8, most: 128 };
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
  const memoryKib = Number(oneOf(parameters, "memory"));
  const lanes = Number(oneOf(parameters, "parallelism"));
  const tagLength = Number(oneOf(parameters, "hashLength"));
  if (variant === undefined || version === undefined) {
    return malformed("is Keycloak's Argon2 without its type or version");
  }
  const isCosted = isWithin(passes, MAX_PASSES) && isWithin(lanes, MAX_LANES);
  if (!isCosted || !isWithin(memoryKib, MAX_MEMORY_KIB) || memoryKib < MIN_KIB_A_LANE * lanes) {
    return malformed("is Keycloak's Argon2 whose settings are missing or beyond reason");
  }
  if (salt === undefined || salt.length < SALT_LENGTHS.least || salt.length > SALT_LENGTHS.most) {
    return malformed("is Keycloak's Argon2 with a damaged salt");
  }
  if (tag === undefined || tag.length !== tagLength || !TAG_LENGTHS.includes(tagLength)) {
    return malformed("is Keycloak's Argon2 with a damaged value");
  }
  return { kind: "argon2", preparation: [], variant, version, memoryKib, passes, lanes, salt, tag };
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

function isWithin(value: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= 1 && value <= most;
}
