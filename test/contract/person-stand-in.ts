import { createHash } from "node:crypto";
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify, SignJWT } from "jose";
import { json, type Reply, type SeenRequest } from "./okta-client-stand-in.ts";
import { refuse } from "./service-app-stand-in.ts";

/** The app that the stand-in knows. */
export const CLIENT_ID = "0oaNativeApp1";
/** Whoever signs in. */
export const LOGIN = "ada@example.com";
/** Stands in every secret that the stand-in gives, to be looked for in what must not hold it. */
export const MARK = "canary";

const DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";
/** What apps may use of each limit. */
const SHARES = [
  { principalId: "0oaAnother", principalType: "OAUTH_CLIENT", defaultPercentage: 20 },
  { principalId: CLIENT_ID, principalType: "OAUTH_CLIENT", defaultPercentage: 80 },
];
const PROOF_AGE_S = 300;

/** What an authorization server is to be like. */
export interface PersonServerOptions {
  dpop: boolean;
  granted: readonly string[];
  lifetimeS: number;
  /** Whether a refresh token is good once. */
  rotates: boolean;
  /** What the ID token says of who signed in; undefined: nothing. */
  idTokenLogin: string | undefined;
  intervalS: number | undefined;
  /** What differs in the answer that gives codes for a device. */
  codes: Readonly<Record<string, unknown>>;
  /** Answers of the token endpoint instead of its own, in order. */
  readonly instead: Reply[];
  /** By its own clock. */
  readonly nowMs: () => number;
}

interface Grant {
  readonly scope: string;
  readonly thumbprint: string | undefined;
}

/** An org's authorization server for people who sign in through a native app, as strict as the RFCs. */
export class PersonServer {
  readonly options: PersonServerOptions;
  /** What was wrong with requests; empty at the end of a good test. */
  readonly complaints: string[] = [];
  /** Forms of the token endpoint, in order. */
  readonly forms: URLSearchParams[] = [];
  readonly revoked: string[] = [];
  /** What happens between a request for tokens and its answer. */
  whenAsked: () => unknown = () => undefined;
  readonly #url: () => string;
  readonly #refreshTokens = new Map<string, Grant>();
  readonly #accessTokens = new Map<string, Grant>();
  readonly #codes = new Map<string, URLSearchParams>();
  readonly #proofIds = new Set<string>();
  #deviceScope: string | undefined;
  #count = 0;

  constructor(url: () => string, options: Partial<PersonServerOptions> & { nowMs: () => number }) {
    this.#url = url;
    this.options = {
      dpop: false,
      granted: ["okta.users.manage", "okta.users.read"],
      lifetimeS: 3600,
      rotates: true,
      idTokenLogin: LOGIN,
      intervalS: 5,
      codes: {},
      instead: [],
      ...options,
    };
  }

  /** Answers for a stand-in. */
  readonly reply: Reply = (response, seen) => {
    response.setHeader("date", new Date(this.options.nowMs()).toUTCString());
    void this.#answer(seen).then((reply) => reply(response, seen));
  };

  /** The person agrees on the org's page: where the browser is sent then. */
  agree(address: string, changed: Readonly<Record<string, string>> = {}): URLSearchParams {
    const query = new URL(address).searchParams;
    const code = this.#secret("code");
    this.#codes.set(code, query);
    return new URLSearchParams({ code, state: query.get("state") ?? "", ...changed });
  }

  /** Takes all refresh tokens back. */
  revokeAll(): void {
    this.#refreshTokens.clear();
  }

  async #answer(seen: SeenRequest): Promise<Reply> {
    const { pathname } = new URL(seen.url, this.#url());
    const form = new URLSearchParams(seen.body);
    if (pathname.startsWith("/api/")) return this.#serve(seen);
    if (pathname === "/.well-known/okta-organization") return json(200, { id: "00o1" });
    if (seen.headers.authorization !== undefined) this.complaints.push("authorization");
    if (form.get("client_id") !== CLIENT_ID) return refuse("invalid_client", 401);
    switch (pathname) {
      case "/oauth2/v1/device/authorize":
        return this.#beginOnDevice(form);
      case "/oauth2/v1/token":
        this.forms.push(form);
        await this.whenAsked();
        return this.options.instead.shift() ?? this.#giveTokens(form, seen);
      case "/oauth2/v1/introspect":
        return json(200, { active: true, username: LOGIN });
      case "/oauth2/v1/revoke":
        this.revoked.push(`${form.get("token_type_hint") ?? ""} ${form.get("token") ?? ""}`);
        return (response) => response.writeHead(200).end();
      default:
        return json(404, {});
    }
  }

  #serve(seen: SeenRequest): Reply {
    const [scheme, token = ""] = (seen.headers.authorization ?? "").split(" ");
    const grant = this.#accessTokens.get(token);
    const isGood = grant !== undefined && (scheme === "DPoP") === (grant.thumbprint !== undefined);
    if (!isGood) return json(401, { errorCode: "E0000011" });
    return json(200, seen.url.startsWith("/api/v1/principal-rate-limits?") ? SHARES : []);
  }

  #beginOnDevice(form: URLSearchParams): Reply {
    const scope = form.get("scope") ?? "";
    if (!this.#isGranted(scope)) return refuse("invalid_scope");
    this.#deviceScope = scope;
    const { intervalS, codes } = this.options;
    return json(200, {
      device_code: this.#secret("device"),
      user_code: "ABCD-EFGH",
      verification_uri: `${this.#url()}/activate`,
      verification_uri_complete: `${this.#url()}/activate?user_code=ABCD-EFGH`,
      expires_in: 600,
      ...(intervalS === undefined ? {} : { interval: intervalS }),
      ...codes,
    });
  }

  async #giveTokens(form: URLSearchParams, seen: SeenRequest): Promise<Reply> {
    const proof = await this.#thumbprintOf(seen);
    if (this.options.dpop && proof === undefined) return refuse("invalid_dpop_proof");
    if (this.options.dpop && proof?.nonce !== "the-nonce") {
      return refuse("use_dpop_nonce", 400, { "dpop-nonce": "the-nonce" });
    }
    const thumbprint = this.options.dpop ? proof?.thumbprint : undefined;
    switch (form.get("grant_type") ?? "") {
      case DEVICE_GRANT:
        if (!(form.get("device_code") ?? "").startsWith(`${MARK}-device-`)) break;
        return this.#grant({ scope: this.#deviceScope ?? "", thumbprint });
      case "authorization_code":
        return this.#redeem(form, thumbprint);
      case "refresh_token":
        return this.#refresh(form, thumbprint);
      default:
        return refuse("unsupported_grant_type");
    }
    return refuse("invalid_grant");
  }

  #redeem(form: URLSearchParams, thumbprint: string | undefined): Promise<Reply> | Reply {
    const code = form.get("code") ?? "";
    const query = this.#codes.get(code);
    this.#codes.delete(code);
    const verifier = form.get("code_verifier") ?? "";
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    const isGood =
      /^[\w.~-]{43,128}$/.test(verifier) &&
      query?.get("code_challenge") === challenge &&
      query.get("code_challenge_method") === "S256" &&
      query.get("redirect_uri") === form.get("redirect_uri");
    if (!isGood) return refuse("invalid_grant");
    return this.#grant({ scope: query.get("scope") ?? "", thumbprint });
  }

  #refresh(form: URLSearchParams, thumbprint: string | undefined): Promise<Reply> | Reply {
    const token = form.get("refresh_token") ?? "";
    const grant = this.#refreshTokens.get(token);
    if (grant === undefined) return refuse("invalid_grant");
    if (grant.thumbprint !== thumbprint) return refuse("invalid_dpop_proof");
    if (this.options.rotates) this.#refreshTokens.delete(token);
    return this.#grant(grant);
  }

  async #grant(grant: Grant): Promise<Reply> {
    const { lifetimeS, idTokenLogin, rotates } = this.options;
    const accessToken = this.#secret("access");
    this.#accessTokens.set(accessToken, grant);
    const isRenewable = grant.scope.split(" ").includes("offline_access");
    const refreshToken = isRenewable && (rotates || this.#refreshTokens.size === 0);
    const next = this.#secret("refresh");
    if (refreshToken) this.#refreshTokens.set(next, grant);
    const nowS = Math.floor(this.options.nowMs() / 1000);
    const idToken = new SignJWT({ preferred_username: idTokenLogin })
      .setProtectedHeader({ alg: "HS256" })
      .setIssuer(this.#url())
      .setAudience(CLIENT_ID)
      .setSubject("00u1")
      .setIssuedAt(nowS)
      .setExpirationTime(nowS + 3600);
    return json(200, {
      token_type: grant.thumbprint === undefined ? "Bearer" : "DPoP",
      expires_in: lifetimeS,
      access_token: accessToken,
      scope: grant.scope,
      ...(refreshToken ? { refresh_token: next } : {}),
      id_token: await idToken.sign(new TextEncoder().encode("k".repeat(32))),
    });
  }

  async #thumbprintOf(
    seen: SeenRequest,
  ): Promise<{ thumbprint: string; nonce: unknown } | undefined> {
    try {
      const { payload, protectedHeader } = await jwtVerify(
        String(seen.headers["dpop"]),
        EmbeddedJWK,
        {
          typ: "dpop+jwt",
          currentDate: new Date(this.options.nowMs()),
          maxTokenAge: PROOF_AGE_S,
          clockTolerance: 1,
        },
      );
      const { htm, htu, jti = "" } = payload;
      if (this.#proofIds.has(jti)) this.complaints.push("a proof was used twice");
      this.#proofIds.add(jti);
      if (htm !== "POST" || htu !== `${this.#url()}/oauth2/v1/token`) return undefined;
      const thumbprint = await calculateJwkThumbprint(protectedHeader["jwk"] ?? {});
      return { thumbprint, nonce: payload["nonce"] };
    } catch {
      return undefined;
    }
  }

  #isGranted(scope: string): boolean {
    return scope
      .split(" ")
      .every((one) => !one.startsWith("okta.") || this.options.granted.includes(one));
  }

  #secret(kind: string): string {
    this.#count += 1;
    return `${MARK}-${kind}-${this.#count}-0123456789`;
  }
}
