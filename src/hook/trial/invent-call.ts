import { Secret } from "../../core/index.ts";

/** A call as Okta makes it at a first sign-in, with a password that nobody has. */
export interface InventedCall {
  readonly login: string;
  readonly password: Secret;
  /** JSON. */
  readonly body: Secret;
}

/** What a call is invented from. */
export interface InventedCallParts {
  /** The hook's own address at the org, as the call names it. */
  readonly source: string;
  /** @default invented too */
  readonly login: string | undefined;
  readonly nowMs: number;
  readonly randomBytes: (count: number) => Uint8Array;
}

/** For documentation: nobody's address. */
const ADDRESS = "192.0.2.1";

/** Invents a sign-in. @see docs/okta/password-hook.md#request */
export function inventCall(parts: InventedCallParts): InventedCall {
  const random = (bytes: number): string =>
    Buffer.from(parts.randomBytes(bytes)).toString("base64url");
  const login = parts.login ?? `okta-migrate-${random(9).toLowerCase()}@example.com`;
  const password = `Invented-${random(15)}`;
  const body = {
    eventId: random(16),
    eventTime: new Date(parts.nowMs).toISOString(),
    eventType: "com.okta.user.credential.password.import",
    eventTypeVersion: "1.0",
    contentType: "application/json",
    cloudEventVersion: "0.1",
    source: parts.source,
    data: {
      context: {
        request: {
          id: `okta-migrate-${random(9)}`,
          method: "POST",
          url: { value: "/idp/idx/challenge/answer" },
          ipAddress: ADDRESS,
        },
        credential: { username: login, password },
      },
      action: { credential: "UNVERIFIED" },
    },
  };
  return { login, password: new Secret(password), body: new Secret(JSON.stringify(body)) };
}
