import type { NewCredential, NewUser, PasswordHash, UserChange } from "../core/index.ts";
import { type OrgRequest, SINGLE_BODY_BYTES } from "./transport.ts";

/** Route of creates; with `POST` it names their rate bucket. */
export const USERS_ROUTE = "/api/v1/users";
/** Route of a single user. */
export const USER_ROUTE = "/api/v1/users/{id}";

/**
 * The request that makes a user: `profile`, then `credentials`, `groupIds`, `type` and `realmId`, each
 * only where there is something to say, and `activate` always.
 *
 * @see docs/okta/create-user.md#scenarios
 */
export function createRequest(user: NewUser): OrgRequest {
  const credentials = credentialsOf(user.credential);
  return {
    method: "POST",
    route: USERS_ROUTE,
    path: user.activate ? "/api/v1/users?activate=true" : "/api/v1/users?activate=false",
    body: JSON.stringify({
      profile: user.profile,
      ...(credentials === undefined ? {} : { credentials }),
      ...(user.groupIds.length === 0 ? {} : { groupIds: user.groupIds }),
      ...(user.typeId === undefined ? {} : { type: { id: user.typeId } }),
      ...(user.realmId === undefined ? {} : { realmId: user.realmId }),
    }),
    maxBodyBytes: SINGLE_BODY_BYTES,
  };
}

/** The request that changes a user: a POST, so that attributes which it does not name are kept. */
export function updateRequest(oktaId: string, change: UserChange): OrgRequest {
  return {
    method: "POST",
    route: USER_ROUTE,
    path: `/api/v1/users/${encodeURIComponent(oktaId)}`,
    body: JSON.stringify({
      profile: change.profile,
      ...(change.hash === undefined
        ? {}
        : { credentials: { password: { hash: orderHash(change.hash.reveal()) } } }),
    }),
    maxBodyBytes: SINGLE_BODY_BYTES,
  };
}

/** Password material of a request in the words in which it is sent. */
export function secretsOf(hash: PasswordHash | undefined): readonly string[] {
  if (hash === undefined) return [];
  return hash.salt === undefined ? [hash.value] : [hash.value, hash.salt];
}

function credentialsOf(credential: NewCredential): object | undefined {
  switch (credential.kind) {
    case "none":
      return undefined;
    case "hash":
      return { password: { hash: orderHash(credential.hash.reveal()) } };
    case "hook":
      return { password: { hook: { type: "default" } } };
  }
}

/** The hash with Okta's own fields in a fixed order. @see docs/okta/password-hashes.md#shapes */
export function orderHash(hash: PasswordHash): object {
  switch (hash.algorithm) {
    case "BCRYPT":
      return {
        algorithm: hash.algorithm,
        workFactor: hash.workFactor,
        salt: hash.salt,
        value: hash.value,
      };
    case "PBKDF2":
      return {
        algorithm: hash.algorithm,
        digestAlgorithm: hash.digestAlgorithm,
        iterationCount: hash.iterationCount,
        keySize: hash.keySize,
        salt: hash.salt,
        value: hash.value,
      };
    case "SHA-512":
    case "SHA-256":
    case "SHA-1":
    case "MD5":
      return {
        algorithm: hash.algorithm,
        ...(hash.salt === undefined ? {} : { salt: hash.salt, saltOrder: hash.saltOrder }),
        value: hash.value,
      };
  }
}
