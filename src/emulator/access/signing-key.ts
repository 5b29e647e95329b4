import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose";

const KID = "emulator-signing-key";
const ALGORITHM = "RS256";

/** The org's own key; made when it is first needed, since that takes a while. */
export class SigningKey {
  #pair: ReturnType<typeof generateKeyPair> | undefined;

  /** Signs claims as a JWT. */
  async sign(claims: JWTPayload): Promise<string> {
    const { privateKey } = await this.#made();
    return new SignJWT(claims).setProtectedHeader({ kid: KID, alg: ALGORITHM }).sign(privateKey);
  }

  /** Its public part, as it is published. */
  async publicJwk(): Promise<JWK> {
    const { publicKey } = await this.#made();
    return { ...(await exportJWK(publicKey)), kid: KID, alg: ALGORITHM, use: "sig" };
  }

  #made(): ReturnType<typeof generateKeyPair> {
    this.#pair ??= generateKeyPair(ALGORITHM, { extractable: true });
    return this.#pair;
  }
}
