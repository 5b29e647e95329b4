import type { IssueCode } from "../../core/index.ts";

/** What is planted on request, and the issues by which `check` finds it; none where Okta takes it. */
export const TROUBLES = {
  "duplicate-case": ["DUPLICATE_LOGIN"],
  "duplicate-accent": ["DUPLICATE_LOGIN"],
  "bad-mail": ["LOGIN_INVALID", "EMAIL_INVALID"],
  "odd-phone": [],
  "long-value": ["TOO_LONG"],
  "four-byte": ["CHARACTER_UNSUPPORTED"],
  "empty-required": ["REQUIRED_MISSING"],
  "broken-hash": ["PASSWORD_MALFORMED"],
} as const satisfies Readonly<Record<string, readonly IssueCode[]>>;

/** A kind of trouble. */
export type Trouble = keyof typeof TROUBLES;

/** All kinds of trouble. */
export const TROUBLE_KINDS = Object.keys(TROUBLES) as readonly Trouble[];

/** For each kind the share of users that have it, from 0 to 1; all of them together at most 1. */
export type TroubleShares = Readonly<Partial<Record<Trouble, number>>>;
