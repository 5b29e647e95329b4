import type { DirectorySchema } from "./directory-schema.ts";

/** What came of one question to the org. */
export type Reading<Value> =
  | { readonly kind: "read"; readonly value: Value }
  /** The token lacks a scope, or who is behind it a role. */
  | { readonly kind: "denied"; readonly lacks: "scope" | "role" | "right" }
  /** It was not asked: this credential has no such thing, or another answer is needed first. */
  | { readonly kind: "not-asked" }
  /** No answer that could be used came; `why` is the end of a sentence. */
  | { readonly kind: "unreadable"; readonly why: string };

/** What an org says of itself. */
export interface OrgIdentity {
  /** From its public metadata; undefined where that is none of an Okta org. */
  readonly id: string | undefined;
  readonly engine: "identity" | "classic" | undefined;
  /** Host of the org's own address, where it is reached under a custom domain. */
  readonly ownHost: string | undefined;
}

/** What its general settings say. */
export interface OrgSettings {
  readonly name: string | undefined;
  readonly subdomain: string | undefined;
  readonly status: string | undefined;
}

/** How the connection to the org is secured. */
export type ConnectionFacts =
  | { readonly kind: "plain" }
  | {
      readonly kind: "tls";
      /** `TLSv1.3` and such. */
      readonly protocol: string;
      /** Name of the authority that issued the certificate. */
      readonly issuer: string;
      /** Milliseconds since 1970. */
      readonly validUntilMs: number;
      /** Whether its chain ends at an authority that Node itself trusts. */
      readonly authority: "public" | "private";
    }
  /** The certificate was refused; a code such as `CERT_HAS_EXPIRED`. */
  | { readonly kind: "refused"; readonly code: string };

/** An access token, as far as it may be known. */
export interface TokenFacts {
  /** `DPoP`: bound to a key. */
  readonly scheme: "Bearer" | "DPoP";
  /** How much longer it is good; undefined where it does not say. */
  readonly leftMs: number | undefined;
  /** Undefined where neither the org nor the token names them. */
  readonly scopes: readonly string[] | undefined;
}

/** Why nothing more could be found out. */
export interface ExaminationStop {
  /** `org`: it can't be reached, or is none. `access`: it does not let us in. */
  readonly at: "org" | "access";
  /** A sentence. */
  readonly message: string;
  readonly hint: string;
}

/** A limit as an answer's headers tell it. */
export interface LimitFacts {
  /** Requests a window; undefined where none is announced. */
  readonly limit: number | undefined;
  readonly remaining: number | undefined;
  readonly windowMs: number;
}

/** The limits that harmless requests show. */
export interface LimitReadings {
  readonly listUsers: Reading<LimitFacts>;
  readonly readUser: Reading<LimitFacts>;
  readonly groups: Reading<LimitFacts>;
  readonly schema: Reading<LimitFacts>;
}

/** How much of each limit a token or an app may use, in per cent. */
export interface PrincipalShare {
  /** Whether the entry is known to be ours; else it is the lowest of all. */
  readonly isOurs: boolean;
  /** Undefined where there is no entry: Okta's default holds. */
  readonly percent: number | undefined;
  readonly concurrencyPercent: number | undefined;
}

/** Who acts: whose roles say what may be done. */
export interface ActingPrincipal {
  /** An app by its key, or a person: in person, or by a token of theirs. */
  readonly kind: "app" | "person";
  /** Of a person; undefined where it can't be shown. */
  readonly login: string | undefined;
}

/** An admin role that an app or a person was given. */
export interface AssignedRole {
  /** `USER_ADMIN`, `CUSTOM`, … */
  readonly type: string;
  readonly label: string;
  /** Groups that it is limited to; 0: to none, or nothing says so. */
  readonly groups: number;
  /** Of a custom role: what it holds, such as `okta.users.create`. */
  readonly permissions: Reading<readonly string[]>;
}

/** A password import hook that the org has. */
export interface HookFacts {
  readonly name: string;
  readonly isActive: boolean;
  /** Scheme and host of its address; what else stands there is not kept. */
  readonly address: string | undefined;
}

/** Things counted, and some of them by name. */
export interface NamedThings {
  readonly count: number;
  /** Whether there may be more than were counted. */
  readonly isCut: boolean;
  readonly names: readonly string[];
}

/** Applications that come with a group. */
export interface GroupApps extends NamedThings {
  /** Those of them that make accounts for new users. */
  readonly provisioning: number;
}

/** All that was found out about an org without changing anything. */
export interface OrgFacts {
  /** Undefined where everything was asked. */
  readonly stop: ExaminationStop | undefined;
  readonly connection: ConnectionFacts | undefined;
  readonly identity: Reading<OrgIdentity>;
  /** How far this machine's clock is behind the org's, in milliseconds; about a second uncertain. */
  readonly clockBehindMs: number | undefined;
  /** Undefined where the token has no facts of its own, as an API token. */
  readonly token: TokenFacts | undefined;
  readonly settings: Reading<OrgSettings>;
  readonly limits: LimitReadings;
  readonly principalShare: Reading<PrincipalShare>;
  readonly actor: Reading<ActingPrincipal>;
  readonly roles: Reading<readonly AssignedRole[]>;
  /** Scopes that were granted to the app. */
  readonly grants: Reading<readonly string[]>;
  readonly schema: Reading<DirectorySchema>;
  readonly hooks: Reading<readonly HookFacts[]>;
  /** Active ones. */
  readonly groupRules: Reading<NamedThings>;
  /** Of the group that everybody is in. */
  readonly everyoneApps: Reading<GroupApps>;
  /** Milliseconds that an answer took, the median. */
  readonly answerMs: number | undefined;
}
