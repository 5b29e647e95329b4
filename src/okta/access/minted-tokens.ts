import { createHash } from "node:crypto";
import type { Answer } from "../answer.ts";
import { readErrorBody } from "../error-body.ts";
import type {
  AccessVerdict,
  Authorization,
  Authorizer,
  HeldToken,
  RequestLine,
} from "./authorizer.ts";
import type { DpopProofs } from "./dpop-proofs.ts";
import type { AccessToken, TokenKeeper } from "./token-keeper.ts";

/** Okta's code for a feature that the org does not have, which also comes with a 401. */
const NO_SUCH_FEATURE = "E0000015";

/**
 * Sends tokens that can be got anew, each with a proof where it is bound to a key.
 *
 * @see docs/okta/access.md#proof
 */
export class MintedTokens implements Authorizer {
  readonly #keeper: TokenKeeper;
  readonly #proofs: DpopProofs;
  /** What goes with each request for as long as the token is the same. */
  #token: AccessToken | undefined;
  #authorization: Authorization = { headers: [], secrets: [] };
  #ath = "";

  constructor(options: { readonly keeper: TokenKeeper; readonly proofs: DpopProofs }) {
    this.#keeper = options.keeper;
    this.#proofs = options.proofs;
  }

  ready(signal: AbortSignal | undefined): Promise<void> | undefined {
    return this.#keeper.ready(signal);
  }

  authorize(request: RequestLine): Authorization | undefined {
    const token = this.#keeper.current();
    if (token === undefined) return undefined;
    if (token !== this.#token) this.#take(token);
    if (token.scheme === "Bearer") return this.#authorization;
    const proof = this.#proofs.prove(request, this.#ath);
    return {
      headers: [...this.#authorization.headers, "dpop", proof],
      secrets: [...this.#authorization.secrets, proof],
    };
  }

  hear(answer: Answer, sent: Authorization): AccessVerdict {
    if (this.#proofs.hear(answer) && sent.headers.includes("dpop")) return "new-proof";
    if (answer.status !== 401 || readErrorBody(answer).code === NO_SUCH_FEATURE) return "settled";
    const [value] = sent.secrets;
    if (value !== undefined) this.#keeper.refuse(value);
    return "new-token";
  }

  held(): HeldToken | undefined {
    const token = this.#keeper.current();
    if (token === undefined) return undefined;
    const { scheme, scopes, clientId } = token;
    return {
      scheme,
      leftMs: this.#keeper.leftMs(),
      ...(scopes === undefined ? {} : { scopes }),
      ...(clientId === undefined ? {} : { clientId }),
    };
  }

  #take(token: AccessToken): void {
    const { value, scheme } = token;
    this.#token = token;
    this.#authorization = { headers: ["authorization", `${scheme} ${value}`], secrets: [value] };
    this.#ath = createHash("sha256").update(value).digest("base64url");
  }
}
