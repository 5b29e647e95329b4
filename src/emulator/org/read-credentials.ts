import { isRecord, type JsonObject } from "./json.ts";
import { malformedBody, OrgRefusal, validationFailed } from "./org-refusal.ts";
import { hashOwn } from "./own-hash.ts";

/** Who checks a user's password. */
export type ProviderType = "OKTA" | "IMPORT" | "FEDERATION" | "SOCIAL";

/** Credentials as they are stored. */
export interface StoredCredentials {
  /** JSON of the hash in the shape in which it came; `hook`: the password import hook decides. */
  readonly password: string | undefined;
  readonly isHash: boolean;
  readonly provider: ProviderType;
  readonly recoveryQuestion: string | undefined;
}

const NONE: StoredCredentials = {
  password: undefined,
  isHash: false,
  provider: "OKTA",
  recoveryQuestion: undefined,
};
const ALGORITHMS = new Set(["BCRYPT", "SHA-512", "SHA-256", "SHA-1", "MD5", "PBKDF2"]);
const RADIX_64 = /^[./A-Za-z0-9]+$/;

/**
 * Reads `credentials` of a create or an update. A hash is checked for its shape alone: whether it
 * belongs to any password shows at the first sign-in, as with Okta.
 *
 * @param providerAllowed whether the call may name a provider (`provider=true`)
 * @throws {OrgRefusal} 400 when they can't be taken
 * @see docs/okta/password-hashes.md#shapes
 */
export function readCredentials(credentials: unknown, providerAllowed: boolean): StoredCredentials {
  if (credentials === undefined || credentials === null) return NONE;
  if (!isRecord(credentials)) throw malformedBody();
  const provider = readProvider(credentials["provider"], providerAllowed);
  const recoveryQuestion = readQuestion(credentials["recovery_question"]);
  const { password } = credentials;
  if (provider !== "OKTA") {
    if (password !== undefined || recoveryQuestion !== undefined) {
      throw validationFailed("credentials", "Users of this provider have no credentials here");
    }
    return { ...NONE, provider };
  }
  if (password === undefined || password === null) return { ...NONE, recoveryQuestion };
  if (!isRecord(password)) throw malformedBody();
  return { ...readPassword(password), recoveryQuestion };
}

function readPassword(password: JsonObject): Omit<StoredCredentials, "recoveryQuestion"> {
  const { value, hash, hook } = password;
  const given = Number(value != null) + Number(hash != null) + Number(hook != null);
  if (given !== 1) {
    throw validationFailed("password", "password: One of value, hash and hook must be given");
  }
  if (isRecord(hash)) {
    checkHash(hash);
    return { password: JSON.stringify(hash), isHash: true, provider: "IMPORT" };
  }
  if (isRecord(hook)) {
    if (hook["type"] !== "default") throw validationFailed("password", "hook: Unknown type");
    return { password: "hook", isHash: false, provider: "IMPORT" };
  }
  if (typeof value !== "string") throw malformedBody();
  if (value.length < 8) {
    const summary = "The password does not meet the complexity requirements of the policy.";
    throw new OrgRefusal(403, "E0000080", summary);
  }
  return { password: hashOwn(value), isHash: false, provider: "OKTA" };
}

function checkHash(hash: JsonObject): void {
  const { algorithm, value, salt, saltOrder } = hash;
  if (typeof algorithm !== "string" || !ALGORITHMS.has(algorithm)) throw malformedBody();
  requireThat(typeof value === "string" && value !== "", "value: The field cannot be left blank");
  if (algorithm === "BCRYPT") {
    const salted = typeof salt === "string" && salt.length === 22 && RADIX_64.test(salt);
    requireThat(salted, "salt: A salt of 22 characters is needed");
    const radix = typeof value === "string" && RADIX_64.test(value);
    requireThat(radix, "value: Only characters of radix-64 are allowed");
    requireThat(isWithin(hash["workFactor"], 1, 20), "workFactor: Must be from 1 to 20");
  } else if (algorithm === "PBKDF2") {
    requireThat(typeof salt === "string" && salt !== "", "salt: The field cannot be left blank");
    requireThat(isWithin(hash["iterationCount"], 4096), "iterationCount: Must be 4096 or more");
    requireThat(isWithin(hash["keySize"], 1), "keySize: Must be 1 or more");
    const { digestAlgorithm } = hash;
    if (digestAlgorithm !== "SHA256_HMAC" && digestAlgorithm !== "SHA512_HMAC") {
      throw malformedBody();
    }
  } else if (salt !== undefined && salt !== null) {
    requireThat(typeof salt === "string", "salt: Must be text");
    const ordered = saltOrder === "PREFIX" || saltOrder === "POSTFIX";
    requireThat(ordered, "saltOrder: Must be PREFIX or POSTFIX");
  }
}

function requireThat(holds: boolean, cause: string): void {
  if (!holds) throw validationFailed("password", `credentials.password.hash.${cause}`);
}

function isWithin(value: unknown, least: number, most = Number.MAX_SAFE_INTEGER): boolean {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}

function readProvider(provider: unknown, allowed: boolean): ProviderType {
  if (provider === undefined || provider === null) return "OKTA";
  const type = isRecord(provider) ? provider["type"] : undefined;
  if (type === "OKTA" || type === "IMPORT") return "OKTA";
  if (type !== "FEDERATION" && type !== "SOCIAL") throw malformedBody();
  if (allowed) return type;
  throw new OrgRefusal(400, "E0000063", "Invalid combination of parameters specified.");
}

function readQuestion(recovery: unknown): string | undefined {
  if (recovery === undefined || recovery === null) return undefined;
  if (!isRecord(recovery)) throw malformedBody();
  const { question, answer } = recovery;
  for (const text of [question, answer]) {
    if (typeof text !== "string" || text.length < 1 || text.length > 100) {
      throw validationFailed("recovery_question", "recovery_question: 1 to 100 characters each");
    }
  }
  return String(question);
}
