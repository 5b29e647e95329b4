import type { FoundUser } from "../core/index.ts";

/** Id in a create's answer; undefined when the answer holds none, so that it proves nothing. */
export function readCreatedId(body: unknown): string | undefined {
  return isObject(body) ? readId(body["id"]) : undefined;
}

/** A user as the org gives it; undefined when what we need is missing. */
export function readUser(body: unknown): FoundUser | undefined {
  if (!isObject(body)) return undefined;
  const { id, status, created, profile } = body;
  const oktaId = readId(id);
  if (oktaId === undefined || !isObject(profile) || typeof created !== "string") return undefined;
  const createdAtMs = Date.parse(created);
  const login = profile["login"];
  if (typeof login !== "string" || Number.isNaN(createdAtMs)) return undefined;
  return {
    oktaId,
    login,
    status: typeof status === "string" ? status : "",
    createdAtMs,
    profile,
  };
}

/** Ids are short and plain; anything else is no answer of an Okta org. */
function readId(value: unknown): string | undefined {
  return typeof value === "string" && /^[\w.-]{1,100}$/.test(value) ? value : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
