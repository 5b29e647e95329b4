import { createHash } from "node:crypto";
import {
  oktaError,
  type ReceivedRequest,
  type StandInAnswer,
  type StandInOrg,
  startStandInOrg,
} from "./stand-in-org.ts";

/** A digest as Okta is told of it. */
export interface SentDigest {
  readonly algorithm: string;
  readonly salt?: string;
  readonly saltOrder?: string;
  readonly value: string;
}

/** A user of the org. */
export interface ThrowAwayUser {
  readonly id: string;
  readonly login: string;
  readonly profile: Readonly<Record<string, unknown>>;
  readonly password: { readonly value?: string; readonly hash?: SentDigest };
}

/** An org of a few lines that knows digests alone, worked out here by Okta's documented formula. */
export interface ThrowAwayOrg extends StandInOrg {
  readonly users: ReadonlyMap<string, ThrowAwayUser>;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Starts an org in which users are made, sign in and are deleted.
 *
 * @param instead comes before the usual answers; undefined leaves the word to them
 */
export async function startThrowAwayOrg(
  instead: (
    request: ReceivedRequest,
    users: ReadonlyMap<string, ThrowAwayUser>,
  ) => StandInAnswer | undefined,
): Promise<ThrowAwayOrg> {
  const users = new Map<string, ThrowAwayUser>();
  const org = await startStandInOrg({
    answer: (request) => instead(request, users) ?? usual(request, users),
  });
  return { ...org, users, env: { OKTA_ORG_URL: org.url, OKTA_API_TOKEN: "t" } };
}

function usual(
  { method, path, body }: ReceivedRequest,
  users: Map<string, ThrowAwayUser>,
): StandInAnswer | undefined {
  const [, key = ""] = /^\/api\/v1\/users\/([^/?]+)/.exec(path) ?? [];
  if (key !== "") {
    const name = decodeURIComponent(key);
    const user = [...users.values()].find(({ id, login }) => id === name || login === name);
    if (user === undefined) return oktaError(404, "E0000007");
    if (method === "DELETE") users.delete(user.login);
    return method === "DELETE" ? { status: 204 } : { status: 200, body: shown(user) };
  }
  if (method === "POST" && path.startsWith("/api/v1/users")) {
    const { profile, credentials } = JSON.parse(body) as {
      profile: { login: string };
      credentials: { password: ThrowAwayUser["password"] };
    };
    const id = `00u${users.size}${Date.parse(NOW)}`;
    const user = { id, login: profile.login, profile, password: credentials.password };
    users.set(user.login, user);
    return { status: 200, body: shown(user) };
  }
  if (path !== "/api/v1/authn") return undefined;
  const typed = JSON.parse(body) as { username: string; password: string };
  const user = users.get(typed.username);
  if (user === undefined || !isRight(user, typed.password)) return oktaError(401, "E0000004");
  return { status: 200, body: { status: "SUCCESS" } };
}

const NOW = "2026-11-24T00:00:00.000Z";

function shown({ id, profile }: ThrowAwayUser): object {
  return { id, status: "ACTIVE", created: NOW, profile };
}

function isRight({ password: { value, hash } }: ThrowAwayUser, typed: string): boolean {
  if (hash === undefined) return value === typed;
  const salt = Buffer.from(hash.salt ?? "", "base64");
  const parts =
    hash.saltOrder === "PREFIX" ? [salt, Buffer.from(typed)] : [Buffer.from(typed), salt];
  const name = hash.algorithm.replace("-", "").toLowerCase();
  return createHash(name).update(Buffer.concat(parts)).digest("base64") === hash.value;
}
