import { ConfigError } from "../../../../core/index.ts";

/** What a hook is called unless the operator says otherwise. */
export const DEFAULT_HOOK_NAME = "okta-migrate password import";

const MAX_NAME_CHARACTERS = 255;

/** The flags of `hook register`, checked but for the address, which depends on the org. */
export interface RegisterOptions {
  readonly url: string;
  readonly name: string;
  readonly yes: boolean;
  readonly json: boolean;
}

/**
 * Checks the flags of `hook register`.
 *
 * @throws {ConfigError} OPTION_INVALID when one makes no sense
 */
export function readRegisterOptions(flags: Readonly<Record<string, unknown>>): RegisterOptions {
  const name = String(flags["name"]).trim();
  if (name === "" || name.length > MAX_NAME_CHARACTERS) {
    throw new ConfigError({
      code: "OPTION_INVALID",
      at: "--name",
      message: `--name is empty or longer than ${MAX_NAME_CHARACTERS} characters.`,
      hint: "Give a name by which you find the hook in the Admin Console.",
    });
  }
  return {
    url: String(flags["url"]),
    name,
    yes: flags["yes"] === true,
    json: flags["json"] === true,
  };
}
