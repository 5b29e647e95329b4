import { Secret } from "../../core/index.ts";
import { DpopKey } from "./dpop-proofs.ts";
import type { AccessToken } from "./token-keeper.ts";
import { readLogin } from "./who-signed-in.ts";

/** What a person's sign-in to one org gave, as it is kept between processes. */
export interface KeptSignIn {
  /** The org: `https://example.okta.com`. */
  readonly origin: string;
  /** The native app through which somebody signed in. */
  readonly clientId: string;
  /** Who signed in; undefined where the org did not say. */
  readonly login: string | undefined;
  /** What was granted. */
  readonly scopes: readonly string[];
  readonly accessToken: Secret;
  readonly scheme: AccessToken["scheme"];
  /** When the access token ends, in milliseconds since 1970 by this machine's clock. */
  readonly endsAtMs: number;
  /** Gets the next access token; undefined where the app may not have one. */
  readonly refreshToken: Secret | undefined;
  /** The key that the tokens are bound to; undefined: to none. */
  readonly key: Secret | undefined;
}

/** Where the sign-in to one org is kept. */
export interface SignInStore {
  /** What is kept now: another process may have renewed or deleted it. */
  read(): Promise<KeptSignIn | undefined>;
  /** Keeps another one in its place, which is there for others once this resolves. */
  write(signIn: KeptSignIn): Promise<void>;
  /** Does something while no other process does. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

/** A person's sign-in, as a credential. */
export interface PersonalSignIn {
  readonly kind: "sign-in";
  readonly store: SignInStore;
}

const VERSION = 1;

/** The text that is kept. */
export function writeSignIn(signIn: KeptSignIn): Secret {
  const { accessToken, refreshToken, key, ...rest } = signIn;
  return new Secret(
    JSON.stringify({
      version: VERSION,
      ...rest,
      accessToken: accessToken.reveal(),
      refreshToken: refreshToken?.reveal(),
      key: key?.reveal(),
    }),
  );
}

/** Reads what {@link writeSignIn} wrote; undefined when it is damaged, or of another version. */
export function readSignIn(text: Secret): KeptSignIn | undefined {
  const kept = parseObject(text);
  if (kept?.["version"] !== VERSION) return undefined;
  const { origin, clientId, login, scopes, accessToken, scheme, endsAtMs, refreshToken, key } =
    kept;
  const isWhole =
    isPlain(origin) &&
    isPlain(clientId) &&
    isPlain(accessToken) &&
    (scheme === "Bearer" || scheme === "DPoP") &&
    typeof endsAtMs === "number" &&
    Array.isArray(scopes);
  if (!isWhole || (key !== undefined && !isKey(key))) return undefined;
  return {
    origin,
    clientId,
    login: readLogin(login),
    scopes: scopes.filter(isPlain),
    accessToken: new Secret(accessToken),
    scheme,
    endsAtMs,
    refreshToken: isPlain(refreshToken) ? new Secret(refreshToken) : undefined,
    key: key === undefined ? undefined : new Secret(key),
  };
}

function parseObject(text: Secret): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text.reveal());
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    return value as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}

/** What can stand in a header. */
function isPlain(value: unknown): value is string {
  return typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
}

function isKey(value: unknown): value is string {
  try {
    return typeof value === "string" && new DpopKey(new Secret(value)).sign({}) !== "";
  } catch {
    return false;
  }
}
