import type { Clock } from "../../core/index.ts";
import type { OrgCaller } from "../org-caller.ts";
import { grantedSignIn } from "./granted-sign-in.ts";
import type { KeptKey } from "./kept-key.ts";
import type { KeptSignIn } from "./kept-sign-in.ts";
import { askServer, bodyOf, isRefusal, type TokenAnswer, TokenEndpoint } from "./token-endpoint.ts";
import { readLogin, whoSignedIn } from "./who-signed-in.ts";

const INTROSPECT_PATH = "/oauth2/v1/introspect";

/** OpenID's scopes, which need no grant: who it is, and a refresh token. */
const OWN_SCOPES = ["openid", "profile", "offline_access"];

/** What a native app is made of. */
export interface NativeAppOptions {
  readonly clientId: string;
  readonly origin: string;
  /** Sends without a token, and with proofs by the key. */
  readonly caller: OrgCaller;
  readonly key: KeptKey;
  readonly clock: Clock;
}

/** The app through which a person signs in; it has no secret. */
export class NativeApp {
  readonly clientId: string;
  readonly origin: string;
  readonly caller: OrgCaller;
  readonly clock: Clock;
  readonly #endpoint: TokenEndpoint;
  readonly #key: KeptKey;

  constructor({ clientId, origin, caller, key, clock }: NativeAppOptions) {
    this.clientId = clientId;
    this.origin = origin;
    this.caller = caller;
    this.clock = clock;
    this.#endpoint = new TokenEndpoint({ caller, clock });
    this.#key = key;
  }

  /** The `scope` of a request that wants these and what every sign-in wants. */
  scopeOf(scopes: readonly string[]): string {
    return [...OWN_SCOPES, ...scopes].join(" ");
  }

  /** Asks for tokens in exchange for what somebody's sign-in gave. */
  exchange(form: Readonly<Record<string, string>>): Promise<TokenAnswer> {
    const body = new URLSearchParams({ ...form, client_id: this.clientId }).toString();
    return this.#endpoint.ask(() => Promise.resolve(body));
  }

  /** What is kept of the tokens that came. */
  async signedIn(
    granted: Extract<TokenAnswer, { kind: "granted" }>,
    scopes: readonly string[],
  ): Promise<KeptSignIn> {
    const { origin, clientId } = this;
    const { idToken, refreshToken } = granted;
    const who =
      (await whoSignedIn(idToken, { origin, clientId })) ??
      (await this.#introspect(granted.token.value));
    const secrets = [granted.token.value, refreshToken?.reveal(), idToken?.reveal()];
    // A login is shown: what quotes a token is none.
    const login = secrets.some((secret) => secret !== undefined && who?.includes(secret) === true)
      ? undefined
      : who;
    const asked = [...OWN_SCOPES, ...scopes];
    const before = { origin, clientId, login, scopes: asked, refreshToken };
    return grantedSignIn(before, granted, { key: this.#key, clock: this.clock });
  }

  /** Who a token is of, as the org says; undefined where it does not. */
  async #introspect(token: string): Promise<string | undefined> {
    const form = new URLSearchParams({
      token,
      token_type_hint: "access_token",
      client_id: this.clientId,
    }).toString();
    try {
      const answer = await askServer(this.caller, {
        path: INTROSPECT_PATH,
        makeForm: () => Promise.resolve(form),
      });
      return isRefusal(answer) ? undefined : readLogin(bodyOf(answer)["username"]);
    } catch {
      // It is for showing alone: a sign-in is not lost over it.
      return undefined;
    }
  }
}
