import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
  sign,
} from "node:crypto";
import { Secret } from "../../core/index.ts";
import type { Answer } from "../answer.ts";
import { errorCodesOf } from "../error-body.ts";
import type { RequestLine } from "./authorizer.ts";

const PROOF_TROUBLE: ReadonlySet<string> = new Set(["use_dpop_nonce", "invalid_dpop_proof"]);

/** What signs proofs. */
export interface ProofSigner {
  /** A compact JWS of the claims. */
  sign(claims: object): string;
}

/**
 * A key pair to prove that whoever uses a token is whom it was given to. It is made anew at each start
 * and stored nowhere, unless a refresh token is bound to it: then it is kept beside that.
 *
 * @see docs/okta/access.md#proof
 */
export class DpopKey implements ProofSigner {
  readonly #privateKey: KeyObject;
  /** The proof's header, encoded: it is the same in all of them. */
  readonly #head: string;

  /**
   * @param kept as {@link DpopKey.export} gave it; a new key where absent
   * @throws {Error} when it is no such key
   */
  constructor(kept?: Secret) {
    const privateKey =
      kept === undefined
        ? generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey
        : createPrivateKey(kept.reveal());
    if (privateKey.asymmetricKeyDetails?.namedCurve !== "prime256v1") throw new Error("not P-256");
    const { kty, crv, x, y } = createPublicKey(privateKey).export({ format: "jwk" });
    this.#privateKey = privateKey;
    this.#head = encode({ typ: "dpop+jwt", alg: "ES256", jwk: { kty, crv, x, y } });
  }

  /** The private key as PEM, to be kept. */
  export(): Secret {
    return new Secret(String(this.#privateKey.export({ type: "pkcs8", format: "pem" })));
  }

  /** A compact JWS of the claims; some 30 µs. */
  sign(claims: object): string {
    const signed = `${this.#head}.${encode(claims)}`;
    const signature = sign("sha256", Buffer.from(signed), {
      key: this.#privateKey,
      dsaEncoding: "ieee-p1363",
    });
    return `${signed}.${signature.toString("base64url")}`;
  }
}

/**
 * Proofs for one of the org's two servers, that of tokens or that of the API; each has nonces of its
 * own.
 */
export class DpopProofs {
  readonly #key: ProofSigner;
  readonly #origin: string;
  readonly #nowS: () => number;
  #nonce: string | undefined;

  constructor(options: {
    readonly key: ProofSigner;
    readonly origin: string;
    /** By the org's clock, in whole seconds since 1970. */
    readonly nowS: () => number;
  }) {
    this.#key = options.key;
    this.#origin = options.origin;
    this.#nowS = options.nowS;
  }

  /**
   * A proof for one sending of one request.
   *
   * @param ath hash of the access token; absent where one is asked for
   */
  prove({ method, path }: RequestLine, ath?: string): string {
    return this.#key.sign({
      jti: randomUUID(),
      htm: method,
      htu: `${this.#origin}${provenPath(path)}`,
      iat: this.#nowS(),
      ...(ath === undefined ? {} : { ath }),
      ...(this.#nonce === undefined ? {} : { nonce: this.#nonce }),
    });
  }

  /**
   * Takes up the nonce that an answer may bring.
   *
   * @returns whether the answer refuses the proof: the next one is another, by nonce or by time
   */
  hear(answer: Answer): boolean {
    const nonce = answer.headers["dpop-nonce"];
    if (typeof nonce === "string" && /^[\x21-\x7e]{1,500}$/.test(nonce)) this.#nonce = nonce;
    if (answer.status !== 400 && answer.status !== 401) return false;
    return errorCodesOf(answer).some((code) => PROOF_TROUBLE.has(code));
  }
}

/**
 * The path as Okta compares it: without its query, and decoded once.
 *
 * @see docs/okta/access.md#proof
 */
function provenPath(path: string): string {
  const query = path.indexOf("?");
  const bare = query === -1 ? path : path.slice(0, query);
  return bare.includes("%") ? decodeURIComponent(bare) : bare;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
