import type { Issue, SourceRecord, UserDraft, ValueChange } from "../core/index.ts";
import type { Reading } from "../passwords/formats/index.ts";
import type { OpenQuestion } from "./password/open-question.ts";

/** How one attribute is filled, for people. */
export interface MappingLine {
  readonly attribute: string;
  /** The column, the expression or the constant, safe to print. */
  readonly from: string;
  readonly kind: "column" | "expression" | "constant";
}

/** How one attribute is filled, with all the columns that it reads. */
export interface MappedField extends MappingLine {
  readonly columns: readonly string[];
}

/** The cleaning rules of one attribute. */
export interface CleaningLine {
  readonly attribute: string;
  /** As the config names them, such as `trim` or `phone DE`. */
  readonly rules: readonly string[];
}

/** A draft, and what could not be worked out for it. */
export interface MappedRecord {
  readonly draft: UserDraft;
  /** Issues of expressions and types; the password's own stands in the draft. */
  readonly issues: readonly Issue[];
  /** What cleaning rules did to its values, and what they could not read. */
  readonly changes: readonly ValueChange[];
}

/** The rules that turn the records of one source into drafts. */
export interface Mapping {
  /** In the order of the config, or of the schema where columns were matched by name. */
  readonly lines: readonly MappingLine[];
  /** The same, with the columns that each of them reads. */
  readonly fields: readonly MappedField[];
  /** Columns of password material. */
  readonly passwordColumns: readonly string[];
  /** What the operator should know before anything is sent; one sentence each, safe to print. */
  readonly notes: readonly string[];
  /** What gives the names of a record's own groups, as written; undefined where nothing does. */
  readonly groupsFrom: string | undefined;
  /** Columns that it reads. */
  readonly groupColumns: readonly string[];
  /** Columns that nothing reads. */
  readonly unusedColumns: readonly string[];
  /** Where the password material stands, for people; undefined when the source has none. */
  readonly passwordKind: string | undefined;
  readonly carriesPasswords: boolean;
  /** What has to be answered before any hash can be carried; undefined where nothing is open. */
  readonly openQuestion: OpenQuestion | undefined;
  /** Columns that hold secrets, by mapping or by name, and dotted paths of keys inside columns. */
  readonly secretColumns: ReadonlySet<string>;
  /** The cleaning rules of each attribute that has some, in the order in which they work. */
  readonly cleaning: readonly CleaningLine[];
  /** Rules that can take from a value what can't be had back, each with its attribute. */
  readonly lossyRules: readonly string[];
  /** 16 hexadecimal digits; the same for the same rules, whatever their order in the file. */
  readonly fingerprint: string;
  /**
   * Whether a record is one of the run: that the config's condition is true for it; or the issue that
   * this is not known. Never throws. Undefined: all are.
   */
  readonly accepts: ((record: SourceRecord) => boolean | Issue) | undefined;
  /** Maps one record; never throws, whatever the record holds. */
  map(record: SourceRecord): MappedRecord;
  /** What a record holds of a password, read but not described; never throws. */
  readPassword(record: SourceRecord): Reading;
}
