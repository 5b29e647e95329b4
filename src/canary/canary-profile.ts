import {
  ConfigError,
  type DirectorySchema,
  foldLogin,
  type FoundUser,
  type Profile,
} from "../core/index.ts";
import { createValidator } from "../validation/index.ts";
import { fillAttribute } from "./fill-attribute.ts";
import type { RandomBytes } from "./invent-password.ts";

/** Names by which a throw-away user tells what it is, to us and to whoever meets it in the org. */
const MARKS = { firstName: "okta-migrate", lastName: "canary (throw-away)" } as const;
/** Mail to it reaches nobody. */
const MAIL_DOMAIN = "example.com";
const TOKEN_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const TOKEN_LENGTH = 16;
const OWN = new Set(["login", "email", "firstName", "lastName"]);

/** What throw-away profiles are made with. */
export interface CanaryProfileOptions {
  readonly randomBytes: RandomBytes;
  /** Domain of their logins. @default "example.com" */
  readonly loginDomain?: string | undefined;
}

/**
 * Finds out how a throw-away user fits the org's schema: a login of the org's pattern, and a value
 * for every attribute that must be given.
 *
 * @returns makes a profile, another one each time
 * @throws {ConfigError} OPTION_INVALID when no login of ours fits the pattern
 */
export function planCanaryProfiles(
  schema: DirectorySchema,
  { randomBytes, loginDomain = MAIL_DOMAIN }: CanaryProfileOptions,
): () => Profile {
  const validate = createValidator(schema);
  const hasFault = (name: string, profile: Profile): boolean =>
    validate({ seq: 0, line: 0, login: "", profile, password: { kind: "none" } }).some(
      ({ field }) => field === name,
    );
  const spell = loginSpellings(loginDomain).find(
    (spelling) => !hasFault("login", { login: spelling(newToken(randomBytes)) }),
  );
  if (spell === undefined) throw loginUnfit();
  const wanted = [...schema.attributes.values()].filter(
    ({ name, required, readOnly }) => required && readOnly !== true && !OWN.has(name),
  );
  return () => {
    const token = newToken(randomBytes);
    const email = `okta-migrate-canary-${token}@${MAIL_DOMAIN}`;
    const profile: Record<string, Profile[string]> = { login: spell(token), email, ...MARKS };
    for (const attribute of wanted) {
      profile[attribute.name] = fillAttribute(attribute, {
        token,
        email,
        fits: (value) => !hasFault(attribute.name, { [attribute.name]: value }),
      });
    }
    return profile;
  };
}

/** Whether a user that was found under a login of ours is the throw-away user that it stands for. */
export function isCanary(user: FoundUser, login: string): boolean {
  const { firstName, lastName } = user.profile;
  return (
    foldLogin(user.login) === foldLogin(login) &&
    firstName === MARKS.firstName &&
    lastName === MARKS.lastName
  );
}

/** From what tells most to what fits where little is allowed. */
function loginSpellings(domain: string): readonly ((token: string) => string)[] {
  return [
    (token) => `okta-migrate-canary-${token}@${domain}`,
    (token) => `oktamigratecanary${token}@${domain}`,
    (token) => `okta-migrate-canary-${token}`,
    (token) => `oktamigratecanary${token}`,
  ];
}

function newToken(randomBytes: RandomBytes): string {
  const bytes = randomBytes(TOKEN_LENGTH);
  return Array.from(bytes, (byte) => TOKEN_ALPHABET.charAt(byte % TOKEN_ALPHABET.length)).join("");
}

function loginUnfit(): ConfigError {
  return new ConfigError({
    code: "OPTION_INVALID",
    at: "--login-domain",
    message: "No login of a throw-away user fits the pattern that the org has for logins.",
    hint: "Name a domain that the pattern takes, as in --login-domain acme.com; mail to the user still goes to example.com, which reaches nobody.",
  });
}
