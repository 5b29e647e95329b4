import type { Issue, PasswordHash, Secret } from "../../core/index.ts";
import type { Computation } from "./computation.ts";
import type { FormatName } from "./format-table.ts";
import type { Presumption } from "./stored-format.ts";

/** A stored hash that was read: what it is, and how a password is checked against it. */
export interface StoredHash {
  readonly format: FormatName;
  /** Format and the setting that tells its strength, such as `bcrypt 10`; for counts and reports. */
  readonly label: string;
  readonly computation: Secret<Computation>;
  /** What it presumes where the record leaves it open. */
  readonly presumes: Presumption;
  /** What is described to Okta, or why nothing can be. */
  readonly okta: OktaDescription;
}

/** A hash in the shape Okta takes, or the reason why it can't take it. */
export type OktaDescription =
  | {
      readonly kind: "hash";
      readonly hash: Secret<PasswordHash>;
      readonly warnings: readonly Issue[];
    }
  /** Completes "Okta can't take it: …"; the password import hook can check it. */
  | { readonly kind: "hook"; readonly because: string };

/** What a record holds of a password, read. */
export type Reading =
  | { readonly kind: "absent" }
  | { readonly kind: "stored"; readonly stored: StoredHash }
  /** It can stand for several computations, and nothing says for which. */
  | {
      readonly kind: "ambiguous";
      readonly candidates: readonly StoredHash[];
      readonly issue: Issue;
    }
  /** Nothing can be done with it: damaged, unknown, or of a kind that nobody should trust. */
  | { readonly kind: "unusable"; readonly format: FormatName | undefined; readonly issue: Issue };
