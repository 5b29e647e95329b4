import {
  type AttributeSchema,
  type DirectorySchema,
  type Issue,
  type UserDraft,
  printable,
} from "../core/index.ts";
import { compileAttribute, type ValueCheck } from "./compile-attribute.ts";
import { compileLoginRule } from "./login-rule.ts";
import { requiredIssue, unknownAttributeIssue } from "./value-issues.ts";

/** Finds every issue of a draft's profile, in the order required attributes, then the profile's own. */
export interface Validator {
  (draft: UserDraft): readonly Issue[];
  /** What of the schema can't be checked before sending, one sentence each, for people. */
  readonly notes: readonly string[];
}

const NO_ISSUES: readonly Issue[] = Object.freeze([]);

/**
 * Compiles a directory's schema into a check of drafts.
 *
 * What Okta does not document as refused passes; what only the org can know (uniqueness, values
 * that it derives) is not looked at. With a built-in schema, attributes that it does not know
 * pass. The password is judged by {@link decideAction}, a login that appears twice by the caller
 * with a {@link LoginIndex}.
 */
export function createValidator(schema: DirectorySchema): Validator {
  const notes: string[] = [];
  const loginRule = compileLoginRule(schema.loginPattern);
  if (loginRule.note !== undefined) notes.push(loginRule.note);
  const context = { loginRule, note: (note: string) => void notes.push(note) };

  const checks = new Map<string, ValueCheck>();
  const required: { readonly name: string; readonly issue: Issue }[] = [];
  for (const [name, attribute] of schema.attributes) {
    checks.set(name, compileAttribute(attribute, context));
    if (mustBeGiven(attribute)) required.push({ name, issue: requiredIssue(printable(name)) });
  }
  const checkUnknown = compileUnknown(schema);

  const validate = (draft: UserDraft): readonly Issue[] => {
    const { profile } = draft;
    const issues: Issue[] = [];
    for (const { name, issue } of required) {
      if (profile[name] === undefined) issues.push(issue);
    }
    for (const name in profile) {
      const value = profile[name];
      if (value === undefined) continue;
      const check = checks.get(name);
      if (check === undefined) checkUnknown(name, issues);
      else check(value, issues);
    }
    return issues.length === 0 ? NO_ISSUES : issues;
  };
  return Object.assign(validate, { notes });
}

/** A required attribute that another system fills can't be given by us. */
function mustBeGiven(attribute: AttributeSchema): boolean {
  return attribute.required && attribute.readOnly !== true;
}

function compileUnknown(schema: DirectorySchema): (name: string, issues: Issue[]) => void {
  if (schema.origin === "built-in") return () => undefined;
  const byLowerCase = new Map<string, string>();
  for (const name of schema.attributes.keys()) byLowerCase.set(name.toLowerCase(), name);
  return (name, issues) => {
    const similar = byLowerCase.get(name.toLowerCase());
    issues.push(
      unknownAttributeIssue(
        printable(name),
        similar === undefined ? undefined : printable(similar),
      ),
    );
  };
}
