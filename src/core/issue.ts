/**
 * What can be wrong with one record. Permanent once released; each has a section in
 * `docs/reference/issues.md`.
 */
export type IssueCode =
  | "UNREADABLE_QUOTE_OPEN"
  | "UNREADABLE_TEXT_AFTER_QUOTE"
  | "UNREADABLE_FIELD_COUNT"
  | "UNREADABLE_JSON"
  | "UNREADABLE_LDIF"
  | "UNREADABLE_TOO_LONG"
  | "UNREADABLE_ENCODING"
  | "JOIN_AMBIGUOUS"
  | "CONDITION_FAILED"
  | "EXPRESSION_FAILED"
  | "REQUIRED_MISSING"
  | "TYPE_WRONG"
  | "NUMBER_IMPRECISE"
  | "TOO_SHORT"
  | "TOO_LONG"
  | "NOT_IN_ENUM"
  | "PATTERN_MISMATCH"
  | "FORMAT_INVALID"
  | "EMAIL_INVALID"
  | "LOGIN_INVALID"
  | "CHARACTER_UNSUPPORTED"
  | "ATTRIBUTE_UNKNOWN"
  | "ATTRIBUTE_READ_ONLY"
  | "VALUE_UNREAD"
  | "GROUP_UNKNOWN"
  | "GROUPS_TOO_MANY"
  | "DUPLICATE_LOGIN"
  | "DUPLICATE_DROPPED"
  | "PASSWORD_MISSING"
  | "PASSWORD_MALFORMED"
  | "PASSWORD_UNSUPPORTED"
  | "PASSWORD_AMBIGUOUS"
  | "PASSWORD_UNCHECKED"
  | "SHA256_SALT_UNSETTLED";

/** One thing that is wrong with one record: a value, never thrown. */
export interface Issue {
  readonly code: IssueCode;
  /** The Okta attribute, or the source's column, that is at fault; absent when the whole record is. */
  readonly field?: string;
  /** One sentence a person can read. Holds no password material; never quotes an unreadable row. */
  readonly reason: string;
  /** One sentence: what to do. */
  readonly hint: string;
}
