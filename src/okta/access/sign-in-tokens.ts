import type { Clock, EventSink, Secret } from "../../core/index.ts";
import { grantedSignIn } from "./granted-sign-in.ts";
import type { KeptKey } from "./kept-key.ts";
import type { KeptSignIn, SignInStore } from "./kept-sign-in.ts";
import { HOW_TO_GRANT, missingScopes, type ScopeNeeds } from "./scopes.ts";
import { signInEnded, signInLacks, signInRefused } from "./sign-in-refusals.ts";
import { TOKEN_PATH, type TokenEndpoint } from "./token-endpoint.ts";
import type { AccessToken } from "./token-keeper.ts";

/** A kept token that is over sooner is renewed before it is used. */
const LEAST_LEFT_MS = 60_000;
/** Time for another process to keep what it got. */
const SETTLING_MS = 500;

/** What was granted, and what it is to take the place of. */
interface Renewal {
  readonly signIn: KeptSignIn;
  readonly before: KeptSignIn;
}

/** What tokens of a sign-in are got with. */
export interface SignInTokensOptions {
  readonly store: SignInStore;
  readonly needs: ScopeNeeds;
  readonly endpoint: TokenEndpoint;
  readonly key: KeptKey;
  readonly clock: Clock;
  readonly events: EventSink;
  /** Ends the tokens of a sign-in at the org, as far as it can be reached soon. */
  readonly revoke: (signIn: KeptSignIn) => Promise<unknown>;
}

/**
 * Gets tokens of a kept sign-in: what is kept while it is good, then new ones by the refresh token. A
 * renewed refresh token is kept before it is used; several processes share one sign-in. One that was
 * ended or made anew while its successor was on the way is left so.
 */
export class SignInTokens {
  readonly #options: SignInTokensOptions;
  /** What was given out last: it is asked for again only when it is of no more use. */
  #given: string | undefined;
  /** Granted, and not kept yet, since it could not be written. */
  #unwritten: Renewal | undefined;
  #hasTold = false;

  constructor(options: SignInTokensOptions) {
    this.#options = options;
  }

  /**
   * Gets another token than the last one.
   *
   * @throws {OktaError} SIGN_IN_ENDED when there is none to be had without signing in again;
   *   ORG_SCOPE_NOT_GRANTED, ORG_CLIENT_REFUSED, ORG_PROOF_REFUSED; ORG_UNREACHABLE, ORG_UNAVAILABLE
   * @throws {ConfigError} SIGN_IN_UNREADABLE, SIGN_IN_EXPOSED, SIGN_IN_UNWRITABLE
   */
  mint(): Promise<AccessToken> {
    return this.#options.store.exclusively(() => this.#fromLatest());
  }

  async #fromLatest(): Promise<AccessToken> {
    const kept = await this.#latest();
    return this.#fromKept(kept) ?? (await this.#renew(kept));
  }

  async #latest(): Promise<KeptSignIn> {
    const { store, key } = this.#options;
    if (this.#unwritten !== undefined) await this.#keep(this.#unwritten);
    const kept = await store.read();
    if (kept === undefined) throw signInEnded("it is not kept on this machine any more");
    this.#checkScopes(kept.scopes);
    key.take(kept.key);
    return kept;
  }

  /** The kept token, where it is new to us and good for a while. */
  #fromKept(kept: KeptSignIn): AccessToken | undefined {
    const { accessToken, scheme, endsAtMs, refreshToken, scopes, clientId } = kept;
    const { clock } = this.#options;
    const lifetimeMs = endsAtMs - clock.wallNow();
    const value = accessToken.reveal();
    if (value === this.#given) return undefined;
    if (lifetimeMs <= (refreshToken === undefined ? 0 : LEAST_LEFT_MS)) return undefined;
    this.#given = value;
    return { value, scheme, askedAtMs: clock.now(), lifetimeMs, scopes, clientId };
  }

  async #renew(kept: KeptSignIn): Promise<AccessToken> {
    const { endpoint, key, clock, store } = this.#options;
    const { refreshToken, clientId } = kept;
    if (refreshToken === undefined) {
      throw signInEnded("its token is over, and the app may not have another");
    }
    const answer = await endpoint.ask(() => Promise.resolve(refreshForm(clientId, refreshToken)));
    if (answer.kind === "granted") {
      const renewed = grantedSignIn(kept, answer, { key, clock });
      const isKept = await this.#keep({ signIn: renewed, before: kept });
      if (!isKept) return this.#fromLatest();
      this.#given = answer.token.value;
      return { ...answer.token, scopes: renewed.scopes, clientId };
    }
    // Another process that did not wait for this one may have renewed it, and be about to keep it.
    if (answer.code === "invalid_grant") await clock.sleep(SETTLING_MS);
    const now = answer.code === "invalid_grant" ? await store.read() : undefined;
    if (now?.refreshToken !== undefined && !isOfSameGrant(now, kept)) {
      key.take(now.key);
      const token = this.#fromKept(now);
      if (token !== undefined) return token;
    }
    throw signInRefused(answer, { step: "refresh", path: TOKEN_PATH, scopes: kept.scopes });
  }

  /** @returns whether it is kept: not where somebody has logged out, or in anew, since it was asked for */
  async #keep(renewal: Renewal): Promise<boolean> {
    const { store, revoke } = this.#options;
    const { signIn, before } = renewal;
    this.#unwritten = renewal;
    const now = await store.read();
    const isToBeKept = now !== undefined && isOfSameGrant(now, before);
    if (isToBeKept) await store.write(signIn);
    this.#unwritten = undefined;
    // Where there is another one, ours may be of the same grant: to end it might end the other.
    if (now === undefined) await revoke(signIn);
    return isToBeKept;
  }

  #checkScopes(granted: readonly string[]): void {
    const { required, list } = missingScopes(this.#options.needs, granted);
    if (required.length > 0) throw signInLacks(required);
    if (list === undefined || this.#hasTold) return;
    this.#hasTold = true;
    this.#options.events.emit({
      event: "warning",
      message: `The sign-in was not granted ${list}.`,
      hint: `The run goes on without. To have it, ${HOW_TO_GRANT}; then run okta-migrate login again.`,
    });
  }
}

/** Whether nobody has used up, replaced or deleted the refresh token that the one was got by. */
function isOfSameGrant(now: KeptSignIn, before: KeptSignIn): boolean {
  return now.refreshToken?.reveal() === before.refreshToken?.reveal();
}

function refreshForm(clientId: string, refreshToken: Secret): string {
  return new URLSearchParams({
    grant_type: "refresh_token",
    refresh_token: refreshToken.reveal(),
    client_id: clientId,
  }).toString();
}
