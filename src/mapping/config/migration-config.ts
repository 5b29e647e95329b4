import type { OtherwiseRoute, ProfileValue, Scenario } from "../../core/index.ts";
import type { Beside, HashFormat, PepperPlace } from "../../passwords/formats/index.ts";

/** What `migration.yaml` says, checked for itself but not yet against a source. */
export interface MigrationConfig {
  /** As it is to be named in messages. */
  readonly fileName: string;
  readonly source: ConfiguredSource | undefined;
  readonly scenario: Scenario | undefined;
  /** One rule an attribute, in the file's order; undefined: columns are matched by name. */
  readonly profile: readonly ProfileRule[] | undefined;
  /** Line of `profile`. */
  readonly profileLine: number | undefined;
  readonly password: PasswordRule | undefined;
  readonly otherwise: OtherwiseRoute | undefined;
  /** Names of groups, at most 20; empty when none are named. */
  readonly groups: readonly string[];
  /** Where `hook serve` checks passwords, in order; empty when none are named. */
  readonly hookStores: readonly ConfiguredStore[];
}

/** A place where passwords are checked. */
export type ConfiguredStore =
  | { readonly kind: "sealed"; readonly path: string }
  | {
      readonly kind: "endpoint";
      readonly url: string;
      readonly body: "json" | "form";
      readonly usernameField: string;
      readonly passwordField: string;
      /** HTTP statuses that say that a password is right, and that it is wrong. */
      readonly right: readonly number[];
      readonly wrong: readonly number[];
    }
  | {
      readonly kind: "directory";
      /** With the search base as its path. */
      readonly url: string;
      /** With `{login}`, `{username}` or `{shortName}` in it. */
      readonly filter: string;
      readonly bindDn?: string;
      readonly startTls: boolean;
    };

/** Where the records come from, as the file names it. */
export interface ConfiguredSource {
  /** A path as written, `-`, or an address. */
  readonly location: string;
  readonly format?: ConfiguredFormat;
  readonly encoding?: string;
  readonly delimiter?: string;
  /** What is read of a database: `query` or `table`, and the column that orders it. */
  readonly database?: {
    readonly query?: string;
    readonly table?: string;
    readonly key?: string;
  };
  /** What is read of a directory. */
  readonly directory?: {
    readonly filter?: string;
    readonly attributes?: readonly string[];
    readonly bindDn?: string;
    readonly startTls?: boolean;
    readonly sendPasswordInClear?: boolean;
  };
}

/** The formats that `source.format` can name. */
export type ConfiguredFormat = "csv" | "tsv" | "json" | "ndjson" | "ldif";

/** How one attribute gets its value. */
export interface ProfileRule {
  readonly attribute: string;
  readonly line: number;
  readonly value: RuleValue;
  /** Stands in when the value is missing or empty. */
  readonly fallback: ProfileValue | undefined;
}

/** The value of a rule as written. */
export type RuleValue =
  /** A column if one has exactly that name, else an expression. */
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "column"; readonly text: string }
  | { readonly kind: "expression"; readonly text: string }
  | { readonly kind: "constant"; readonly constant: ProfileValue };

/** A column that the file names, and where. */
export interface NamedColumn {
  readonly column: string;
  readonly line: number;
  readonly path: string;
}

/** Where the password material stands, and how it was made. Undefined: found by name, or not there. */
export interface PasswordRule {
  readonly line: number;
  readonly format: HashFormat;
  /** A column of hashes. */
  readonly hash: NamedColumn | undefined;
  readonly salt: NamedColumn | undefined;
  /** `rounds`, or bcrypt's `workFactor`. */
  readonly rounds: NamedColumn | number | undefined;
  readonly settings: HashSettings;
  readonly pepper: { readonly place: PepperPlace; readonly line: number } | undefined;
  /** Parameters that stand in columns of their own, by the names that the hash's system has. */
  readonly params: readonly NamedParameter[];
  /** Line of `params: file`, for which the environment must name a file. */
  readonly paramsFileLine: number | undefined;
}

/** What holds for all hashes alike. */
export type HashSettings = Pick<
  Beside,
  "saltOrder" | "saltEncoding" | "encoding" | "passwordEncoding" | "okta"
>;

/** A parameter of a hash, and the column that holds it. */
export interface NamedParameter {
  readonly name: string;
  readonly column: NamedColumn;
}
