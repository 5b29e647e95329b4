import type { Authorizer } from "./authorizer.ts";
import type { DpopProofs } from "./dpop-proofs.ts";

/**
 * Goes with requests for tokens: there is no token yet, and a proof always. An org that wants none
 * ignores it; one that wants it binds the token to the proof's key.
 *
 * @see docs/okta/access.md#proof
 */
export function authorizeByProof(proofs: DpopProofs): Authorizer {
  return {
    ready: () => undefined,
    authorize: (request) => {
      const proof = proofs.prove(request);
      return { headers: ["dpop", proof], secrets: [proof] };
    },
    hear: (answer) => (proofs.hear(answer) ? "new-proof" : "settled"),
  };
}
