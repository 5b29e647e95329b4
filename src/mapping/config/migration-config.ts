import type { OtherwiseRoute, ProfileValue, Scenario } from "../../core/index.ts";
import type { PresetName } from "../presets/presets.ts";
import type { Beside, HashFormat, PepperPlace } from "../../passwords/formats/index.ts";
import type { CleanRule } from "../cleaning/clean-rule.ts";

/** What `migration.yaml` says, checked for itself but not yet against a source. */
export interface MigrationConfig {
  /** As it is to be named in messages. */
  readonly fileName: string;
  readonly source: ConfiguredSource | undefined;
  /** The preset that stands below all else. */
  readonly preset: ConfiguredPreset | undefined;
  /** Further sources whose records are added to those of `source`. */
  readonly joins: readonly ConfiguredJoin[];
  readonly scenario: Scenario | undefined;
  /** One rule an attribute, in the file's order; undefined: columns are matched by name. */
  readonly profile: readonly ProfileRule[] | undefined;
  /** Line of `profile`. */
  readonly profileLine: number | undefined;
  readonly password: PasswordRule | undefined;
  readonly otherwise: OtherwiseRoute | undefined;
  /** Names of groups, at most 20; empty when none are named. */
  readonly groups: readonly string[];
  /** What gives the names of a record's own groups; undefined: nothing. */
  readonly groupsFrom: { readonly text: string; readonly line: number } | undefined;
  /** Where `hook serve` checks passwords, in order; empty when none are named. */
  readonly hookStores: readonly ConfiguredStore[];
  /** The Redis where replicas of `hook serve` count wrong passwords; undefined: each by itself. */
  readonly hookThrottle: string | undefined;
  /** Which records are records of the run; undefined: all. */
  readonly where: WhereRule | undefined;
  /** Name or id of the user type of everyone that is created; undefined: the org's default. */
  readonly type: string | undefined;
  /** Name or id of the realm that everyone is created in; undefined: the org's default. */
  readonly realm: string | undefined;
  /** Rules by attribute, in the file's order; empty when there are none. */
  readonly clean: readonly AttributeCleaning[];
  /** Whether rules may take from values what can't be had back, without being asked. */
  readonly lossy: "ask" | "accept";
  readonly duplicates: DuplicateRule;
}

/** A place where passwords are checked. */
export type ConfiguredStore =
  | {
      readonly kind: "sealed";
      /** A path, or the address of a server without a password. */
      readonly path: string;
    }
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
    }
  | {
      readonly kind: "database";
      /** An address without a password, or that of a SQLite file. */
      readonly url: string;
      /** With `{login}`, `{username}` or `{shortName}` in it. */
      readonly query: string;
    };

/** Where the records come from, as the file names it. */
export interface ConfiguredSource {
  /** A path as written, `-`, or an address; undefined: the command line says. */
  readonly location: string | undefined;
  readonly format?: ConfiguredFormat;
  readonly encoding?: string;
  readonly delimiter?: string;
  /** Keys to the list of records inside of a JSON object. */
  readonly records?: string;
  /** A column of pairs of Name and Value. */
  readonly pairs?: string;
  /** The sheet of a workbook. */
  readonly sheet?: string;
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

/** The condition under which a record is one of the run. */
export interface WhereRule {
  readonly expression: string;
  /** Undefined where a preset gives the condition. */
  readonly line: number | undefined;
}

/** The cleaning rules of one attribute, or of all (`*`). */
export interface AttributeCleaning {
  readonly attribute: string;
  readonly line: number;
  readonly rules: readonly CleanRule[];
}

/** Which of several records with one login is sent. */
export type DuplicateRule =
  /** The first one; all others are to be mended. */
  | { readonly kind: "reject" }
  /** The first one; the others are meant to be dropped. */
  | { readonly kind: "first" }
  /** The one whose column is the latest or greatest; the others are meant to be dropped. */
  | { readonly kind: "latest"; readonly by: NamedColumn };

/** The formats that `source.format` can name. */
export type ConfiguredFormat = "csv" | "tsv" | "json" | "ndjson" | "ldif" | "xlsx";

/** A preset by name, with what goes with it. */
export interface ConfiguredPreset {
  readonly name: PresetName;
  /** The file of password hashes, where the system exports them apart. */
  readonly hashes: string | undefined;
  /** Columns that such an export may have, whether or not the first records do. @default none */
  readonly columns?: readonly string[];
}

/** A further source, and how its records find those of the main one. */
export interface ConfiguredJoin {
  readonly line: number | undefined;
  readonly source: ConfiguredSource;
  /** A column or an expression over the joined record. */
  readonly key: string;
  /** A column or an expression over the main record. */
  readonly to: string;
  /** The column of the main record that takes what is joined. */
  readonly as: string;
  /** Whether several records may have one key: the column is a list then. */
  readonly many: boolean;
}

/** How one attribute gets its value. */
export interface ProfileRule {
  readonly attribute: string;
  /** Undefined where a preset gives the rule. */
  readonly line: number | undefined;
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
  | { readonly kind: "constant"; readonly constant: ProfileValue }
  /** The preset's rule is left out. */
  | { readonly kind: "none" };

/** A column that the file names, and where. */
export interface NamedColumn {
  readonly column: string;
  readonly line: number | undefined;
  readonly path: string;
}

/** Where the password material stands, and how it was made. Undefined: found by name, or not there. */
export interface PasswordRule {
  readonly line: number | undefined;
  readonly format: HashFormat;
  /** A column of hashes. */
  readonly hash: NamedColumn | undefined;
  readonly salt: NamedColumn | undefined;
  /** `rounds`, or bcrypt's `workFactor`. */
  readonly rounds: NamedColumn | number | undefined;
  readonly settings: HashSettings;
  readonly pepper: { readonly place: PepperPlace; readonly line: number | undefined } | undefined;
  /** Parameters that stand in columns of their own, by the names that the hash's system has. */
  readonly params: readonly NamedParameter[];
  /** Where `params: file` stands, for which the environment must name a file. */
  readonly paramsFile: { readonly line: number | undefined } | undefined;
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
