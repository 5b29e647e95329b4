import type { Issue } from "./issue.ts";
import type { Secret } from "./secret.ts";

/** How users are to arrive. @see docs/okta/create-user.md#scenarios */
export type Scenario = "passwords" | "staged" | "hook";

/** What becomes of a record whose password can't be carried. */
export type OtherwiseRoute = "reject" | "hook" | "staged";

/** A value as Okta stores it in a profile. */
export type ProfileValue = string | number | boolean | readonly (string | number | boolean)[];

/** Attribute name to value; attributes without a value are absent. */
export type Profile = Readonly<Record<string, ProfileValue>>;

/** A password hash in the shape Okta takes. @see docs/okta/password-hashes.md#shapes */
export type PasswordHash = BcryptHash | DigestHash | Pbkdf2Hash;

/** Bcrypt, cut from its `$2b$10$…` string and not re-encoded. */
export interface BcryptHash {
  readonly algorithm: "BCRYPT";
  /** 1 to 20. */
  readonly workFactor: number;
  /** 22 characters of bcrypt's own alphabet. */
  readonly salt: string;
  /** 31 characters of bcrypt's own alphabet. */
  readonly value: string;
}

/** One round of a digest over password and salt bytes. */
export interface DigestHash {
  readonly algorithm: "SHA-512" | "SHA-256" | "SHA-1" | "MD5";
  /**
   * Base64 of the salt's bytes; absent when unsalted. The salt's own text where the org is known to
   * take that of SHA-256 as it stands.
   */
  readonly salt?: string;
  /** On which side of the password the salt stands; present when salted. */
  readonly saltOrder?: "PREFIX" | "POSTFIX";
  /** Base64 of the raw digest. */
  readonly value: string;
}

/** PBKDF2 over HMAC-SHA-256 or HMAC-SHA-512. */
export interface Pbkdf2Hash {
  readonly algorithm: "PBKDF2";
  readonly digestAlgorithm: "SHA256_HMAC" | "SHA512_HMAC";
  /** 4,096 or more. */
  readonly iterationCount: number;
  /** Bytes of the derived key. */
  readonly keySize: number;
  /** Base64 of the salt's bytes. */
  readonly salt: string;
  /** Base64 of the derived key. */
  readonly value: string;
}

/** What the source holds of a record's password. `label`: its format, such as `bcrypt 10`. */
export type PasswordMaterial =
  | { readonly kind: "none" }
  | {
      readonly kind: "hash";
      readonly label: string;
      readonly hash: Secret<PasswordHash>;
      /** What is not settled about it: the same few for many records. */
      readonly warnings?: readonly Issue[];
    }
  /**
   * There is material, and Okta can't take it; the issue says why. `mustMend`: no route may be taken
   * before it is answered what it is.
   */
  | {
      readonly kind: "unusable";
      readonly label: string;
      readonly issue: Issue;
      readonly mustMend?: boolean;
    };

/** A source record after mapping: what Okta would store. */
export interface UserDraft {
  readonly seq: number;
  readonly line: number;
  /** The mapped `login`, `""` when it is missing. */
  readonly login: string;
  readonly profile: Profile;
  readonly password: PasswordMaterial;
  /** Names of the groups that the record itself says, each once. @default none */
  readonly groups?: readonly string[];
}

/** How a new user gets in. */
export type NewCredential =
  | { readonly kind: "none" }
  | { readonly kind: "hash"; readonly hash: Secret<PasswordHash> }
  | { readonly kind: "hook" };

/** What is asked of the directory for one user. */
export interface NewUser {
  readonly profile: Profile;
  readonly credential: NewCredential;
  readonly activate: boolean;
  /** At most 20. @see docs/okta/create-user.md#groups */
  readonly groupIds: readonly string[];
  /** Okta id of the user type. @default the org's default type */
  readonly typeId?: string | undefined;
  /** Okta id of the realm. @default the org's default realm */
  readonly realmId?: string | undefined;
}
