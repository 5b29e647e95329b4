import { createHash, generateKeyPairSync, type KeyObject } from "node:crypto";
import { EmbeddedJWK, type JWTVerifyResult, calculateJwkThumbprint, jwtVerify } from "jose";
import { createServiceApp, type ScopeNeeds, type ServiceApp } from "../../src/okta/index.ts";
import {
  json,
  oktaError,
  type Reply,
  type SeenRequest,
  type StandIn,
} from "./okta-client-stand-in.ts";

const TOKEN_PATH = "/oauth2/v1/token";
const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const CLIENT_ID = "0oaServiceApp1";
const PROOF_AGE_S = 300;

/** Keys of the app; made once, since an RSA key takes its time. */
const APP_KEYS = generateKeyPairSync("rsa", { modulusLength: 2048 });
/** The private key, as the tests look for it in what must not hold it. */
export const APP_KEY_PEM = String(APP_KEYS.privateKey.export({ type: "pkcs8", format: "pem" }));

/** The app that the stand-in knows. */
export function theApp(): Promise<ServiceApp> {
  const key = { text: APP_KEY_PEM, at: "key.pem", keyId: "key-1" };
  return createServiceApp({ clientId: CLIENT_ID, at: "OKTA_CLIENT_ID", key });
}

/** Needs of two scopes, one of them to be done without. */
export const NEEDS: ScopeNeeds = {
  required: ["okta.users.manage"],
  optional: [{ scope: "okta.inlineHooks.read", without: "hooks are not seen" }],
};

/** What an authorization server is to be like. */
export interface ServerOptions {
  /** Whether the app must prove possession. */
  dpop: boolean;
  granted: readonly string[];
  lifetimeS: number;
  /** By its own clock. */
  readonly nowMs: () => number;
  /** Answers instead of a token, in order. */
  readonly instead: Reply[];
  /** Whether the API asks for nonces as well. */
  apiNonces: boolean;
}

interface Issued {
  readonly scopes: readonly string[];
  readonly endsAtMs: number;
  readonly thumbprint: string | undefined;
}

/** An org's two servers, that of tokens and that of its API, as strict as Okta says it is. */
export class OrgServers {
  readonly options: ServerOptions;
  /** What was wrong with requests; empty at the end of a good test. */
  readonly complaints: string[] = [];
  readonly #issued = new Map<string, Issued>();
  readonly #ids = new Set<string>();
  readonly #publicKey: KeyObject = APP_KEYS.publicKey;
  #nonces = 0;

  constructor(options: Partial<ServerOptions> & Pick<ServerOptions, "nowMs">) {
    this.options = {
      dpop: true,
      granted: ["okta.users.manage", "okta.inlineHooks.read"],
      lifetimeS: 3600,
      instead: [],
      apiNonces: false,
      ...options,
    };
  }

  /** Tokens that were given out. */
  get tokens(): readonly string[] {
    return [...this.#issued.keys()];
  }

  /** Takes back all tokens. */
  revoke(): void {
    this.#issued.clear();
  }

  /** From now on only the next nonce is taken. */
  renewNonce(): void {
    this.#nonces += 1;
  }

  /** Answers for a stand-in. */
  answer(standIn: () => StandIn): Reply {
    return (response, seen) => {
      response.setHeader("date", new Date(this.options.nowMs()).toUTCString());
      const url = `${standIn().url}${seen.url.split("?")[0] ?? ""}`;
      void (seen.url === TOKEN_PATH ? this.#giveToken(seen, url) : this.#serve(seen, url)).then(
        (reply) => reply(response, seen),
      );
    };
  }

  async #giveToken(seen: SeenRequest, url: string): Promise<Reply> {
    const instead = this.options.instead.shift();
    if (instead !== undefined) return instead;
    if (seen.headers.authorization !== undefined) this.complaints.push("authorization");
    const form = new URLSearchParams(seen.body);
    const expected = ["client_assertion", "client_assertion_type", "grant_type", "scope"];
    if ([...form.keys()].toSorted().join() !== expected.join()) return refuse("invalid_request");
    if (form.get("grant_type") !== "client_credentials") return refuse("unsupported_grant_type");
    if (form.get("client_assertion_type") !== ASSERTION_TYPE) return refuse("invalid_request");
    if (!(await this.#isGoodAssertion(form.get("client_assertion") ?? "", url))) {
      return refuse("invalid_client", 401);
    }
    let thumbprint: string | undefined;
    if (this.options.dpop) {
      if (seen.headers["dpop"] === undefined) return refuse("invalid_dpop_proof");
      const proof = await this.#readProof(seen, url);
      if (proof === undefined) return refuse("invalid_dpop_proof");
      if (proof.payload["nonce"] !== this.#nonce("token")) return this.#askForNonce("token");
      thumbprint = await calculateJwkThumbprint(proof.protectedHeader["jwk"] ?? {});
    }
    const scopes = (form.get("scope") ?? "").split(" ");
    if (scopes.some((scope) => !this.options.granted.includes(scope))) {
      return refuse("consent_required");
    }
    const { lifetimeS } = this.options;
    const token = `access-token-${this.#issued.size + 1}-secret-0123456789`;
    this.#issued.set(token, {
      scopes,
      endsAtMs: this.options.nowMs() + lifetimeS * 1000,
      thumbprint,
    });
    return json(200, {
      token_type: this.options.dpop ? "DPoP" : "Bearer",
      expires_in: lifetimeS,
      access_token: token,
      scope: scopes.join(" "),
    });
  }

  async #isGoodAssertion(assertion: string, url: string): Promise<boolean> {
    try {
      const { payload, protectedHeader } = await jwtVerify(assertion, this.#publicKey, {
        audience: url,
        issuer: CLIENT_ID,
        subject: CLIENT_ID,
        currentDate: new Date(this.options.nowMs()),
        requiredClaims: ["jti", "iat", "exp"],
      });
      const nowS = this.options.nowMs() / 1000;
      return (
        protectedHeader.kid === "key-1" &&
        (payload.exp ?? Infinity) <= nowS + 3600 &&
        (payload.iat ?? Infinity) <= nowS + 1 &&
        this.#isNew(payload.jti)
      );
    } catch {
      return false;
    }
  }

  async #readProof(seen: SeenRequest, url: string): Promise<JWTVerifyResult | undefined> {
    const nowMs = this.options.nowMs();
    try {
      const proof = await jwtVerify(String(seen.headers["dpop"]), EmbeddedJWK, {
        typ: "dpop+jwt",
        currentDate: new Date(nowMs),
        maxTokenAge: PROOF_AGE_S,
        clockTolerance: 1,
      });
      const { htm, htu, jti } = proof.payload;
      const isGood = htm === seen.method && htu === url && this.#isNew(jti);
      return isGood ? proof : undefined;
    } catch {
      return undefined;
    }
  }

  async #serve(seen: SeenRequest, url: string): Promise<Reply> {
    const [scheme, token = ""] = (seen.headers.authorization ?? "").split(" ");
    const issued = this.#issued.get(token);
    if (issued === undefined || issued.endsAtMs <= this.options.nowMs()) {
      return oktaError(401, "E0000011");
    }
    if (issued.thumbprint === undefined) {
      if (scheme !== "Bearer" || seen.headers["dpop"] !== undefined) {
        this.complaints.push("a bearer token was sent in another way");
      }
      return json(200, []);
    }
    if (scheme !== "DPoP") return challenge("dpop_authentication_scheme_required");
    const proof = await this.#readProof(seen, url);
    const ath = createHash("sha256").update(token).digest("base64url");
    const thumbprint = await calculateJwkThumbprint(proof?.protectedHeader["jwk"] ?? {}).catch(
      () => "",
    );
    if (proof?.payload["ath"] !== ath || thumbprint !== issued.thumbprint) {
      return challenge("invalid_dpop_proof");
    }
    if (this.options.apiNonces && proof.payload["nonce"] !== this.#nonce("api")) {
      return challenge("use_dpop_nonce", { "dpop-nonce": this.#nonce("api") });
    }
    return json(200, []);
  }

  #isNew(id: string | undefined): boolean {
    if (id === undefined || this.#ids.has(id)) {
      this.complaints.push("an id was used twice");
      return false;
    }
    this.#ids.add(id);
    return true;
  }

  #nonce(server: "token" | "api"): string {
    return `${server}-nonce-${this.#nonces}`;
  }

  #askForNonce(server: "token" | "api"): Reply {
    return refuse("use_dpop_nonce", 400, { "dpop-nonce": this.#nonce(server) });
  }
}

/** How the authorization server refuses. */
export function refuse(
  error: string,
  status = 400,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return json(status, { error, error_description: `description of ${error}` }, headers);
}

function challenge(error: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return (response, seen) =>
    oktaError(401, "E0000011")(
      response
        .setHeader("www-authenticate", `DPoP algs="ES256 RS256", error="${error}"`)
        .setHeaders(new Headers(headers)),
      seen,
    );
}
