import { type AttributeSchema, type Issue, printable } from "../core/index.ts";
import { findEmailFault } from "./email-shape.ts";
import type { LoginRule } from "./login-rule.ts";
import { compileOrgPattern } from "./org-pattern.ts";

import { findUnsupportedCharacter } from "./unsupported-character.ts";
import {
  choiceIssue,
  emailIssue,
  formatIssue,
  patternIssue,
  requiredIssue,
  tooLongIssue,
  tooShortIssue,
} from "./value-issues.ts";

/** Adds every issue of one text to `issues`. */
export type TextCheck = (text: string, issues: Issue[]) => void;

/** What compiling an attribute needs besides its schema. */
export interface CompileContext {
  readonly loginRule: LoginRule;
  /** Takes what can't be checked here, for people. */
  readonly note: (note: string) => void;
}

type FindFault = (text: string) => Issue | undefined;

const COUNTRY_CODE = /^[A-Za-z]{2}$/;
const DATE_AT_FRONT = /^\d{4}-\d{2}-\d{2}(?:T|$)/;

/**
 * Makes the check of a text attribute.
 *
 * Lengths are counted in UTF-16 units, which for every text that Okta can store are characters.
 * An empty text counts as no value. Line breaks and other control characters are an issue in
 * logins and e-mail addresses only.
 *
 * @see docs/okta/schema.md#read
 */
export function compileText(attribute: AttributeSchema, context: CompileContext): TextCheck {
  const field = printable(attribute.name);
  const isLogin = attribute.name === "login";
  const minLength =
    isLogin && !context.loginRule.enforcesMinLength ? 0 : (attribute.minLength ?? 0);
  const maxLength = attribute.maxLength ?? Infinity;
  const controls = isLogin || attribute.format === "email" ? "refused" : "allowed";
  const missing = attribute.required ? requiredIssue(field) : undefined;
  const findFaults = compileFaults(attribute, field, context);

  return (text, issues) => {
    if (missing !== undefined && !/\S/u.test(text)) {
      issues.push(missing);
      return;
    }
    const { length } = text;
    if (length === 0) return;
    if (length < minLength) issues.push(tooShortIssue(field, length, minLength));
    if (length > maxLength) issues.push(tooLongIssue(field, length, maxLength));
    const unsupported = findUnsupportedCharacter(field, text, controls);
    if (unsupported !== undefined) {
      issues.push(unsupported);
      return;
    }
    for (const findFault of findFaults) {
      const issue = findFault(text);
      if (issue !== undefined) issues.push(issue);
    }
  };
}

function compileFaults(
  attribute: AttributeSchema,
  field: string,
  context: CompileContext,
): readonly FindFault[] {
  if (attribute.name === "login") return [(text) => context.loginRule.findFault(text)];
  const faults: FindFault[] = [];
  const choices = attribute.enum;
  if (choices !== undefined) {
    const allowed = new Set(choices.map(String));
    faults.push((text) => (allowed.has(text) ? undefined : choiceIssue(field, text, choices)));
  }
  if (attribute.pattern !== undefined) {
    const pattern = compileOrgPattern(attribute.pattern);
    if (pattern.kind === "unchecked") {
      context.note(`${field}: its pattern is left to the org, since ${pattern.why}.`);
    } else {
      faults.push((text) => (pattern.mayMatch(text) ? undefined : patternIssue(field, text)));
    }
  }
  const format = compileFormat(attribute.format, field);
  if (format !== undefined) faults.push(format);
  return faults;
}

/** Formats whose check in Okta is documented; `uri`, `locale`, `timezone` and others are left to the org. */
function compileFormat(format: string | undefined, field: string): FindFault | undefined {
  if (format === "email") {
    return (text) => {
      const fault = findEmailFault(text);
      return fault === undefined ? undefined : emailIssue(field, fault);
    };
  }
  if (format === "country-code") {
    return (text) =>
      COUNTRY_CODE.test(text)
        ? undefined
        : formatIssue(field, text, "a country code of two letters, such as DE");
  }
  if (format === "date-time") {
    return (text) =>
      DATE_AT_FRONT.test(text)
        ? undefined
        : formatIssue(field, text, "an ISO 8601 date and time, such as 2026-01-31T12:00:00Z");
  }
  return undefined;
}
