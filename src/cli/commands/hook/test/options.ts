import { ConfigError } from "../../../../core/index.ts";

/** The flags of `hook test`, checked but for the address, which depends on the org. */
export interface TestOptions {
  readonly login: string | undefined;
  readonly url: string | undefined;
  readonly json: boolean;
}

const MAX_LOGIN_CHARACTERS = 100;

/**
 * Checks the flags of `hook test`.
 *
 * @throws {ConfigError} OPTION_INVALID when one makes no sense
 */
export function readTestOptions(flags: Readonly<Record<string, unknown>>): TestOptions {
  const text = (name: string): string | undefined => {
    const value = flags[name];
    return typeof value === "string" ? value : undefined;
  };
  const login = text("login");
  if (login !== undefined && (login.trim() === "" || login.length > MAX_LOGIN_CHARACTERS)) {
    throw new ConfigError({
      code: "OPTION_INVALID",
      at: "--login",
      message: `--login is empty or longer than ${MAX_LOGIN_CHARACTERS} characters.`,
      hint: "Give the login of a user who has not signed in yet, or leave it out.",
    });
  }
  return { login, url: text("url"), json: flags["json"] === true };
}
