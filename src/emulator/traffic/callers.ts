import type { AccessServer } from "../access/access-server.ts";
import { checkToken } from "../access/check-token.ts";
import type { Permission } from "../access/permission.ts";
import { OrgRefusal } from "../org/org-refusal.ts";
import type { Call } from "../routes/call.ts";

/**
 * Who may call the API: whoever has the one static token, or an access token that the org handed out.
 *
 * @see docs/okta/access.md#tokens
 */
export class Callers {
  readonly #access: AccessServer;
  #authorizations: ReadonlySet<string | undefined>;

  constructor(token: string, access: AccessServer) {
    this.#access = access;
    this.#authorizations = authorizationsOf(token);
  }

  /** From now on another static token is good, and the old one is not. */
  replaceToken(token: string): void {
    this.#authorizations = authorizationsOf(token);
  }

  /** Whether a call comes with the static token. */
  hasStaticToken(call: Call): boolean {
    return this.#authorizations.has(call.headers.authorization);
  }

  /**
   * Lets in a call that comes without the static token, or does not.
   *
   * @throws {OrgRefusal} 401 or 403
   * @throws {OAuthRefusal} 400, 401 or 403 without a body
   */
  checkAccessToken(call: Call, permission: Permission): void {
    const { authorization } = call.headers;
    if (authorization === undefined) throw new OrgRefusal(403, "E0000005", "Invalid session");
    if (authorization.startsWith("SSWS ")) throw invalidToken();
    checkToken(this.#access, { call, permission });
  }
}

/** 401 `E0000011`. */
export function invalidToken(): OrgRefusal {
  return new OrgRefusal(401, "E0000011", "Invalid token provided");
}

function authorizationsOf(token: string): ReadonlySet<string> {
  return new Set([`SSWS ${token}`, `Bearer ${token}`]);
}
