import { type Issue, printable } from "../core/index.ts";
import { findEmailFault } from "./email-shape.ts";
import { compileOrgPattern } from "./org-pattern.ts";

/** What an org asks of a login beyond its length. */
export interface LoginRule {
  /** False where the org allows any login: the minimum is then not enforced. */
  readonly enforcesMinLength: boolean;
  findFault(login: string): Issue | undefined;
  /** What can't be checked here, for people. */
  readonly note?: string;
}

const ANYTHING = ".+";

/**
 * Reads an org's login pattern: `null` asks for an e-mail address, `.+` for nothing, `[...]+` for
 * characters of that set; any other pattern is tested where that is safe and else left to the org.
 *
 * White space at either end is a fault under every pattern: nobody types it when signing in.
 *
 * @see docs/okta/create-user.md#login
 */
export function compileLoginRule(pattern: string | null): LoginRule {
  if (pattern === null) return { enforcesMinLength: true, findFault: findEmailLoginFault };
  if (pattern === ANYTHING) return { enforcesMinLength: false, findFault: findWhiteSpace };
  const set = parseCharacterSet(pattern);
  if (set !== undefined) return allowedSetRule(set);
  const compiled = compileOrgPattern(pattern);
  if (compiled.kind === "unchecked") {
    const note = `login: the org's login pattern is left to the org, since ${compiled.why}.`;
    return { enforcesMinLength: true, findFault: findWhiteSpace, note };
  }
  return {
    enforcesMinLength: true,
    findFault: (login) =>
      findWhiteSpace(login) ??
      (compiled.mayMatch(login) ? undefined : loginIssue("does not match the org's login pattern")),
  };
}

function allowedSetRule(outsideSet: RegExp): LoginRule {
  return {
    enforcesMinLength: true,
    findFault: (login) => {
      const outside = outsideSet.exec(login)?.[0];
      if (outside === undefined) return undefined;
      return loginIssue(`holds "${printable(outside)}", which the org's login pattern excludes`);
    },
  };
}

function findEmailLoginFault(login: string): Issue | undefined {
  const fault = findEmailFault(login);
  if (fault === undefined) return undefined;
  return {
    ...loginIssue(`${fault}, and the org takes only e-mail addresses as logins`),
    hint: "Map login to an e-mail address, or change the login format in the org's user profile.",
  };
}

function findWhiteSpace(login: string): Issue | undefined {
  return login.trim() === login ? undefined : loginIssue("begins or ends with white space");
}

function loginIssue(fault: string): Issue {
  return {
    code: "LOGIN_INVALID",
    field: "login",
    reason: `login ${fault}.`,
    hint: "Mend the login in the source or in the mapping.",
  };
}

/** Finds the first character outside a set such as `[-a-z0-9\.]+`; undefined if it is no such set. */
function parseCharacterSet(pattern: string): RegExp | undefined {
  const body = /^\[(.+)\]\+$/su.exec(pattern)?.[1];
  if (body === undefined) return undefined;
  const members = body.match(/\\?[^]/gu) ?? [];
  const ranges: string[] = [];
  for (let index = 0; index < members.length; index += 1) {
    const from = readMember(members[index], index === 0);
    if (from === undefined) return undefined;
    let to: string | undefined = from;
    if (members[index + 1] === "-") {
      to = readMember(members[index + 2], false);
      index += 2;
    }
    if (to === undefined || to < from) return undefined;
    ranges.push(`${escapeMember(from)}-${escapeMember(to)}`);
  }
  return new RegExp(`[^${ranges.join("")}]`, "u");
}

/** A member's character; undefined where its meaning is not documented. */
function readMember(member: string | undefined, isFirst: boolean): string | undefined {
  if (member === undefined) return undefined;
  if (member.startsWith("\\")) return /^\\[^A-Za-z0-9]$/u.test(member) ? member[1] : undefined;
  if (/[[\]^&]/u.test(member) || (member === "-" && !isFirst)) return undefined;
  return member;
}

function escapeMember(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
