/*
 * validation owns the judgement on one draft: every issue that can be known before sending, and
 * what is then asked of the directory, for a new user and for one that was there before. It also
 * owns the index that finds one login twice in a source. It must never read a file or the clock,
 * never send anything, never change a draft, and never refuse what Okta documents as allowed.
 */
export { builtInSchema } from "./built-in-schema.ts";
export { createValidator, type Validator } from "./create-validator.ts";
export { type CreateDecision, decideAction, type DecideActionOptions } from "./decide-action.ts";
export {
  decideExisting,
  type DecideExistingOptions,
  type ExistingDecision,
  type OnExisting,
} from "./decide-existing.ts";
export { droppedIssue, duplicateLoginIssue } from "./duplicate-login.ts";
export { LoginIndex } from "./login-index.ts";
export { createGroupJudge, type GroupJudge } from "./judge-groups.ts";
