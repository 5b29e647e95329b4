import type { Secret } from "../../core/index.ts";
import { DpopKey, type ProofSigner } from "./dpop-proofs.ts";

/** Signs proofs with the key that a sign-in is bound to, whichever that is at the moment. */
export class KeptKey implements ProofSigner {
  #kept: string | undefined;
  #key: DpopKey | undefined;

  sign(claims: object): string {
    return this.#current().sign(claims);
  }

  /** From now on signs with this key; with a new one where a sign-in is bound to none. */
  take(kept: Secret | undefined): void {
    const text = kept?.reveal();
    if (text === this.#kept) return;
    this.#kept = text;
    this.#key = kept === undefined ? undefined : new DpopKey(kept);
  }

  /** The key that is in use, to be kept. */
  export(): Secret {
    const kept = this.#current().export();
    this.#kept = kept.reveal();
    return kept;
  }

  #current(): DpopKey {
    this.#key ??= new DpopKey();
    return this.#key;
  }
}
