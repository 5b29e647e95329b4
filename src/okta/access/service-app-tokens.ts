import type { EventSink } from "../../core/index.ts";
import type { ServerClock } from "../server-clock.ts";
import {
  findScopes,
  HOW_TO_GRANT,
  missingScopes,
  refusesScopes,
  type ScopeNeeds,
} from "./scopes.ts";
import { type ServiceApp, signedTokenForm } from "./service-app.ts";
import { TOKEN_PATH, type TokenAnswer, type TokenEndpoint } from "./token-endpoint.ts";
import type { AccessToken } from "./token-keeper.ts";
import { scopesNotGranted, tokenRefused } from "./token-refusals.ts";

/** A clock of ours that is off by less is not to blame for a refusal. */
const TOLERATED_SKEW_MS = 30_000;

/** Gets tokens for a service app, with the most scopes that it was granted. */
export class ServiceAppTokens {
  readonly #app: ServiceApp;
  readonly #needs: ScopeNeeds;
  readonly #endpoint: TokenEndpoint;
  readonly #tokenUrl: string;
  readonly #serverClock: ServerClock;
  readonly #events: EventSink;
  /** Those that the org gave a token for; undefined before. */
  #scopes: readonly string[] | undefined;

  constructor(options: {
    readonly app: ServiceApp;
    readonly needs: ScopeNeeds;
    readonly endpoint: TokenEndpoint;
    readonly origin: string;
    readonly serverClock: ServerClock;
    readonly events: EventSink;
  }) {
    this.#app = options.app;
    this.#needs = options.needs;
    this.#endpoint = options.endpoint;
    this.#tokenUrl = `${options.origin}${TOKEN_PATH}`;
    this.#serverClock = options.serverClock;
    this.#events = options.events;
  }

  /**
   * Gets a token.
   *
   * @throws {OktaError} ORG_CLIENT_REFUSED, ORG_SCOPE_NOT_GRANTED, ORG_PROOF_REFUSED when the org
   *   gives none; ORG_UNREACHABLE, ORG_UNAVAILABLE when it does not answer
   */
  async mint(): Promise<AccessToken> {
    if (this.#scopes !== undefined) {
      const answer = await this.#ask(this.#scopes);
      if (answer.kind === "granted") {
        this.#assertRequired(answer.scopes ?? this.#scopes);
        return answer.token;
      }
      if (!refusesScopes(answer)) throw tokenRefused(answer, this.#scopes, this.#app);
      // A grant was taken back since; what is left of them is looked for.
    }
    const { answer, scopes } = await findScopes(this.#needs, (wanted) => this.#ask(wanted));
    if (answer.kind === "refused") {
      throw tokenRefused(answer, scopes.length > 0 ? scopes : this.#wanted(), this.#app);
    }
    this.#assertRequired(answer.scopes ?? scopes);
    this.#scopes = scopes;
    this.#tellMissing(answer.scopes ?? scopes);
    return answer.token;
  }

  #wanted(): readonly string[] {
    const { required, optional } = this.#needs;
    return [...required, ...optional.map(({ scope }) => scope)];
  }

  async #ask(scopes: readonly string[]): Promise<TokenAnswer> {
    const knewTheTime = this.#serverClock.offset() !== undefined;
    const makeForm = (): Promise<string> =>
      signedTokenForm(this.#app, {
        scopes,
        tokenUrl: this.#tokenUrl,
        nowS: this.#serverClock.nowS(),
      });
    const answer = await this.#endpoint.ask(makeForm);
    if (answer.kind === "granted" || answer.code !== "invalid_client" || knewTheTime) return answer;
    // The first assertion is dated by this machine's clock, the second by the org's.
    const behindMs = Math.abs(this.#serverClock.wallBehindMs() ?? 0);
    return behindMs > TOLERATED_SKEW_MS ? this.#endpoint.ask(makeForm) : answer;
  }

  #assertRequired(granted: readonly string[]): void {
    const { required } = missingScopes(this.#needs, granted);
    if (required.length > 0) throw scopesNotGranted(required);
  }

  #tellMissing(granted: readonly string[]): void {
    const { list } = missingScopes(this.#needs, granted);
    if (list === undefined) return;
    this.#events.emit({
      event: "warning",
      message: `The app was not granted ${list}.`,
      hint: `The run goes on without. To have it, ${HOW_TO_GRANT}.`,
    });
  }
}
